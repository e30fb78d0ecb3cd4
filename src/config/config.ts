import type { KeyproofConfig } from './keyproof-config.js';
import type { PlacedSuppression } from './read-config.js';

/** The configuration of a run: of one file and all that it extends. */
export interface Config {
  /** The files that it was read from, from the root of the disk, what is extended first; none: the defaults. */
  readonly sources: readonly string[];
  /** Which rules apply of which it says nothing. */
  readonly preset: 'recommended' | 'strict';
  readonly settings: Settings;
  readonly suppressions: readonly PlacedSuppression[];
  /** What its globs are relative to, from the root of the disk. */
  readonly folder: string;
  /** What the paths of the run are relative to, from the root of the disk. */
  readonly workingDirectory: string;
}

/** What a configuration file says, `extends` and suppressions apart. */
export type Settings = Omit<KeyproofConfig, 'extends' | 'suppressions'>;

/** What holds where nobody configures anything. */
export function defaultConfig(workingDirectory: string): Config {
  return {
    sources: [],
    preset: 'recommended',
    settings: {},
    suppressions: [],
    folder: workingDirectory,
    workingDirectory,
  };
}
