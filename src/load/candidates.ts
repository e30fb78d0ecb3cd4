import { wholeOf, type Diagnostic, type Files, type Parsed, type Span } from '../source/index.js';
import { baseOfGlob, isGlob, matchesGlob } from './globs.js';
import { folderOf, nameOf, normalPath } from './paths.js';
import { byCodeUnits, walk } from './walk.js';

/** A file that may be an input. */
export interface Candidate {
  readonly path: string;
  /** `named`: the user asked for this very file, so it must be readable and of a known format. */
  readonly from: 'named' | 'walked';
}

/** What `-` stands for. */
export const STANDARD_INPUT = '-';

/** The files that paths stand for, each once, sorted by path; a walk leaves out what it is told to. */
export function candidatesOf(
  paths: readonly string[],
  files: Files,
  excludes?: (path: string) => boolean,
): Parsed<readonly Candidate[]> {
  const diagnostics: Diagnostic[] = [];
  const found = new Map<string, Candidate>();
  for (const path of paths) {
    const candidates = filesAt(path, files, excludes);
    diagnostics.push(...candidates.diagnostics);
    for (const candidate of candidates.value) {
      if (found.get(candidate.path)?.from !== 'named') found.set(candidate.path, candidate);
    }
  }
  const value = [...found.values()].sort((a, b) => byCodeUnits(a.path, b.path));
  return { value, diagnostics };
}

function filesAt(
  given: string,
  files: Files,
  excludes: ((path: string) => boolean) | undefined,
): Parsed<readonly Candidate[]> {
  if (given === STANDARD_INPUT) return named(given);
  const path = normalPath(given);
  if (isFolder(path, files)) return walked(walk(path, files, excludes));
  if (files.read(path) !== undefined) return named(path);
  if (!isGlob(path)) return { value: [], diagnostics: [nothingAt(path)] };
  const inside = walk(baseOfGlob(path), files, excludes);
  const value = inside.value.filter((file) => matchesGlob(file, [path]));
  const diagnostics =
    value.length === 0 ? [...inside.diagnostics, nothingAt(path)] : inside.diagnostics;
  return walked({ value, diagnostics });
}

function named(path: string): Parsed<readonly Candidate[]> {
  return { value: [{ path, from: 'named' }], diagnostics: [] };
}

function walked({ value, diagnostics }: Parsed<readonly string[]>): Parsed<readonly Candidate[]> {
  return { value: value.map((path) => ({ path, from: 'walked' })), diagnostics };
}

function isFolder(path: string, files: Files): boolean {
  const names = files.list(path);
  if ('unreadable' in names || names.length > 0 || path === '.') return true;
  const siblings = files.list(folderOf(path));
  return !('unreadable' in siblings) && siblings.includes(`${nameOf(path)}/`);
}

function nothingAt(path: string): Diagnostic {
  return {
    code: 'no-such-file',
    severity: 'error',
    message: isGlob(path)
      ? `no file matches \`${path}\``
      : `there is no file or folder \`${path}\``,
    span: nowhere(path),
    hint: 'paths are relative to the working directory',
  };
}

/** The span for problems with a file of which there is no text. */
export function nowhere(path: string): Span {
  return wholeOf({ path, text: '' });
}
