import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
  writeFileSync,
  type Dirent,
} from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Files, Unreadable } from '../source/index.js';

const STANDARD_INPUT = 0;

/**
 * The files of a disk, and standard input as `-`. Links are followed only to what lies inside the working directory, and never in a
 * circle; sockets, pipes and devices are not files.
 */
export function createDiskFiles(workingDirectory: string): Files {
  const root = realpathSync(workingDirectory);
  return {
    read(path) {
      try {
        if (path === '-') return readFileSync(STANDARD_INPUT);
        const full = resolve(root, path);
        return statSync(full).isFile() ? readFileSync(full) : undefined;
      } catch (error) {
        return isAbsent(error) ? undefined : unreadable(error);
      }
    },
    list(folder) {
      try {
        const full = resolve(root, folder);
        if (!statSync(full).isDirectory()) return [];
        return readdirSync(full, { withFileTypes: true })
          .flatMap((entry) => nameOf(entry, full, root))
          .sort();
      } catch (error) {
        return isAbsent(error) ? [] : unreadable(error);
      }
    },
  };
}

/** Writes a file, and the folders above it; says why where that fails. */
export function writeDiskFile(path: string, text: string): Unreadable | undefined {
  return putText(path, text, writeFileSync);
}

/** Adds to the end of a file, which is made where there is none; says why where that fails. */
export function appendToDiskFile(path: string, text: string): Unreadable | undefined {
  return putText(path, text, appendFileSync);
}

function putText(
  path: string,
  text: string,
  put: (path: string, text: string) => void,
): Unreadable | undefined {
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    put(path, text);
    return undefined;
  } catch (error) {
    return unreadable(error);
  }
}

function nameOf(entry: Dirent, folder: string, root: string): readonly string[] {
  if (entry.isFile()) return [entry.name];
  if (entry.isDirectory()) return [`${entry.name}/`];
  if (!entry.isSymbolicLink()) return [];
  return nameOfLink(entry.name, folder, root);
}

function nameOfLink(name: string, folder: string, root: string): readonly string[] {
  try {
    const target = realpathSync(resolve(folder, name));
    if (!isInside(target, root)) return [];
    const stats = lstatSync(target);
    if (stats.isFile()) return [name];
    return stats.isDirectory() && !isAncestor(target, folder) ? [`${name}/`] : [];
  } catch {
    // A link to nothing is nothing.
    return [];
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Whether the way down to `folder`, links included, already went through `target`. */
function isAncestor(target: string, folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (realpathSync(at) === target) return true;
    if (at === dirname(at)) return false;
  }
}

function isAbsent(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function unreadable(error: unknown): Unreadable {
  return { unreadable: reasons[codeOf(error) ?? ''] ?? (error as Error).message };
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many files are open',
};

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
