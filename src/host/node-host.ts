import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appendToDiskFile, createDiskFiles, writeDiskFile } from './files.js';
import { createGit } from './git.js';
import type { Host } from './host.js';
import { createLastingMemo, findCacheFolder, type LastingMemo } from './memo.js';
import { findPackage, runModule } from './modules.js';
import { silentProgress, type Progress } from './progress.js';
import { findWorkingTree } from './working-tree.js';

/** Where results are kept for later runs: nowhere, where packages are installed, or in a folder. */
export type CacheChoice = 'none' | 'with-packages' | { readonly folder: string };

/**
 * The machine that this process runs on; relative paths are from a folder, by default the process's own.
 * Without a progress, nobody is told of any.
 */
export function createNodeHost(
  folder = process.cwd(),
  progress: Progress = silentProgress,
  cache: CacheChoice = 'none',
): Host {
  const workingDirectory = resolve(folder);
  return {
    files: createDiskFiles(workingDirectory),
    git: createGit(workingDirectory),
    workingDirectory: withSlashes(workingDirectory),
    workingTree: withSlashes(findWorkingTree(workingDirectory)),
    runModule,
    findPackage,
    progress,
    memo: memoIn(cache, workingDirectory),
    now: () => Date.now(),
    elapsedMs: () => performance.now(),
    bytes: (count) => randomBytes(count),
    write: (path, text) => writeDiskFile(resolve(workingDirectory, path), text),
    append: (path, text) => appendToDiskFile(resolve(workingDirectory, path), text),
    // An empty variable is how people unset one in a workflow.
    stepSummaryFile: process.env['GITHUB_STEP_SUMMARY'] || undefined,
    packageFile,
  };
}

function memoIn(cache: CacheChoice, workingDirectory: string): LastingMemo | undefined {
  if (cache === 'none') return undefined;
  const folder =
    cache === 'with-packages'
      ? findCacheFolder(workingDirectory, findWorkingTree(workingDirectory))
      : resolve(workingDirectory, cache.folder);
  return folder === undefined ? undefined : createLastingMemo(folder, build);
}

/** Tells this build from others: those that are published by their version, others by when they were made. */
function build(): string {
  const { size, mtimeMs } = statSync(fileURLToPath(import.meta.url));
  return [packageFile('package.json'), size, mtimeMs, process.version].join(' ');
}

/** As paths are written here, on Windows too. */
function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}

/** From `dist/src/host/` and from `src/host/` alike, the package is the folder with a package.json above. */
function packageFile(path: string): string | undefined {
  for (const up of ['../../', '../../../']) {
    const root = new URL(up, import.meta.url);
    try {
      readFileSync(new URL('package.json', root));
      return readFileSync(new URL(path, root), 'utf8');
    } catch {
      continue;
    }
  }
  return undefined;
}
