import type { Answer, Leg, NearestChange, PartialRequest } from '../authorization/answers/index.js';
import type { Authorization, LayerOutcome } from '../authorization/decide/index.js';
import type { AccessDifference, Escalations, KeyAccess } from '../graph/index.js';
import type { AccessDenied, Inventory, Missing, Owner, Request } from '../inventory/index.js';
import type { Finding, RuleMeta, Timing } from '../lint/index.js';
import type { Broken, PolicyKind, Statement } from '../policy/index.js';
import type { Diagnostic, Severity, Text } from '../source/index.js';
import type { DiffReport, GateReport } from './change.js';
import type { ActionsReport, GraphReport } from './graph-reports.js';
import type { NeedsReport } from './needs.js';
import type { InitReport } from './init.js';

/** What is printed: the result of one command, free of any output format. */
export type Report =
  | LintReport
  | DecisionReport
  | AnswerReport
  | AccessReport
  | ActionsReport
  | GraphReport
  | NeedsReport
  | DiffReport
  | GateReport
  | DenialReport
  | FindingReport
  | StatementReport
  | TestReport
  | InventoryReport
  | ProblemsReport
  | StatisticsReport
  | RulesReport
  | PageReport
  | ConfigReport
  | InitReport;

export interface LintReport {
  readonly kind: 'lint';
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: LintSummary;
  /** The paths of the files that were loaded; what has another path was imagined to try a claim. */
  readonly loaded: readonly string[];
  /** Where the time went. */
  readonly timings: { readonly loadMs: number; readonly rules: readonly Timing[] };
  /** Present where a reporter asks for it. */
  readonly tool?: ToolDescription;
  /** The least severity that fails the run; absent: `error`. */
  readonly failOn?: Severity | 'none';
}

/** What a report says of keyproof itself, for readers that do not have it at hand. */
export interface ToolDescription {
  readonly version: string;
  /** The rules that the findings are of. */
  readonly rules: readonly RuleDescription[];
}

export interface RuleDescription {
  readonly meta: RuleMeta;
  /** The rule's page, as Markdown. */
  readonly page: string;
}

export interface LintSummary {
  /** Files that were loaded. */
  readonly files: number;
  /** Files that a walk passed over because no format recognized them. */
  readonly skipped: number;
  readonly keys: number;
  readonly principals: number;
  readonly refuted: number;
  readonly durationMs: number;
}

export interface DecisionReport {
  readonly kind: 'decision';
  readonly request: Request;
  readonly authorization: Authorization;
  readonly diagnostics: readonly Diagnostic[];
}

/** The answer to `can`: one request over all its contexts. */
export interface AnswerReport {
  readonly kind: 'answer';
  readonly request: PartialRequest;
  readonly answer: Answer;
  /** Changes that would let a request through that is never allowed; smallest first. */
  readonly nearest: readonly NearestChange[];
  /** Of a call to a service that uses a KMS key: each permission that it needs. */
  readonly legs?: readonly LegReport[];
  /** What the asker expects, where that is to be checked; `allowed`: always or when. */
  readonly expect?: 'always' | 'never' | 'when' | 'allowed';
  readonly diagnostics: readonly Diagnostic[];
}

/** One permission that a call needs, with the changes that would let it through. */
export interface LegReport extends Omit<Leg, 'inventory'> {
  readonly nearest: readonly NearestChange[];
}

/** The answer to `who-can`. */
export interface AccessReport {
  readonly kind: 'access';
  readonly question: { readonly action: string; readonly key: string };
  readonly keys: readonly KeyAccess[];
  /** By key; absent where nobody asked for them. */
  readonly escalations?: ReadonlyMap<Text, Escalations>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Which layer refused the request of an AccessDenied message. */
export interface DenialReport {
  readonly kind: 'denial';
  readonly message: AccessDenied;
  /** One for each key that the message may mean; none where it names no caller or no action. */
  readonly requests: readonly DeniedRequest[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface DeniedRequest {
  readonly request: PartialRequest;
  /** What the policies that were read say of the request, over all contexts. */
  readonly answer: Answer;
  readonly nearest: readonly NearestChange[];
  /** Whether the layer that the message names refuses the request in the policies that were read. */
  readonly agreement: 'agrees' | 'differs' | 'not-supplied' | 'no-layer-named';
}

/** What a statement of a policy says, and whether it makes a difference. */
export interface StatementReport {
  readonly kind: 'statement';
  readonly statement: Statement | Broken;
  readonly documentKind: PolicyKind;
  /** Everything whose policy it is part of. */
  readonly owners: readonly Owner[];
  readonly effect:
    | { readonly kind: 'not-kms' | 'unknown' }
    /** What access there is because of it. */
    | { readonly kind: 'matters'; readonly access: AccessDifference }
    /** Proved: without it everybody may do the same. `because`: the statements that leave it without effect. */
    | { readonly kind: 'moot'; readonly because: readonly Statement[] };
  readonly diagnostics: readonly Diagnostic[];
}

/** One finding with its witness, step by step. */
export interface FindingReport {
  readonly kind: 'finding';
  readonly finding: Finding;
  readonly loaded: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface TestReport {
  readonly kind: 'test';
  readonly tests: readonly TestResult[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface TestResult {
  readonly name: string;
  readonly file: string;
  readonly expected: string;
  readonly actual: string;
  readonly passed: boolean;
  /** The layers that allow or deny. */
  readonly because: readonly LayerOutcome[];
  /** What would be needed to decide, where that is why it failed. */
  readonly missing: readonly Missing[];
}

export interface InventoryReport {
  readonly kind: 'inventory';
  readonly inventory: Inventory;
  readonly diagnostics: readonly Diagnostic[];
}

/** Problems with the input of a command whose result has no room for them. */
export interface ProblemsReport {
  readonly kind: 'problems';
  readonly diagnostics: readonly Diagnostic[];
}

/** Where the time of a lint run went. */
export interface StatisticsReport {
  readonly kind: 'statistics';
  readonly timings: LintReport['timings'];
}

export interface RulesReport {
  readonly kind: 'rules';
  readonly rules: readonly RuleMeta[];
}

export interface PageReport {
  readonly kind: 'page';
  /** Markdown. */
  readonly text: string;
}

/** What the configuration comes to. */
export interface ConfigReport {
  readonly kind: 'config';
  /** Plain data; what is `undefined` is not said. */
  readonly value: Readonly<Record<string, unknown>>;
}
