/**
 * Whether two values of an inventory say the same: places (spans, units, addresses) do not count, nor does the order
 * of maps and sets. Texts are compared as they are, so the same hole in two units differs.
 */
export function sayTheSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sayTheSame(item, b[index]));
  }
  if (a instanceof Map && b instanceof Map) {
    return a.size === b.size && [...a].every(([key, value]) => sayTheSame(value, b.get(key)));
  }
  if (a instanceof Set && b instanceof Set) {
    return a.size === b.size && [...a].every((item) => b.has(item));
  }
  const left = fieldsOf(a);
  const right = fieldsOf(b);
  if (left.size !== right.size) return false;
  return [...left].every(([name, value]) => right.has(name) && sayTheSame(value, right.get(name)));
}

function fieldsOf(value: object): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(value).filter(([name, field]) => field !== undefined && !isPlace(name)),
  );
}

function isPlace(field: string): boolean {
  return field === 'unit' || field === 'address' || /span$/i.test(field);
}
