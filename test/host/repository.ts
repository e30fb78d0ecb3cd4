import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createDiskFiles } from '../../src/host/files.js';
import { createGit } from '../../src/host/git.js';
import type { Host } from '../../src/host/index.js';
import { memoryHost } from '../app/memory-host.js';

/** A real git repository in a temporary folder. */
export interface Repository {
  readonly folder: string;
  /** Runs git, and fails the test where git fails. */
  git(...args: readonly string[]): string;
  write(path: string, text: string): void;
  remove(path: string): void;
  /** Everything as it stands, as a commit. */
  commit(message: string): void;
  /** A host whose working directory is the repository's root, or a folder in it. */
  host(folder?: string): Host;
}

const made: string[] = [];

export function createRepository(): Repository {
  const repository = repositoryAt(temporaryFolder());
  repository.git('init', '--quiet', '--initial-branch', 'main');
  return repository;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-git-'));
  made.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function repositoryAt(folder: string): Repository {
  const git = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  return {
    folder,
    git,
    write: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    remove: (path) => {
      rmSync(join(folder, path), { recursive: true });
    },
    commit: (message) => {
      git('add', '--all');
      git('commit', '--quiet', '--message', message);
    },
    host: (inner = '.') => {
      const at = join(folder, inner);
      return {
        ...memoryHost({}),
        files: createDiskFiles(at),
        git: createGit(at),
        workingDirectory: at,
        workingTree: folder,
      };
    },
  };
}

const identity = ['-c', 'user.name=tests', '-c', 'user.email=tests@example.com'];
