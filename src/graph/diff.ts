import { separate } from '../inventory/index.js';
import type { Inventory } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { compareKey, compareWithoutKey, createComparing, loseByRemoval } from './diff-compare.js';
import { alignUnits } from './diff-units.js';
import { matchWorlds, nameOfKey } from './diff-worlds.js';
import type { Matched } from './diff-worlds.js';
import type { AccessChange, AccessDifference, Turnover, UnknownChange } from './difference.js';

/**
 * What access to KMS keys a change of an estate gives and takes, over all principals that the policies of
 * either side tell apart, all actions and all keys. What cannot differ, since all that it hangs on is the
 * same, is not looked at.
 */
export function diffAccess(before: Inventory, after: Inventory): AccessDifference {
  const [old, current] = alignUnits(before, after);
  const earlier = separate(old);
  const later = separate(current);
  const count = Math.max(earlier.length, later.length);
  const parts = Array.from({ length: count }, (_, index) => {
    const one = earlier[Math.min(index, earlier.length - 1)];
    const other = later[Math.min(index, later.length - 1)];
    return one === undefined || other === undefined ? [] : [diffWorlds(one, other)];
  }).flat();
  return {
    gained: once(parts.flatMap(({ gained }) => gained)),
    lost: once(parts.flatMap(({ lost }) => lost)),
    unknown: once(parts.flatMap(({ unknown }) => unknown)),
    keys: together(parts.map(({ keys }) => keys)),
    principals: together(parts.map(({ principals }) => principals)),
    equivalent: parts.every(({ equivalent }) => equivalent),
  };
}

// Where a thing is defined twice, most of what is found for one definition holds for the other.
function once<T extends AccessChange | UnknownChange>(changes: readonly T[]): readonly T[] {
  const found = new Map<string, T>();
  for (const change of changes) {
    const { principals, action, key } = change;
    const direction = 'direction' in change ? change.direction : '';
    const id = JSON.stringify([principals.map(({ name }) => name), action, key, direction]);
    if (!found.has(id)) found.set(id, change);
  }
  return [...found.values()];
}

function together(turnovers: readonly Turnover[]): Turnover {
  const unique = (names: readonly Text[]): readonly Text[] => [...new Set(names)];
  const renamed = turnovers.flatMap((one) => one.renamed);
  return {
    added: unique(turnovers.flatMap(({ added }) => added)),
    removed: unique(turnovers.flatMap(({ removed }) => removed)),
    renamed: [
      ...new Map(renamed.map((one) => [`${one.before}\n${one.after}`, one] as const)).values(),
    ],
  };
}

function diffWorlds(before: Inventory, after: Inventory): AccessDifference {
  const worlds = matchWorlds(before, after);
  const comparing = createComparing(worlds);
  for (const key of worlds.keys) {
    if (key.status !== 'removed') compareKey(comparing, key);
  }
  compareWithoutKey(comparing);
  const keys = turnoverOf(worlds.keys, (key, side) => nameOfKey(key, worlds[side]));
  const principals = turnoverOf(worlds.principals, ({ arn }) => arn);
  const { gained, lost, unknown } = comparing;
  const isSame =
    gained.length + lost.length + unknown.length === 0 &&
    [keys.added, keys.removed, keys.renamed, principals.renamed].every((one) => one.length === 0);
  return {
    gained,
    lost,
    unknown,
    keys,
    principals,
    equivalent: isSame && !loseByRemoval(comparing),
  };
}

function turnoverOf<T extends { readonly arn: Text }>(
  things: readonly Matched<T>[],
  nameOf: (thing: T, side: 'before' | 'after') => Text,
): Turnover {
  const named = (status: Matched<T>['status'], side: 'before' | 'after'): readonly Text[] =>
    things.filter((one) => one.status === status).map((one) => nameOf(one[side], side));
  return {
    added: named('new', 'after'),
    removed: named('removed', 'before'),
    renamed: things
      .filter(({ before, after }) => before.arn !== after.arn)
      .map(({ before, after }) => ({
        before: nameOf(before, 'before'),
        after: nameOf(after, 'after'),
      })),
  };
}
