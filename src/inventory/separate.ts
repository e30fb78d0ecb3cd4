import type { Text } from '../source/index.js';
import type { Defined, Inventory } from './inventory.js';

/**
 * Inventories in which everything is defined once: where several files define one key, principal or
 * account differently, one inventory for each unit that does, with that unit's definitions. The
 * inventory itself where nothing is defined twice.
 */
export function separate(inventory: Inventory): readonly Inventory[] {
  let separated = known.get(inventory);
  if (separated === undefined) {
    separated = separateOnce(inventory);
    known.set(inventory, separated);
  }
  return separated;
}

// Every rule asks for the same worlds; as the same values, what was found in one stays found.
const known = new WeakMap<Inventory, readonly Inventory[]>();

function separateOnce(inventory: Inventory): readonly Inventory[] {
  const { keys, principals, accounts } = inventory;
  const repeated = [
    ...repeatedIn(keys, ({ arn }) => arn),
    ...repeatedIn(principals, ({ arn }) => arn),
    ...repeatedIn(accounts, ({ id }) => id),
  ];
  if (repeated.length === 0) return [inventory];
  const units = [...new Set(repeated.map(({ unit }) => unit))];
  return units.map((unit) => ({
    ...inventory,
    keys: asIn(unit, keys, ({ arn }) => arn),
    principals: asIn(unit, principals, ({ arn }) => arn),
    accounts: asIn(unit, accounts, ({ id }) => id),
  }));
}

function groupsOf<T extends Defined>(
  things: readonly T[],
  nameOf: (thing: T) => Text,
): readonly (readonly T[])[] {
  const groups = new Map<Text, T[]>();
  for (const thing of things) {
    const group = groups.get(nameOf(thing));
    if (group === undefined) groups.set(nameOf(thing), [thing]);
    else group.push(thing);
  }
  return [...groups.values()];
}

function repeatedIn<T extends Defined>(
  things: readonly T[],
  nameOf: (thing: T) => Text,
): readonly T[] {
  return groupsOf(things, nameOf).flatMap((group) => (group.length > 1 ? group : []));
}

// What the unit does not define itself is taken from the first that does.
function asIn<T extends Defined>(
  unit: string,
  things: readonly T[],
  nameOf: (thing: T) => Text,
): readonly T[] {
  return groupsOf(things, nameOf).flatMap(
    (group) => group.find((thing) => thing.unit === unit) ?? group[0] ?? [],
  );
}
