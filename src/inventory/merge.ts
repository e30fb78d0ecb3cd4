import { equalTexts, hasHole } from '../source/index.js';
import type { Diagnostic, Parsed, Text } from '../source/index.js';
import { combine, type Kind } from './combine.js';
import type { Alias, Defined, Inventory, Key } from './inventory.js';

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
  const all = <T extends Defined>(things: readonly T[], kind: Kind<T>): readonly T[] => {
    const combined = combine(things, kind);
    diagnostics.push(...combined.diagnostics);
    return combined.value;
  };
  const list = <T>(listOf: (part: Inventory) => readonly T[]): readonly T[] =>
    parts.flatMap(listOf);
  const value: Inventory = {
    accounts: all(
      list(({ accounts }) => accounts),
      { what: 'account', nameOf: ({ id }) => id },
    ),
    keys: all(withKnownArns(list(({ keys }) => keys)), {
      what: 'key',
      nameOf: ({ arn }) => arn,
      // Of policies with two owners a rule tells.
      contradict: ({ policyOwners }) => policyOwners === undefined,
    }),
    aliases: all(
      list(({ aliases }) => aliases),
      { what: 'alias', nameOf: aliasName },
    ),
    principals: all(
      list(({ principals }) => principals),
      { what: 'principal', nameOf: ({ arn }) => arn },
    ),
    groups: all(
      list(({ groups }) => groups),
      { what: 'group', nameOf: ({ arn }) => arn },
    ),
    endpoints: all(
      list(({ endpoints }) => endpoints),
      { what: 'VPC endpoint', nameOf: ({ id }) => id },
    ),
    dependants: all(
      list(({ dependants }) => dependants),
      {
        what: 'resource',
        nameOf: ({ arn, type }) => `${arn} ${type}`,
        // One resource may use several keys, each of which its template gives as one dependant.
        contradict: (a, b) => a.unit !== b.unit,
      },
    ),
    trails: all(
      list(({ trails }) => trails),
      { what: 'trail', nameOf: ({ name, kind }) => `${name} ${kind}` },
    ),
    documents: list(({ documents }) => documents),
    calls: list(({ calls }) => calls),
    directives: list(({ directives }) => directives),
    complete: new Set(list(({ complete }) => [...complete])),
    ...(parts.some(({ before }) => before) && { before: mergeBefore(parts) }),
  };
  return { value, diagnostics };
}

// What tells nothing of a change is there before it as after it; what contradicts is told once.
function mergeBefore(parts: readonly Inventory[]): Inventory {
  return merge(parts.map(({ before, ...part }) => before ?? part)).value;
}

function aliasName({ account, region, name }: Alias): Text {
  return `arn:aws:kms:${region}:${account}:${name}`;
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
