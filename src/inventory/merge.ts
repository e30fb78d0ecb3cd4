import { equalTexts, hasHole } from '../source/index.js';
import type { Diagnostic, Parsed, Text } from '../source/index.js';
import { combine } from './combine.js';
import type { Defined, Inventory, Key } from './inventory.js';

/**
 * One inventory of several. What they say about one thing (by its ARN, id or name) is put together
 * field by field:
 *
 * | one says | another says | together |
 * |---|---|---|
 * | nothing | x | x |
 * | x | x | x |
 * | x | y | both variants stay, each with the fields that nobody contradicts, and a warning |
 * | grants, aliases, groups: x | y | x and y |
 * | policies that all have names: x | y | x and y, unless one name has two contents |
 *
 * A key whose ARN has holes is the key of the same id whose ARN has none, where there is just one.
 */
export function merge(parts: readonly Inventory[]): Parsed<Inventory> {
  const diagnostics: Diagnostic[] = [];
  const all = <T extends Defined>(
    listOf: (part: Inventory) => readonly T[],
    what: string,
    nameOf: (thing: T) => string,
    prepare: (things: readonly T[]) => readonly T[] = (things) => things,
  ): readonly T[] => {
    const combined = combine(prepare(parts.flatMap(listOf)), what, nameOf);
    diagnostics.push(...combined.diagnostics);
    return combined.value;
  };
  const value: Inventory = {
    accounts: all(
      (part) => part.accounts,
      'account',
      ({ id }) => id,
    ),
    keys: all(
      (part) => part.keys,
      'key',
      ({ arn }) => arn,
      withKnownArns,
    ),
    aliases: all(
      (part) => part.aliases,
      'alias',
      ({ account, region, name }) => `arn:aws:kms:${region}:${account}:${name}`,
    ),
    principals: all(
      (part) => part.principals,
      'principal',
      ({ arn }) => arn,
    ),
    groups: all(
      (part) => part.groups,
      'group',
      ({ arn }) => arn,
    ),
    endpoints: all(
      (part) => part.endpoints,
      'VPC endpoint',
      ({ id }) => id,
    ),
    dependants: all(
      (part) => part.dependants,
      'resource',
      ({ arn, type }) => `${arn} ${type}`,
    ),
    trails: all(
      (part) => part.trails,
      'trail',
      ({ name, kind }) => `${name} ${kind}`,
    ),
    documents: parts.flatMap(({ documents }) => documents),
    directives: parts.flatMap(({ directives }) => directives),
    complete: new Set(parts.flatMap(({ complete }) => [...complete])),
  };
  return { value, diagnostics };
}

/** The end of a key ARN from which the key is known, whatever holes stand before it. */
const KEY_ID = /:key\/(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

function withKnownArns(keys: readonly Key[]): readonly Key[] {
  const byId = new Map<string, Map<Text, Key>>();
  for (const key of keys) {
    const id = KEY_ID.exec(key.arn)?.[0];
    if (id === undefined) continue;
    const named = byId.get(id) ?? new Map<Text, Key>();
    byId.set(id, named.set(key.arn, named.get(key.arn) ?? key));
  }
  return keys.map((key) => {
    const id = hasHole(key.arn) ? KEY_ID.exec(key.arn)?.[0] : undefined;
    if (id === undefined) return key;
    const others = [...(byId.get(id)?.values() ?? [])];
    const known = others.filter(
      ({ arn }) => !hasHole(arn) && equalTexts(arn, key.arn) === undefined,
    );
    // Related multi-Region keys share their id, so a hole for the Region leaves them apart.
    const first = id.startsWith(':key/mrk-') ? undefined : others[0];
    const same = known.length === 1 ? known[0] : known.length === 0 ? first : undefined;
    if (same === undefined) return key;
    const { arn, account, region } = same;
    const stated = key.accountAssumed === true ? { accountAssumed: hasHole(arn) } : {};
    return { ...key, arn, account, region, ...stated };
  });
}
