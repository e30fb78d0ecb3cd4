import type { Finding } from './finding.js';

/** The order of findings: by file, place and rule, by code units, which is the same on every machine. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.span.source.path, b.span.source.path) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compare(a.ruleId, b.ruleId) ||
    compare(a.message, b.message)
  );
}

/** The order of two texts by code units. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
