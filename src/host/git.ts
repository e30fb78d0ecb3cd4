import { spawnSync } from 'node:child_process';
import type { Files } from '../source/index.js';
import { createTreeFiles } from './git-tree.js';

/** The git repository that the working directory is in, which is only read. */
export interface Git {
  /**
   * The files of a commit: of the reference's own, or of the nearest one that it and `HEAD` both come from.
   * Paths are relative to the working directory, and nothing is checked out.
   */
  open(reference: string, at: 'reference' | 'merge-base'): GitTree | GitProblem;
  /** Whether the repository has a commit of that name; false where there is no repository. */
  has(reference: string): boolean;
}

export interface GitTree {
  readonly kind: 'tree';
  /** 40 or 64 hex digits. */
  readonly commit: string;
  readonly files: Files;
}

/** Why a commit cannot be read. */
export type GitProblem =
  | { readonly kind: 'no-git' }
  | { readonly kind: 'no-repository' }
  /** The repository belongs to another user, so that git does not use it. */
  | { readonly kind: 'not-trusted' }
  /** A bare repository, or the inside of one. */
  | { readonly kind: 'no-working-tree' }
  | { readonly kind: 'no-commits' }
  | {
      readonly kind: 'unknown-reference';
      /** The branches and tags that there are. */
      readonly known: readonly string[];
      readonly history: History;
    }
  | { readonly kind: 'no-merge-base'; readonly history: History }
  /** What git itself says. */
  | { readonly kind: 'failed'; readonly message: string };

/** `shallow`: older commits were left out when the repository was cloned. */
export type History = 'whole' | 'shallow';

export function createGit(workingDirectory: string): Git {
  const git = createRunner(workingDirectory);
  return {
    has: (reference) => isName(reference) && typeof commitOf(git, reference) === 'string',
    open(reference, at) {
      const place = findPlace(git);
      if ('kind' in place) return place;
      if (at === 'merge-base' && place.root === undefined) return { kind: 'no-working-tree' };
      const named = isName(reference) ? commitOf(git, reference) : undefined;
      if (named === undefined) return unknownReference(git, place.history);
      const commit = at === 'reference' ? named : mergeBaseOf(git, named, place.history);
      if (typeof commit !== 'string') return commit;
      const files = createTreeFiles(git, commit, place);
      return 'kind' in files ? files : { kind: 'tree', commit, files };
    },
  };
}

/** Where the working directory is in its repository. */
export interface Place {
  /** The working tree's root on the disk; `undefined` in a bare repository. */
  readonly root: string | undefined;
  /** The way from there to the working directory: empty, or with a trailing `/`. */
  readonly prefix: string;
  readonly history: History;
}

function findPlace(git: Runner): Place | GitProblem {
  const found = git(['rev-parse', '--is-shallow-repository', '--is-inside-work-tree']);
  if (found.kind === 'failed') return found.problem;
  const [shallow, inside] = found.output.toString().split('\n');
  const history = shallow === 'true' ? 'shallow' : 'whole';
  if (inside !== 'true') return { root: undefined, prefix: '', history };
  const where = git(['rev-parse', '--show-toplevel', '--show-prefix']);
  if (where.kind === 'failed') return where.problem;
  const [root = '', prefix = ''] = where.output.toString().split('\n');
  return { root, prefix, history };
}

// A name that begins so would be taken for a flag; none of git's own does.
function isName(reference: string): boolean {
  return reference !== '' && !reference.startsWith('-');
}

function commitOf(git: Runner, reference: string): string | undefined {
  const found = git(['rev-parse', '--verify', '--quiet', `${reference}^{commit}`]);
  return found.kind === 'failed' ? undefined : found.output.toString().trim();
}

function unknownReference(git: Runner, history: History): GitProblem {
  const found = git(['for-each-ref', '--format=%(refname:short)']);
  const known = found.kind === 'failed' ? [] : found.output.toString().trim().split('\n');
  return { kind: 'unknown-reference', known: known.filter((name) => name !== ''), history };
}

function mergeBaseOf(git: Runner, commit: string, history: History): string | GitProblem {
  if (commitOf(git, 'HEAD') === undefined) return { kind: 'no-commits' };
  const found = git(['merge-base', commit, 'HEAD']);
  if (found.kind === 'failed')
    return found.status === 1 ? { kind: 'no-merge-base', history } : found.problem;
  return found.output.toString().trim().split('\n')[0] ?? '';
}

/** Runs git in the working directory. */
export type Runner = (
  args: readonly string[],
  input?: string,
) =>
  | { readonly kind: 'done'; readonly output: Buffer }
  | { readonly kind: 'failed'; readonly status: number | null; readonly problem: GitProblem };

const OUTPUT_BYTES_MAX = 2 ** 30;

function createRunner(workingDirectory: string): Runner {
  return (args, input) => {
    const { status, stdout, stderr, error } = spawnSync('git', [...args], {
      cwd: workingDirectory,
      maxBuffer: OUTPUT_BYTES_MAX,
      ...(input === undefined ? {} : { input }),
      // Messages are read below, nobody is asked for a password, and nothing is written.
      env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' },
    });
    if (error === undefined && status === 0) return { kind: 'done', output: stdout };
    // Without git there is no output, whatever the types say.
    const complaint = error === undefined ? stderr.toString() : '';
    return { kind: 'failed', status, problem: problemOf(error, complaint) };
  };
}

function problemOf(error: Error | undefined, complaint: string): GitProblem {
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return { kind: 'no-git' };
  if (/not a git repository/i.test(complaint)) return { kind: 'no-repository' };
  if (/dubious ownership/i.test(complaint)) return { kind: 'not-trusted' };
  const [line = ''] = complaint.split('\n');
  return { kind: 'failed', message: error?.message ?? line.replace(/^(fatal|error): /, '') };
}
