import type { ConfigPorts } from '../config/index.js';
import type { Clock, Entropy } from '../engine/index.js';
import type { Files, Unreadable } from '../source/index.js';
import type { Git } from './git.js';
import type { LastingMemo } from './memo.js';
import type { Progress } from './progress.js';

/** All that a command may know of the machine that it runs on. */
export interface Host extends Clock, Entropy, ConfigPorts {
  /** Files by path, relative to the working directory or absolute, always with `/`; `-` is standard input. */
  readonly files: Files;
  /** Earlier states of the files. */
  readonly git: Git;
  /** What earlier runs made; absent: nothing is remembered. */
  readonly memo?: LastingMemo | undefined;
  /** Whom a run tells how far it has come, and who may end it early. */
  readonly progress: Progress;
  /** A monotonic time in milliseconds, for durations only. */
  elapsedMs(): number;
  /** Writes a file, and the folders above it; says why where that fails. */
  write(path: string, text: string): Unreadable | undefined;
  /** Adds to the end of a file, which is made where there is none; says why where that fails. */
  append(path: string, text: string): Unreadable | undefined;
  /** The file of which GitHub Actions makes the summary of the step that this runs in. */
  readonly stepSummaryFile: string | undefined;
  /** A file of keyproof's own package, such as a rule's page; `undefined` if there is none. */
  packageFile(path: string): string | undefined;
}
