import type { Exchange } from '../engine/index.js';
import type { Severity, Span, Text } from '../source/index.js';

/** A problem with the policy. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly span: Span;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  /** 64 lower-case hex digits; the same for the same problem after files move or are re-indented. */
  readonly fingerprint: string;
  readonly confirmation: Confirmation;
  /** Present where it was silenced: it is still shown to programs, and counts for nothing. */
  readonly suppressed?: Suppressed;
}

/** What silenced a finding. */
export interface Suppressed {
  readonly by: 'directive' | 'config' | 'baseline';
  /** Always there for directives and the config, never for the baseline. */
  readonly reason?: string;
  /** `YYYY-MM-DD`, the last day on which it holds. */
  readonly until?: string;
}

/** What trying the claim on the engine showed. Refuted findings are dropped, so they have no form here. */
export type Confirmation =
  | {
      readonly kind: 'confirmed';
      /** Somebody did what they should not be able to (`can`), or nobody did what should be possible (`cannot`). */
      readonly claims: 'can' | 'cannot';
      /** True only for exhaustive reasoning: exact answers to all that the claim says, or every attempt made. */
      readonly proved: boolean;
      /** Of whom the formulas of the policies prove it; absent where they were not asked, or left it open. */
      readonly whom?: Text;
      /** What happened: the counterexample (`can`), or the most telling refused attempt (`cannot`). */
      readonly witness: readonly Exchange[];
      readonly runs: number;
      readonly seed: number;
    }
  | {
      readonly kind: 'unconfirmed';
      readonly reason: string;
      readonly runs: number;
      readonly seed: number;
    }
  | { readonly kind: 'unsimulated'; readonly reason: string };
