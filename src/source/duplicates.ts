import type { Diagnostic } from './diagnostic.js';
import type { Entry } from './node.js';

/** Where a file has more to say than anybody reads, the rest is left out. */
export const DIAGNOSTICS_MAX = 100;

/** A warning for each key of a mapping that was there before. */
export function duplicateKeys(entries: readonly Entry[]): readonly Diagnostic[] {
  if (entries.length < 2) return [];
  const seen = new Set<string>();
  const found: Diagnostic[] = [];
  for (const { key, keySpan } of entries) {
    if (seen.has(key) && found.length < DIAGNOSTICS_MAX) {
      found.push({
        code: 'duplicate-key',
        severity: 'warning',
        message: `the key \`${key}\` is repeated, and only its last value counts`,
        span: keySpan,
        hint: 'keep one of them; AWS refuses a policy with a repeated key',
      });
    }
    seen.add(key);
  }
  return found;
}
