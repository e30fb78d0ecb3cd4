import type { Span } from './source.js';

export type Severity = 'error' | 'warning' | 'info';

/**
 * A problem with the input, never with the policy it holds. An `error` means that something could
 * not be read, and makes the run exit 2.
 */
export interface Diagnostic {
  /** Stable, kebab case, such as `json-syntax`. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong and why, in one sentence without a final stop. */
  readonly message: string;
  readonly span: Span;
  /** What to do about it. */
  readonly hint?: string;
}

/** What was understood, and what was not. Parsing never throws. */
export interface Parsed<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
