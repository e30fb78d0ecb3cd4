import type { Inventory, Key, Principal } from '../inventory/index.js';
import type { PolicyDocument } from '../policy/index.js';
import { pairKeys, pairPrincipals } from './diff-pairs.js';
import type { Pair } from './diff-pairs.js';

/** Something that is on both sides, at least as what is left of it where it does not exist. */
export interface Matched<T> {
  readonly before: T;
  readonly after: T;
  readonly status: 'kept' | 'new' | 'removed';
}

/** Two states of an estate in which the same things exist. */
export interface Worlds {
  readonly before: Inventory;
  readonly after: Inventory;
  readonly keys: readonly Matched<Key>[];
  readonly principals: readonly Matched<Principal>[];
}

/**
 * Adds to each state what only the other one has, with no policy that allows anything: before it exists, or
 * once it is gone, nobody may use a key, and a principal may do nothing.
 */
export function matchWorlds(before: Inventory, after: Inventory): Worlds {
  const keys = pairKeys(before, after).flatMap((pair) => matched(pair, emptyKey));
  const principals = pairPrincipals(before, after).flatMap((pair) => matched(pair, emptyPrincipal));
  return {
    before: withThings(
      before,
      newOnes(keys, 'new', 'before'),
      newOnes(principals, 'new', 'before'),
    ),
    after: withThings(
      after,
      newOnes(keys, 'removed', 'after'),
      newOnes(principals, 'removed', 'after'),
    ),
    keys,
    principals,
  };
}

function matched<T>({ before, after }: Pair<T>, empty: (thing: T) => T): readonly Matched<T>[] {
  if (before !== undefined && after !== undefined) return [{ before, after, status: 'kept' }];
  if (after !== undefined) return [{ before: empty(after), after, status: 'new' }];
  if (before !== undefined) return [{ before, after: empty(before), status: 'removed' }];
  return [];
}

function newOnes<T>(
  things: readonly Matched<T>[],
  status: 'new' | 'removed',
  side: 'before' | 'after',
): readonly T[] {
  return things.filter((thing) => thing.status === status).map((thing) => thing[side]);
}

function withThings(
  inventory: Inventory,
  keys: readonly Key[],
  principals: readonly Principal[],
): Inventory {
  if (keys.length === 0 && principals.length === 0) return inventory;
  return {
    ...inventory,
    keys: [...inventory.keys, ...keys],
    principals: [...inventory.principals, ...principals],
  };
}

function emptyKey(key: Key): Key {
  const policy: PolicyDocument = {
    kind: 'key-policy',
    version: '2012-10-17',
    statements: [],
    span: key.span,
  };
  return { ...key, policy, ...(key.grants === undefined ? {} : { grants: [] }) };
}

function emptyPrincipal(principal: Principal): Principal {
  const { groups, ...rest } = principal;
  return { ...rest, policies: [], ...(groups === undefined ? {} : { groups: [] }) };
}
