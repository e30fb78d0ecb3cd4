import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { appendToDiskFile, createDiskFiles, writeDiskFile } from './files.js';
import { createGit } from './git.js';
import type { Host } from './host.js';
import { findPackage, runModule } from './modules.js';
import { silentProgress, type Progress } from './progress.js';
import { findWorkingTree } from './working-tree.js';

/**
 * The machine that this process runs on; relative paths are from a folder, by default the process's own.
 * Without a progress, nobody is told of any.
 */
export function createNodeHost(folder = process.cwd(), progress: Progress = silentProgress): Host {
  const workingDirectory = resolve(folder);
  return {
    files: createDiskFiles(workingDirectory),
    git: createGit(workingDirectory),
    workingDirectory: withSlashes(workingDirectory),
    workingTree: withSlashes(findWorkingTree(workingDirectory)),
    runModule,
    findPackage,
    progress,
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
