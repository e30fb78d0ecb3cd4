import type { PrincipalEntry, Statement } from '../policy/index.js';
import type { Text } from '../source/index.js';

/** Whether a field of an inventory holds no text of the estate, or one that no constant can stand for. */
export function isFixed(field: string): boolean {
  return /span$/i.test(field) || fixedFields.has(field);
}

const fixedFields = new Set([
  'unit',
  'unresolved',
  'presence',
  'reason',
  'directives',
  'calls',
  'covers',
]);

/** Whether a value is a statement that is there only under a condition known at deployment. */
export function isConditional(value: unknown): value is Statement & { readonly presence: Text } {
  return isObject(value) && 'presence' in value && 'kind' in value && value.kind === 'statement';
}

export function isPrincipalEntry(value: unknown): value is PrincipalEntry {
  return isObject(value) && 'form' in value && 'type' in value && 'text' in value;
}

/** Whether a value is made of fields, as all that an inventory holds is, but for maps, sets and lists. */
export function isPlain(value: unknown): value is object {
  return isObject(value) && Object.getPrototypeOf(value) === Object.prototype;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
