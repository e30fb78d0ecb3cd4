/** Findings of one day that count for nothing until they are gone. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

export interface BaselineEntry {
  /** 64 lower-case hex digits; it alone decides. Two findings alike are two entries. */
  readonly fingerprint: string;
  /** For reviewers. */
  readonly rule: string;
  /** For reviewers: relative to the baseline, with `/`. */
  readonly path: string;
}

/** The baseline that is read when it exists. */
export const BASELINE_FILE = '.keyproof-baseline.json';
