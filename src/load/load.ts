import { merge, type Inventory } from '../inventory/index.js';
import type { Diagnostic, Files, Memo, Parsed } from '../source/index.js';
import { candidatesOf, nowhere, type Candidate } from './candidates.js';
import type { LoadEntry, Loader, LoadSettings } from './loader.js';
import { byCodeUnits } from './walk.js';
import { recognize, unrecognized, type Recognized } from './recognize.js';
import { loadRemembered } from './remember.js';

/** What a run is to load. */
export interface LoadInput {
  /** Files, folders, globs, and `-` for standard input, which `files` reads under that name. */
  readonly paths: readonly string[];
  readonly files: Files;
  /** Whether a walk leaves a path out; a file that is named is loaded all the same. */
  readonly excludes?: (path: string) => boolean;
  /** The path that standard input is taken for; `-` where absent. */
  readonly stdinFilename?: string;
  settingsOf(path: string): LoadSettings;
  /** What earlier runs made of files; absent: each is read anew. */
  readonly memo?: Memo | undefined;
  /** Told of each file before it is read: how many were, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was loaded. */
export interface Loaded {
  readonly inventory: Inventory;
  /** `nothing-recognized` stands for a run in which no file was of a known format. */
  readonly diagnostics: readonly Diagnostic[];
  /** The paths of the files that were loaded, sorted. */
  readonly loaded: readonly string[];
  /** By path, the name of the format that a file was loaded as. */
  readonly formats: ReadonlyMap<string, string>;
  /** How many files a walk passed over because no format recognized them. */
  readonly skipped: number;
}

/** Loads all that the paths stand for; a file that cannot be loaded never hides its neighbours. */
export function loadWith(loaders: readonly Loader[], input: LoadInput): Loaded {
  const candidates = candidatesIn(input);
  const diagnostics = [...candidates.diagnostics];
  // There may be more of them than a call takes arguments.
  const addAll = (problems: readonly Diagnostic[]): void => {
    for (const problem of problems) diagnostics.push(problem);
  };
  const recognized: Recognized[] = [];
  let skipped = 0;
  for (const [index, candidate] of candidates.value.entries()) {
    input.onProgress?.(index, candidates.value.length);
    const { value, diagnostics: problems } = recognize(candidate, loaders, input);
    addAll(problems);
    if (value !== undefined) recognized.push(value);
    else if (candidate.from === 'walked') skipped += 1;
  }
  const parts: Inventory[] = [];
  const loaded: string[] = [];
  const formats = new Map<string, string>();
  const add = ({ value, diagnostics: problems }: Parsed<Inventory>): void => {
    parts.push(value);
    addAll(problems);
  };
  const batches = new Map<Loader, LoadEntry[]>();
  const memo = isWorthRemembering(recognized) ? input.memo : undefined;
  const owned = ownedByOthers(recognized, input.files);
  for (const file of recognized) {
    const { source } = file.entry;
    const taken = owned.has(source.path)
      ? withItsOwner(file)
      : take(file, { files: input.files, memo }, batches);
    if (taken !== undefined) {
      loaded.push(source.path);
      formats.set(source.path, taken.format);
    } else if (file.candidate.from === 'walked') skipped += 1;
    else addAll(unrecognized(source));
    if (taken?.result !== undefined) add(taken.result);
  }
  for (const [loader, entries] of batches) {
    if (loader.loadAll !== undefined) add(loader.loadAll(entries, input.files));
  }
  const { value: inventory, diagnostics: conflicts } = merge(parts);
  addAll(conflicts);
  if (loaded.length === 0 && diagnostics.length === 0) diagnostics.push(nothingRecognized(input));
  return { inventory, diagnostics: diagnostics.sort(byPlace), loaded, formats, skipped };
}

/** The files that an input stands for; whoever asks twice of the same input is told the same. */
export function candidatesIn(
  input: Pick<LoadInput, 'paths' | 'files' | 'excludes'>,
): Parsed<readonly Candidate[]> {
  const before = found.get(input);
  if (before !== undefined) return before;
  const candidates = candidatesOf(input.paths, input.files, input.excludes);
  found.set(input, candidates);
  return candidates;
}

// To prepare and to load are two steps over one walk.
const found = new WeakMap<object, Parsed<readonly Candidate[]>>();

function byPlace({ span: a }: Diagnostic, { span: b }: Diagnostic): number {
  return byCodeUnits(a.source.path, b.source.path) || a.start - b.start;
}

/** A file that belongs to a format; its content comes with its owner or its batch where there is no result. */
interface Taken {
  readonly format: string;
  readonly result?: Parsed<Inventory>;
}

function withItsOwner({ loaders: [loader] }: Recognized): Taken | undefined {
  return loader && { format: loader.name };
}

/** Gives a file to the first loader that wants it; `undefined`: none does, now that they looked inside. */
function take(
  { entry, loaders }: Recognized,
  { files, memo }: Pick<LoadInput, 'files' | 'memo'>,
  batches: Map<Loader, LoadEntry[]>,
): Taken | undefined {
  for (const loader of loaders) {
    if (loader.loadAll !== undefined) {
      const batch = batches.get(loader);
      if (batch === undefined) batches.set(loader, [entry]);
      else batch.push(entry);
      return { format: loader.name };
    }
    const result = loadRemembered(loader, entry, files, memo);
    if (result !== undefined) return { format: loader.name, result };
  }
  return undefined;
}

// Looking for what was kept takes longer than parsing a few files.
const WORTH_CHARACTERS = 200_000;

function isWorthRemembering(recognized: readonly Recognized[]): boolean {
  let characters = 0;
  for (const { entry } of recognized) characters += entry.source.text.length;
  return characters >= WORTH_CHARACTERS;
}

/** The files that are loaded with another one. Of files that own each other, the first stays free. */
function ownedByOthers(recognized: readonly Recognized[], files: Files): ReadonlySet<string> {
  const partsOf = new Map(
    recognized.map(({ entry: { source }, loaders: [loader] }) => [
      source.path,
      loader?.partsOf?.(source, files) ?? [],
    ]),
  );
  const isPart = new Set([...partsOf.values()].flat());
  const owned = new Set<string>();
  const claim = (owner: string): void => {
    for (const part of partsOf.get(owner) ?? []) {
      if (owned.has(part)) continue;
      owned.add(part);
      claim(part);
    }
  };
  const owners = [...partsOf.keys()];
  for (const path of owners.filter((each) => !isPart.has(each))) claim(path);
  for (const path of owners) {
    if (owned.has(path)) continue;
    claim(path);
    owned.delete(path);
  }
  return owned;
}

function nothingRecognized({ paths }: LoadInput): Diagnostic {
  const where = paths.map((path) => ` \`${path}\``).join(',');
  return {
    code: 'nothing-recognized',
    severity: 'error',
    message: `there is nothing to analyse${where === '' ? '' : ' in'}${where}`,
    span: nowhere(paths[0] ?? '.'),
    hint: 'name a policy document, a CloudFormation template, saved AWS CLI output or an inventory file, or pass `--allow-empty`',
  };
}
