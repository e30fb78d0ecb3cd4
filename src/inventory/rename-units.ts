import { fillHoles, hasHole, hole } from '../source/index.js';
import { isPlain } from './fields.js';
import type { Inventory } from './inventory.js';

/**
 * The inventory with other names for some units, also in the holes of its texts: the same estate after its
 * files have moved. What changes nothing stays shared.
 */
export function renameUnits(inventory: Inventory, names: ReadonlyMap<string, string>): Inventory {
  if (names.size === 0) return inventory;
  const renamed = new Map<object, object>();
  const nameOf = (unit: string): string => names.get(unit) ?? unit;
  const rename = <T>(value: T): T => renameValue(value) as T;
  const renameValue = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return hasHole(value)
        ? fillHoles(value, ({ unit, expression }) => hole(nameOf(unit), expression))
        : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    let result = renamed.get(value);
    if (result === undefined) {
      result = renameObject(value);
      renamed.set(value, result);
    }
    return result;
  };
  const renameObject = (value: object): object => {
    if (Array.isArray(value)) return keepSame(value, value.map(renameValue));
    if (value instanceof Map) {
      return new Map([...value].map(([key, item]) => [renameValue(key), renameValue(item)]));
    }
    if (value instanceof Set) return new Set([...value].map(renameValue));
    if (!isPlain(value)) return value;
    const fields = Object.entries(value) as readonly (readonly [string, unknown])[];
    const others = fields.map(([name, field]) => {
      if (/span$/i.test(name)) return field;
      return name === 'unit' && typeof field === 'string' ? nameOf(field) : renameValue(field);
    });
    const isSame = fields.every(([, field], index) => field === others[index]);
    return isSame ? value : Object.fromEntries(fields.map(([name], at) => [name, others[at]]));
  };
  return rename(inventory);
}

function keepSame(items: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  return items.every((item, index) => item === others[index]) ? items : others;
}
