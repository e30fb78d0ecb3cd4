import type { Diagnostic } from '../source/index.js';

/** A command that cannot be carried out as it was given; nothing was done. */
export interface Mistake {
  readonly kind: 'mistake';
  /** What is wrong, in one sentence without a final stop. */
  readonly message: string;
  readonly hint?: string;
  /** What it is in detail, where it is in a file. */
  readonly diagnostics?: readonly Diagnostic[];
}

export function mistake(message: string, hint?: string): Mistake {
  return hint === undefined ? { kind: 'mistake', message } : { kind: 'mistake', message, hint };
}

/** A file that the command is told what to do by, and cannot rely on. */
export function unusable(
  what: 'configuration' | 'baseline',
  diagnostics: readonly Diagnostic[],
): Mistake {
  return { kind: 'mistake', message: `the ${what} cannot be used`, diagnostics };
}
