import type { Finding } from '../finding.js';
import type { Baseline, BaselineEntry } from './baseline.js';

/**
 * Marks the findings that a baseline has, each entry standing for one finding: of two findings alike, a
 * baseline with one of them leaves one. What is suppressed otherwise needs no entry.
 */
export function applyBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
): readonly Finding[] {
  const left = countsOf(baseline.entries.map(({ fingerprint }) => fingerprint));
  return findings.map((finding) => {
    const count = left.get(finding.fingerprint) ?? 0;
    if (finding.suppressed !== undefined || count === 0) return finding;
    left.set(finding.fingerprint, count - 1);
    return { ...finding, suppressed: { by: 'baseline' } };
  });
}

/** What a run tells of entries of which it has no finding. */
export interface BaselineView {
  /** Whether this run would have found again what an entry stands for. */
  looksFor(entry: BaselineEntry): boolean;
  /** The path of a finding, as a baseline calls it. */
  pathOf(finding: Finding): string;
}

/** The baseline that has today's findings. Entries for what this run did not look at stay. */
export function writeBaseline(
  findings: readonly Finding[],
  before: Baseline,
  view: BaselineView,
): Baseline {
  const today = findings
    .filter(({ suppressed }) => suppressed === undefined || suppressed.by === 'baseline')
    .map((finding) => ({
      fingerprint: finding.fingerprint,
      rule: finding.ruleId,
      path: view.pathOf(finding),
    }));
  const found = new Set(today.map(({ fingerprint }) => fingerprint));
  const elsewhere = before.entries.filter(
    (entry) => !found.has(entry.fingerprint) && !view.looksFor(entry),
  );
  return { entries: [...today, ...elsewhere] };
}

/** The baseline without the entries for what is gone. */
export function pruneBaseline(
  findings: readonly Finding[],
  before: Baseline,
  view: BaselineView,
): Baseline {
  const left = countsOf(
    findings
      .filter(({ suppressed }) => suppressed?.by === 'baseline')
      .map(({ fingerprint }) => fingerprint),
  );
  const entries = before.entries.filter((entry) => {
    const count = left.get(entry.fingerprint) ?? 0;
    if (count > 0) left.set(entry.fingerprint, count - 1);
    return count > 0 || !view.looksFor(entry);
  });
  return { entries };
}

function countsOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
