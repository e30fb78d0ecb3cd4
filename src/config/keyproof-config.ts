import type { Severity } from '../source/index.js';

/** What a configuration file says. Globs are relative to its folder; what it leaves out keeps its default. */
export interface KeyproofConfig extends FileSettings {
  /** `recommended` (the default), `strict`, a path or a package; of several, later ones win. */
  readonly extends?: string | readonly string[];
  /** What is read when no path is given; the working directory where absent. */
  readonly include?: readonly string[];
  /** What a walk leaves out; a file that is named is read all the same. */
  readonly exclude?: readonly string[];
  /** Accounts that are ours. */
  readonly accounts?: readonly string[];
  /** Who else may be given access. Absent: nobody where `accounts` or `organization` say who we are. */
  readonly trustZone?: {
    readonly accounts?: readonly string[];
    readonly services?: readonly string[];
  };
  /** ARNs of the principals that deploy. */
  readonly deployers?: readonly string[];
  /** Globs of files whose estates live for days only. */
  readonly ephemeral?: readonly string[];
  /** Globs of source code to the ARN of the principal that it runs as. */
  readonly code?: Readonly<Record<string, string>>;
  /** What differs for some files; of several that match one, later ones win. */
  readonly overrides?: readonly Override[];
  readonly suppressions?: readonly Suppression[];
  readonly failOn?: Severity | 'none';
  readonly gate?: { readonly failOn?: readonly GateThreshold[] };
}

/** What may differ from file to file. */
export interface FileSettings {
  /** Globs of paths to the kind of the policy documents there; of several, later ones win. */
  readonly kinds?: Readonly<Record<string, string>>;
  /** Values of the pseudo parameters of templates; absent: unresolved. */
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** The organization of the accounts. */
  readonly organization?: string;
  /** By rule id. */
  readonly rules?: Readonly<Record<string, RuleEntry>>;
}

export interface Override extends FileSettings {
  readonly files: readonly string[];
}

/** Findings that are known and accepted. Without a reason it has no effect. */
export interface Suppression {
  readonly rules: readonly string[];
  readonly files: readonly string[];
  readonly reason?: string;
  /** The last day on which it holds, as `YYYY-MM-DD`. */
  readonly until?: string;
}

/** How severe the findings of a rule are, and its options. */
export type RuleEntry =
  RuleLevel | readonly [RuleLevel] | readonly [RuleLevel, Readonly<Record<string, unknown>>];

export type RuleLevel = Severity | 'off';

/** What makes the gate fail. */
export type GateThreshold =
  | Severity
  | 'none'
  | 'broadening'
  | 'broadening:decrypt'
  | 'broadening:admin'
  | 'broadening:cross-account'
  | 'broadening:public'
  | 'unknown';
