import type { AccessDifference } from '../graph/index.js';
import type { Finding } from '../lint/index.js';
import type { Diagnostic } from '../source/index.js';
import type { LintSummary, TestResult, ToolDescription } from './report.js';

/** What changed between two states of an estate. */
export interface Comparison {
  readonly before: Side;
  readonly after: Side;
}

/** One state of an estate, as people name it. */
export interface Side {
  /** The path or git reference as it was given. */
  readonly name: string;
  readonly kind: 'path' | 'reference' | 'merge-base' | 'working-tree' | 'plan';
  /** The commit that was read, 40 or 64 hex digits. */
  readonly commit?: string;
}

/** The answer to `diff`. */
export interface DiffReport extends Comparison {
  readonly kind: 'diff';
  readonly access: AccessDifference;
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether a change may be deployed. */
export interface GateReport extends Comparison {
  readonly kind: 'gate';
  readonly verdict: 'pass' | 'fail';
  /** What speaks against the change, that which fails the gate first; empty where nothing does. */
  readonly reasons: readonly GateReason[];
  /** Those that the state before does not have. */
  readonly findings: readonly Finding[];
  readonly access: AccessDifference;
  /** The policy tests of the state after, run against it. */
  readonly tests: readonly TestResult[];
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: LintSummary;
  /** The paths of the files that were loaded after the change. */
  readonly loaded: readonly string[];
  /** Present where a reporter asks for it. */
  readonly tool?: ToolDescription;
}

export interface GateReason {
  /** One sentence, no final stop, the user's text in backticks. */
  readonly text: string;
  /** Whether it fails the gate, by what `--fail-on` says; other reasons are to be known. */
  readonly fails: boolean;
}
