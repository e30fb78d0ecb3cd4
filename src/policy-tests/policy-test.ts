import type {
  AppliedPolicies,
  Authorization,
  LayerOutcome,
} from '../authorization/decide/index.js';
import type { Caller, ContextValue, Missing } from '../inventory/index.js';
import type { Span, Text } from '../source/index.js';

/** A file of promises that policies must keep: `*.kms-test.yaml`, JSON, or JSON Lines with one test a line. */
export interface PolicyTestFile {
  /** Paths, relative to the file, of what the tests without own policies are judged against. */
  readonly inventory: readonly { readonly path: string; readonly span: Span }[];
  readonly tests: readonly PolicyTest[];
}

export type PolicyTest = DecisionTest | QuestionTest;

/** One concrete request and the decision that it must get. */
export interface DecisionTest {
  readonly kind: 'decision';
  readonly name: string;
  readonly request: TestRequest;
  /** Set where the test carries its own policies, which are then all there is. */
  readonly policies?: AppliedPolicies;
  readonly expect: ExpectedDecision;
  readonly span: Span;
}

/** `Deny`: an implicit or an explicit one. */
export type ExpectedDecision = Authorization['decision'] | 'Deny';

export interface TestRequest {
  /** As written; a logical address of the inventory may stand for an ARN. */
  readonly principal: Text;
  /** Absent where only an inventory can tell who the principal is. */
  readonly caller?: Caller;
  readonly action: string;
  readonly resource: Text;
  readonly resourceAccount?: Text;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** A question over all requests of a kind, and the answer that it must get. */
export interface QuestionTest {
  readonly kind: 'question';
  readonly name: string;
  readonly question: {
    /** An ARN, a service, a wildcard, or a class such as `outside-organization`. */
    readonly principals: Text;
    readonly action: string;
    readonly resource: Text;
    readonly context: Readonly<Record<string, ContextValue>>;
  };
  readonly expect: 'always' | 'never' | 'when' | 'unknown';
  readonly span: Span;
}

/** How a test came out. */
export interface PolicyTestResult {
  readonly test: PolicyTest;
  readonly actual: Authorization['decision'] | QuestionTest['expect'];
  readonly passed: boolean;
  /** The layers that allow or deny. */
  readonly because: readonly LayerOutcome[];
  /** What would be needed to decide, where `actual` is `Unknown` or `unknown`. */
  readonly missing: readonly Missing[];
}
