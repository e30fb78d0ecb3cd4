import { normalPath } from '../load/index.js';

/** A path from the root of the disk; one that is relative starts at `folder`. Globs are paths here. */
export function absolutePath(path: string, folder: string): string {
  return isAbsolute(path) ? normalPath(path) : normalPath(`${folder}/${path}`);
}

/** How a place is called from a folder, both given from the root of the disk; `.` for the folder itself. */
export function relativePath(path: string, folder: string): string {
  const to = namesOf(path);
  const from = namesOf(folder);
  let shared = 0;
  while (shared < from.length && to[shared] === from[shared]) shared += 1;
  const way = [...from.slice(shared).map(() => '..'), ...to.slice(shared)];
  return way.length === 0 ? '.' : way.join('/');
}

/** The folder that something is in. */
export function parentOf(path: string): string {
  const names = namesOf(path);
  return normalPath(`${path.startsWith('/') ? '/' : ''}${names.slice(0, -1).join('/')}`);
}

/** With the drive letter that Windows puts first. */
function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:\//i.test(path);
}

function namesOf(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '');
}
