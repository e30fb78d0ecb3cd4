import { fillHoles, hasHole, hole } from '../source/index.js';
import type { Hole, Text } from '../source/index.js';
import { isPlain } from './fields.js';
import type { Inventory } from './inventory.js';

/** What is known of the units of an inventory from elsewhere. */
export interface UnitFacts {
  /** Other names for some of them: their files have moved. */
  readonly names: ReadonlyMap<string, string>;
  /** The partition that a unit, by its new name, is deployed to. */
  readonly partitions: ReadonlyMap<string, string>;
  /** The Region that it is deployed to; absent: none is known. */
  readonly regions?: ReadonlyMap<string, string>;
}

/**
 * The inventory with other names for some units, also in the holes of its texts, and with the partitions that
 * are known. What changes nothing stays shared.
 */
export function withUnitFacts(inventory: Inventory, facts: UnitFacts): Inventory {
  const { names, partitions, regions } = facts;
  if (names.size + partitions.size + (regions?.size ?? 0) === 0) return inventory;
  return mapTexts(
    inventory,
    (unit) => names.get(unit) ?? unit,
    (hole) => filled(hole, facts),
  );
}

/** A text of such an inventory. */
export function withUnitFactsIn(text: Text, facts: UnitFacts): Text {
  return fillHoles(text, (hole) => filled(hole, facts));
}

function filled({ unit, expression }: Hole, { names, partitions, regions }: UnitFacts): Text {
  const name = names.get(unit) ?? unit;
  const known =
    expression === 'AWS::Partition'
      ? partitions.get(name)
      : expression === 'AWS::Region'
        ? regions?.get(name)
        : undefined;
  return known ?? hole(name, expression);
}

function mapTexts(
  inventory: Inventory,
  nameOf: (unit: string) => string,
  fill: (hole: Hole) => Text,
): Inventory {
  const mapped = new Map<object, object>();
  const mapValue = (value: unknown): unknown => {
    if (typeof value === 'string') return hasHole(value) ? fillHoles(value, fill) : value;
    if (typeof value !== 'object' || value === null) return value;
    let result = mapped.get(value);
    if (result === undefined) {
      result = mapObject(value);
      mapped.set(value, result);
    }
    return result;
  };
  const mapObject = (value: object): object => {
    if (Array.isArray(value)) return keepSame(value, value.map(mapValue));
    if (value instanceof Map) {
      return new Map([...value].map(([key, item]) => [mapValue(key), mapValue(item)]));
    }
    if (value instanceof Set) return new Set([...value].map(mapValue));
    if (!isPlain(value)) return value;
    const fields = Object.entries(value) as readonly (readonly [string, unknown])[];
    const others = fields.map(([name, field]) => {
      if (/span$/i.test(name)) return field;
      return name === 'unit' && typeof field === 'string' ? nameOf(field) : mapValue(field);
    });
    const isSame = fields.every(([, field], index) => field === others[index]);
    return isSame ? value : Object.fromEntries(fields.map(([name], at) => [name, others[at]]));
  };
  // Every shape is kept: texts stay texts, and statements stay statements.
  return mapValue(inventory) as Inventory;
}

function keepSame(items: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  return items.every((item, index) => item === others[index]) ? items : others;
}
