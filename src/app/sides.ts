import type { Host, GitProblem, History } from '../host/index.js';
import type { Config } from '../config/index.js';
import type { Side } from '../report/index.js';
import { nowhere } from '../load/index.js';
import type { Diagnostic, Files } from '../source/index.js';
import { loadEstateBy, type Estate, type EstateInput } from './estate.js';
import { mistake, type Mistake } from './mistake.js';
import { didYouMean } from './nearest.js';

/** One state of an estate, found but not yet read. */
export interface FoundSide {
  readonly side: Side;
  readonly files: Files;
  /** What to read of it; empty: what the configuration includes. */
  readonly paths: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The state that a path or a git reference names. What exists as a path is a path.
 * @param at which commit a reference stands for
 * @param paths what is read of a commit
 */
export function findSide(
  name: string,
  at: 'reference' | 'merge-base',
  paths: readonly string[],
  host: Host,
): FoundSide | Mistake {
  if (isPath(name, host.files)) {
    const diagnostics = host.git.has(name) ? [alsoReference(name)] : [];
    return { side: { name, kind: 'path' }, files: host.files, paths: [name], diagnostics };
  }
  const tree = host.git.open(name, at);
  if (tree.kind !== 'tree') return problemWith(name, tree);
  const { commit, files } = tree;
  return { side: { name, kind: at, commit }, files, paths, diagnostics: [] };
}

/** Reads a state, by the configuration of the run. */
export function loadSide(
  { files, paths }: FoundSide,
  config: Config,
  input: EstateInput,
  host: Pick<Host, 'progress' | 'memo'>,
): Promise<Estate | Mistake> {
  return loadEstateBy(config, { ...input, paths, emptiness: 'allowed' }, files, host);
}

/**
 * The problems of a commit that the change is compared with, as warnings: they are no fault of the change,
 * which may well be there to mend them. That something is not there yet is no problem.
 */
export function asEarlier({ diagnostics }: Estate): readonly Diagnostic[] {
  return diagnostics
    .filter(({ severity, code }) => severity === 'error' && code !== 'no-such-file')
    .map((diagnostic) => ({
      ...diagnostic,
      severity: 'warning',
      message: `before the change, ${diagnostic.message}`,
    }));
}

function isPath(name: string, files: Files): boolean {
  if (name === '-' || name === '.' || name === '..') return true;
  const found = files.read(name);
  if (found !== undefined && !('unreadable' in found)) return true;
  const names = files.list(name);
  if ('unreadable' in names || names.length > 0) return true;
  const plain = name.replace(/\/+$/, '');
  const slash = plain.lastIndexOf('/');
  const siblings = files.list(slash < 0 ? '.' : plain.slice(0, Math.max(slash, 1)));
  return !('unreadable' in siblings) && siblings.includes(`${plain.slice(slash + 1)}/`);
}

function alsoReference(name: string): Diagnostic {
  return {
    code: 'path-and-reference',
    severity: 'info',
    message: `\`${name}\` is a path and a git reference; the path is meant`,
    span: nowhere(name),
    hint: `write \`refs/heads/${name}\` or another full name for the reference`,
  };
}

function problemWith(name: string, problem: GitProblem): Mistake {
  switch (problem.kind) {
    case 'no-git':
      return mistake(
        `\`${name}\` is no path, and git is not installed to look for a commit of that name`,
        'install git, or name a file or folder that holds the state before',
      );
    case 'no-repository':
      return mistake(
        `\`${name}\` is no path, and the working directory is in no git repository`,
        'name a file or folder that holds the state before',
      );
    case 'not-trusted':
      return mistake(
        'git does not use this repository, because it belongs to another user',
        '`git config --global --add safe.directory "$PWD"` allows it',
      );
    case 'no-working-tree':
      return mistake(
        'this repository has no working tree to compare with',
        'run it where the repository is checked out, or name two commits to `keyproof diff`',
      );
    case 'no-commits':
      return mistake('the current branch has no commits yet, so nothing can be compared with it');
    case 'unknown-reference':
      return mistake(
        `there is no path and no commit called \`${name}\``,
        didYouMean(name, problem.known) ?? fetchOf(name, problem.history),
      );
    case 'no-merge-base':
      return mistake(
        `\`${name}\` and the current commit have no commit in common${inHistory(problem.history)}`,
        problem.history === 'shallow'
          ? fetchOf(name, problem.history)
          : 'name a commit that the current branch comes from, or a folder',
      );
    case 'failed':
      return mistake(`git cannot read \`${name}\`: ${problem.message}`);
  }
}

function inHistory(history: History): string {
  return history === 'shallow' ? ', as far as this shallow clone goes back' : '';
}

/** The command that most probably brings what a clone does not have. */
function fetchOf(name: string, history: History): string {
  const [, remote, branch] = /^(?:refs\/remotes\/)?([^/]+)\/(.+)$/.exec(name) ?? [];
  const from = remote === undefined || branch === undefined ? 'origin' : remote;
  const what = branch ?? name;
  return history === 'shallow'
    ? `this clone is shallow: \`git fetch --unshallow ${from}\` brings its whole history, and \`git fetch ${from} ${what}:refs/remotes/${from}/${what}\` a branch that it lacks`
    : `\`git fetch ${from} ${what}\` brings a branch that this clone does not have`;
}
