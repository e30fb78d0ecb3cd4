import type { Diagnostic } from '../source/index.js';

/** What a first set-up found, and what it wrote. */
export interface InitReport {
  readonly kind: 'init';
  readonly found: SurveyCounts;
  /** In the order in which they are to be read. */
  readonly files: readonly SetUpFile[];
  /** What is left to do, one sentence each. */
  readonly next: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What there is in a repository. */
export interface SurveyCounts {
  readonly formats: readonly FormatCount[];
  readonly keys: number;
  readonly principals: number;
}

export interface FormatCount {
  /** As loaders are called: `CloudFormation template`. */
  readonly format: string;
  readonly files: number;
  /** Where they are: the folders right below the working directory, and `.` for itself. */
  readonly folders: readonly string[];
}

/** A file of a first set-up. */
export interface SetUpFile {
  /** Relative to the working directory. */
  readonly path: string;
  /** What it is for, in a few words. */
  readonly about: string;
  /** `exists`: what there is was left as it is. `planned`: nothing was to be written. */
  readonly outcome: 'written' | 'planned' | 'exists' | 'failed';
  /** What it holds, or would hold. */
  readonly text: string;
  /** Why it could not be written. */
  readonly reason?: string;
}
