import type { NeedAnswer } from '../graph/index.js';
import type { Caller } from '../inventory/index.js';
import type { Diagnostic, Severity, Span } from '../source/index.js';

/** The answer to `needs`. */
export interface NeedsReport {
  readonly kind: 'needs';
  /** One for each principal that code runs as, then one for the code of which nobody says. */
  readonly groups: readonly NeedGroup[];
  readonly problems: readonly NeedProblem[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface NeedGroup {
  /** Absent: nobody says as whom the code runs. */
  readonly caller?: Caller;
  readonly needs: readonly AnsweredNeed[];
}

/** A permission that code requires, answered where it is known as whom it runs. */
export type AnsweredNeed = Pick<NeedAnswer, 'need'> & Partial<Pick<NeedAnswer, 'answer'>>;

/** What is wrong between code and the policies of the principal that it runs as. */
export interface NeedProblem {
  readonly ruleId: 'code-lacks-permission' | 'unused-permission';
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly span: Span;
}
