import type { Text } from '../source/index.js';
import type { Defined, Inventory } from './inventory.js';

/**
 * Inventories in which everything is defined once: where several files define one key, principal or
 * account differently, one inventory for each unit that does, with that unit's definitions, and where a unit
 * itself does, one for its first definitions, one for its second ones, and so on. The inventory itself where
 * nothing is defined twice.
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
  return choicesIn(repeated).map((choice) => ({
    ...inventory,
    keys: chosen(choice, keys, ({ arn }) => arn),
    principals: chosen(choice, principals, ({ arn }) => arn),
    accounts: chosen(choice, accounts, ({ id }) => id),
  }));
}

/** Which of several definitions of a thing is taken. */
interface Choice {
  readonly unit: string;
  /** Of those of the unit, from 0; the last where it has fewer. */
  readonly index: number;
}

function choicesIn(repeated: readonly Choice[]): readonly Choice[] {
  const counts = new Map<string, number>();
  for (const { unit, index } of repeated) {
    counts.set(unit, Math.max(counts.get(unit) ?? 0, index + 1));
  }
  return [...counts].flatMap(([unit, count]) =>
    Array.from({ length: count }, (_, index) => ({ unit, index })),
  );
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

/** The definitions of things that have others. */
function repeatedIn<T extends Defined>(
  things: readonly T[],
  nameOf: (thing: T) => Text,
): readonly Choice[] {
  return groupsOf(things, nameOf)
    .filter((group) => group.length > 1)
    .flatMap((group) =>
      group.map(({ unit }, at) => ({
        unit,
        index: group.slice(0, at).filter((one) => one.unit === unit).length,
      })),
    );
}

// What the unit does not define itself is taken from the first that does.
function chosen<T extends Defined>(
  { unit, index }: Choice,
  things: readonly T[],
  nameOf: (thing: T) => Text,
): readonly T[] {
  return groupsOf(things, nameOf).flatMap((group) => {
    const own = group.filter((thing) => thing.unit === unit);
    return own[index] ?? own.at(-1) ?? group[0] ?? [];
  });
}
