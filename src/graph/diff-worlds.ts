import { findAliases, keyIdOf } from '../inventory/index.js';
import type { Inventory, Key, Principal } from '../inventory/index.js';
import type { PolicyDocument } from '../policy/index.js';
import { hasHole } from '../source/index.js';
import type { Text } from '../source/index.js';
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
  const keys = pairKeys(before, after).flatMap((pair) => matched(agreed(pair), emptyKey));
  const principals = pairPrincipals(before, after).flatMap((pair) => matched(pair, emptyPrincipal));
  const worldOf = (inventory: Inventory, side: 'before' | 'after'): Inventory => ({
    ...inventory,
    keys: inSameOrder(inventory.keys, keys, side),
    principals: inSameOrder(inventory.principals, principals, side),
  });
  return { before: worldOf(before, 'before'), after: worldOf(after, 'after'), keys, principals };
}

function matched<T>({ before, after }: Pair<T>, empty: (thing: T) => T): readonly Matched<T>[] {
  if (before !== undefined && after !== undefined) return [{ before, after, status: 'kept' }];
  if (after !== undefined) return [{ before: empty(after), after, status: 'new' }];
  if (before !== undefined) return [{ before, after: empty(before), status: 'removed' }];
  return [];
}

// The same value where it holds the same things, so that what is known of it stays known.
function inSameOrder<T>(
  things: readonly T[],
  pairs: readonly Matched<T>[],
  side: 'before' | 'after',
): readonly T[] {
  const wanted = new Set(pairs.map((pair) => pair[side]));
  const isSame = wanted.size === things.length && things.every((thing) => wanted.has(thing));
  return isSame ? things : [...wanted];
}

// A bare policy belongs to whom it names, if anybody: whom it names on one side is the owner on both, for
// it is one key.
function agreed(pair: Pair<Key>): Pair<Key> {
  const { before, after } = pair;
  if (before === undefined || after === undefined || before.arn === after.arn) return pair;
  if (before.accountAssumed === true && isGuess(after))
    return { before, after: ownedAs(before, after) };
  if (after.accountAssumed === true && isGuess(before))
    return { before: ownedAs(after, before), after };
  return pair;
}

function isGuess({ account, accountAssumed }: Key): boolean {
  return accountAssumed === true || hasHole(account);
}

function ownedAs({ arn, account, region }: Key, key: Key): Key {
  return { ...key, arn, account, region, accountAssumed: true };
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

/** What people call a key: an alias, else its logical id, else its ARN. */
export function nameOfKey(key: Key, inventory: Inventory): Text {
  const [alias] = findAliases(inventory, key) ?? key.aliases ?? [];
  const names = [key.arn, keyIdOf(key)];
  const known = inventory.aliases.find(({ target }) => names.includes(target))?.name;
  return alias ?? known ?? key.address;
}
