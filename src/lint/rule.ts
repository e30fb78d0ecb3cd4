import type * as fastCheck from 'fast-check';
import type { PartialRequest } from '../authorization/answers/index.js';
import type { Call, Exchange } from '../engine/index.js';
import type { Inventory } from '../inventory/index.js';
import type { Severity, Span, Text } from '../source/index.js';

export type FastCheck = typeof fastCheck;

export interface RuleMeta {
  /** Kebab case, names the pattern found; equals the rule's folder. */
  readonly id: string;
  /** One line, no final stop. */
  readonly title: string;
  /** The most it can be: a finding may be less, never more. */
  readonly severity: Severity;
  readonly category:
    | 'correctness'
    | 'availability'
    | 'lockout'
    | 'least-privilege'
    | 'confused-deputy'
    | 'portability'
    | 'audit'
    | 'hygiene';
  /** The version that brought it. */
  readonly since: string;
  /** AWS pages that state the behaviour. */
  readonly sources: readonly string[];
  readonly presets: readonly ('recommended' | 'strict')[];
  /** Set where what it finds matters to what lasts: findings are at most this in estates that live for days. */
  readonly ephemeral?: Severity;
  /** JSON Schema of the options and their defaults; absent: none. */
  readonly options?: {
    readonly schema: Readonly<Record<string, unknown>>;
    readonly defaults: Readonly<Record<string, unknown>>;
  };
}

/** What the configuration says about the world around the inventory. */
export interface Expectations {
  /** Accounts that are ours. */
  readonly accounts: readonly string[];
  readonly organization?: string;
  readonly trustZone: {
    readonly accounts: readonly string[];
    readonly services: readonly string[];
  };
  /** ARNs of the principals that deploy. */
  readonly deployers: readonly string[];
  /** By the path of a file of source code, the ARN of the principal that it runs as; absent: not said. */
  readonly code?: ReadonlyMap<string, string>;
}

/** What a rule looks at. */
export interface View<Options> {
  readonly inventory: Inventory;
  readonly options: Options;
  readonly expectations: Expectations;
}

/** A place in a policy that may be a problem, with the precise statement to be tried. */
export interface Suspicion<Claim> {
  /** Plain data: in each world that is tried, what is unknown in it takes the same constants. */
  readonly claim: Claim;
  /** What is wrong: one sentence, no final stop, user's text in backticks. */
  readonly message: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
  readonly span: Span;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  /** Less than the rule's own, where it is. */
  readonly severity?: Severity;
  /** What the finding is about, for its fingerprint: the logical address of a key, principal or document. */
  readonly address: string;
  /** The statement or element at fault, as normalised text for the fingerprint. */
  readonly subject: string;
  /** Which of several claims, where the rule makes more than one of the same subject; for the fingerprint. */
  readonly kind?: string;
  /** Set where the finding hangs on a value known only at deployment: it is then at most a warning. */
  readonly hangsOn?: string;
}

/** How the simulator tries a claim. */
export interface Scenario {
  /** `can`: some attempt does harm. `cannot`: no attempt succeeds. */
  readonly claims: 'can' | 'cannot';
  /** Each attempt runs on an engine of its own. */
  readonly attempts: Attempts;
  /** Whether the attempt did the harm (`can`) or reached its goal (`cannot`). */
  succeeded(exchanges: readonly Exchange[]): boolean;
  /** The world to try in, where something had to be added to the inventory; absent: the inventory. */
  readonly stage?: Inventory;
  /** What settles the claim beyond what is tried; absent: only trying tells. */
  readonly proof?: Proof;
}

/**
 * Questions of which the exact answers settle a claim, asked on the scenario's stage. Where none of them
 * is ever allowed, `can` is refuted and `cannot` proved; where one is, `cannot` is refuted, and `can` is
 * proved once an attempt succeeds as well.
 */
export interface Proof {
  /** INVARIANT: together they stand for everybody of whom the claim speaks. The most telling first. */
  readonly questions: readonly PartialRequest[];
  /** Whom they stand for, as in "no request of `whom` is allowed". */
  readonly whom: Text;
}

export type Attempts =
  /** All that differ, the most telling first: the verdict is then exact. */
  | { readonly kind: 'all'; readonly attempts: readonly Attempt[] }
  /** A sample: the most telling one, then others that are generated, small ones first. */
  | {
      readonly kind: 'sample';
      readonly first: Attempt;
      readonly others: fastCheck.Arbitrary<Attempt>;
    };

/** A sequence of calls on one engine; it ends early at a step that has nothing to call. */
export type Attempt = readonly Step[];

/** A call, or one that is made of what came before: the ciphertext to decrypt, the id of a grant. */
export type Step = Call | ((earlier: readonly Exchange[]) => Call | undefined);

/** The contract of a rule. Pure and synchronous: it sees the inventory, never text, and never prints. */
export interface Rule<Claim, Options> {
  readonly meta: RuleMeta;
  detect(view: View<Options>): Iterable<Suspicion<Claim>>;
  /**
   * `inventory` and `claim` are grounded: no holes. fast-check is handed in, as it is loaded only when
   * something is suspected.
   */
  scenario(claim: Claim, inventory: Inventory, fc: FastCheck): Scenario | Unsimulated;
}

/** Why a claim cannot be tried on the engine. */
export interface Unsimulated {
  readonly unsimulated: string;
}

/** A rule in the registry, its type parameters erased. */
export type AnyRule = Rule<unknown, Readonly<Record<string, unknown>>>;

/** Checks a rule's types where it is written and erases them for the registry. */
export function rule<Claim, Options = Readonly<Record<string, never>>>(
  definition: Rule<Claim, Options>,
): AnyRule {
  // The registry hands each rule only its own claims and options, so erasing the parameters is sound.
  return definition as unknown as AnyRule;
}
