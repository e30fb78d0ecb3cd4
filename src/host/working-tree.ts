import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root of the git working tree that a folder is in; the folder itself where it is in none. */
export function findWorkingTree(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    // A folder, or a file in worktrees and submodules.
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return folder;
  }
}
