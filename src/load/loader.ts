import type { Inventory } from '../inventory/index.js';
import type { Files, Parsed, Source } from '../source/index.js';
import type { ParsedCode } from './typescript/index.js';

/** One input format. */
export interface Loader {
  /** Its name in messages: `CloudFormation template`. */
  readonly name: string;
  /** Paths of files that are of this format or of none: no other loader looks at them. */
  readonly owns?: RegExp;
  /** Whether the file shows the format's mark. `head` is the whole text; the look must be cheap. */
  recognizes(path: string, head: string): boolean;
  /**
   * Where present, is awaited before anything is loaded: for formats whose parser takes time to start,
   * which only a run that has such files among its `paths` should spend.
   */
  prepare?(paths: readonly string[]): Promise<void>;
  /**
   * Loads a recognized file. Paths inside it are read through `files`. `undefined`: it only looked
   * like this format, and belongs to another one or to none.
   */
  load(entry: Source, files: Files, settings: LoadSettings): Parsed<Inventory> | undefined;
  /**
   * The paths of other files that belong to this one, such as the templates of nested stacks. They
   * are loaded with it, so a run that also walks them must not load them a second time.
   */
  partsOf?(entry: Source, files: Files): readonly string[];
  /**
   * Where present, a run calls this once with all files that the loader recognized, in path order,
   * instead of `load` for each: for formats whose files say little alone, such as saved command
   * output that names no subject.
   */
  loadAll?(entries: readonly LoadEntry[], files: Files): Parsed<Inventory>;
}

/** A recognized file of a run. */
export interface LoadEntry {
  readonly source: Source;
  readonly settings: LoadSettings;
}

/** What the configuration and the command line say to loaders about one file. */
export interface LoadSettings {
  /** Values of the pseudo parameters; absent: unresolved. */
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly organization?: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Globs of paths to the kind of the policy documents there. */
  readonly kinds: Readonly<Record<string, string>>;
  /** The file's code, where whoever asks has parsed it; absent: it is parsed. */
  readonly code?: ParsedCode;
}
