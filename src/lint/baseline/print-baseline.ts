import { compare } from '../by-place.js';
import type { Baseline, BaselineEntry } from './baseline.js';

/** A baseline as its file: sorted, an entry a line, so that changes of it are easy to review and to merge. */
export function printBaseline({ entries }: Baseline): string {
  const lines = [...entries].sort(byPath).map(({ path, rule, fingerprint }) => {
    const fields = [
      ['path', path],
      ['rule', rule],
      ['fingerprint', fingerprint],
    ] as const;
    const shown = fields.map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
    return `    { ${shown.join(', ')} }`;
  });
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}

function byPath(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint)
  );
}
