import { createRequire } from 'node:module';
import type * as Minimatch from 'minimatch';

/**
 * Whether a path matches one of some globs, as minimatch reads them; `*` covers dot files too. A path
 * matches itself, whatever is in its name.
 */
export function matchesGlob(path: string, globs: readonly string[]): boolean {
  if (globs.length === 0) return false;
  if (globs.includes(path)) return true;
  const { minimatch } = library();
  return globs.some((glob) => minimatch(path, glob.replace(/^\.\//, ''), { dot: true }));
}

export function isGlob(path: string): boolean {
  return /[*?[\]{}!()]/.test(path);
}

/** The folder in which all that a glob can match lies. */
export function baseOfGlob(glob: string): string {
  const parts = glob.split('/');
  const fixed = parts.slice(0, parts.findIndex(isGlob));
  return fixed.length === 0 ? '.' : fixed.join('/') || '/';
}

// Most runs name folders and have no globs, so the library is loaded when one appears.
let loaded: typeof Minimatch | undefined;

function library(): typeof Minimatch {
  loaded ??= createRequire(import.meta.url)('minimatch') as typeof Minimatch;
  return loaded;
}
