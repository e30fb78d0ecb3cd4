import {
  findKey,
  keyIdOf,
  type Alias,
  type Dependant,
  type Inventory,
  type Key,
} from '../../inventory/index.js';
import type { Statement } from '../../policy/index.js';
import { hasHole } from '../../source/index.js';
import { statementsOf } from './statements.js';

/** A key that a change takes away. */
export interface Removal {
  /** As it stood before. */
  readonly key: Key;
  /** Whether another key comes in its place, or none. */
  readonly by: 'replacement' | 'deletion';
}

/**
 * The customer's keys that a change deletes, replaced ones included. One that was to be deleted anyway is left
 * out, and so is a multi-Region key of which a related one remains, which decrypts the same.
 */
export function removalsOf({ before, keys }: Inventory): readonly Removal[] {
  return (before?.keys ?? []).flatMap((key): readonly Removal[] => {
    if (key.manager === 'AWS' || /^Pending.*Deletion$/.test(key.state ?? '')) return [];
    const later = keys.filter((one) => isSameKey(one, key));
    const isKept = later.some(({ replaced }) => replaced !== true);
    if (isKept || keys.some((one) => isRelated(one, key))) return [];
    return [{ key, by: later.length > 0 ? 'replacement' : 'deletion' }];
  });
}

function isSameKey(one: Key, key: Key): boolean {
  return one.arn === key.arn || (one.address === key.address && one.unit === key.unit);
}

function isRelated(one: Key, key: Key): boolean {
  return one.replaced !== true && keyIdOf(key).startsWith('mrk-') && keyIdOf(one) === keyIdOf(key);
}

/** What goes on after a change and needs a key that the change takes away. */
export type Use =
  /** `uses`: it names the key afterwards as well. `keeps`: it holds what it encrypted with the key. */
  | { readonly kind: 'uses' | 'keeps'; readonly dependant: Dependant }
  | { readonly kind: 'alias'; readonly alias: Alias }
  | { readonly kind: 'statement'; readonly statement: Statement };

/** Who still needs a removed key, those that hold data first. */
export function usesOf(inventory: Inventory, { key }: Removal): readonly Use[] {
  const { before } = inventory;
  if (before === undefined) return [];
  const afterwards = { ...inventory, keys: [withoutAliases(key)] };
  const names = (world: Inventory, { key: reference, ...home }: Dependant): boolean =>
    reference !== undefined && findKey(world, reference, home)?.arn === key.arn;
  const using = inventory.dependants.filter((one) => names(afterwards, one));
  const keeping = before.dependants
    .filter((one) => keepsOldData(one) && names(before, one))
    .flatMap((one) => inventory.dependants.find((later) => isSameThing(later, one)) ?? [])
    .filter((later) => later.replaced !== true && !using.includes(later));
  return [
    ...using.map((dependant): Use => ({ kind: 'uses', dependant })),
    ...keeping.map((dependant): Use => ({ kind: 'keeps', dependant })),
    ...aliasesLeft(inventory, before, key).map((alias): Use => ({ kind: 'alias', alias })),
    ...statementsAbout(inventory, key).map((statement): Use => ({ kind: 'statement', statement })),
  ];
}

/** Afterwards, what names an alias means whichever key the alias then has. */
function withoutAliases({ aliases, ...key }: Key): Key {
  return aliases === undefined ? key : { ...key, aliases: [] };
}

/**
 * Whether a resource whose key changes keeps what it holds under the old key. Others encrypt it again, as
 * DynamoDB and Secrets Manager do, or are replaced themselves, as volumes and databases are.
 */
// SOURCE: https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
// SOURCE: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
// SOURCE: https://docs.aws.amazon.com/streams/latest/dev/what-is-sse.html
function keepsOldData({ type }: Dependant): boolean {
  return /^(?:bucket|directory-bucket|log-group|queue|stream|trail)\b/.test(type);
}

function isSameThing(a: Dependant, b: Dependant): boolean {
  const isSameAddress = a.address === b.address && a.unit === b.unit;
  return a.service === b.service && (a.arn === b.arn || isSameAddress);
}

/** The aliases that callers go on to use: those of the key that stay, whatever key they come to name. */
function aliasesLeft(after: Inventory, before: Inventory, key: Key): readonly Alias[] {
  const isNamedBy = ({ target, ...home }: Alias, keys: readonly Key[]): boolean =>
    findKey({ ...before, keys, aliases: [] }, target, home)?.arn === key.arn;
  return after.aliases.filter((alias) => {
    if (isNamedBy(alias, [key])) return true;
    const earlier = before.aliases.find((one) => isSameAlias(one, alias));
    return earlier !== undefined && isNamedBy(earlier, before.keys);
  });
}

function isSameAlias(a: Alias, b: Alias): boolean {
  const isSameAddress = a.address === b.address && a.unit === b.unit;
  return a.name === b.name && (isSameAddress || (a.account === b.account && a.region === b.region));
}

/** The Allow statements of IAM policies that name a key itself, not a pattern of many. */
function statementsAbout(inventory: Inventory, { arn }: Key): readonly Statement[] {
  if (hasHole(arn)) return [];
  return [...statementsOf(inventory)]
    .filter(({ document }) => document.kind === 'identity')
    .map(({ statement }) => statement)
    .filter(
      ({ effect, resource }) =>
        effect === 'Allow' &&
        resource?.negated === false &&
        resource.patterns.some(({ text }) => text === arn),
    );
}
