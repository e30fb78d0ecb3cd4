import type { FieldValue, Value } from './value.js';

/** Adds the fields of what is spread; whether there may be others. */
export function spread(value: Value, put: (field: FieldValue) => void): boolean {
  if (value.kind === 'object') {
    value.fields.forEach(put);
    return value.open;
  }
  // `...(condition && { … })` spreads nothing where the condition does not hold.
  if (value.kind === 'unknown' && value.fallback) spread(value.fallback, put);
  return value.kind !== 'absent' && value.kind !== 'scalar';
}
