import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, join, posix, relative, resolve } from 'node:path';
import type { Files, Unreadable } from '../source/index.js';
import type { GitProblem, Place, Runner } from './git.js';

/**
 * The files of a commit, by paths as on the disk: relative to the working directory, or absolute. Links are
 * followed as far as on the disk: to what lies inside the working directory. Contents that the working tree
 * has as well are taken from there, which spares asking git.
 */
export function createTreeFiles(git: Runner, commit: string, place: Place): Files | GitProblem {
  const listed = git(['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (listed.kind === 'failed') return listed.problem;
  const tree = parseTree(listed.output.toString());
  const blobs = createBlobs(git, commit, tree, place.root);
  const find = createFinder(tree, blobs, place);
  return {
    read(path) {
      const found = path === '-' ? undefined : find(path);
      const entry = found === undefined ? undefined : tree.files.get(found);
      return found === undefined || entry === undefined ? undefined : blobs(found, entry);
    },
    list(folder) {
      const found = find(folder);
      const names = found === undefined ? undefined : tree.folders.get(found);
      return [...(names ?? [])]
        .flatMap((name) => nameOf(name, found ?? '', tree, find, place))
        .sort();
    },
  };
}

interface Entry {
  readonly isLink: boolean;
  readonly oid: string;
}

/** Paths are from the root of the repository, the root itself is the empty one. */
interface Tree {
  readonly files: ReadonlyMap<string, Entry>;
  /** The names in each folder, those of folders with a trailing `/`. */
  readonly folders: ReadonlyMap<string, ReadonlySet<string>>;
}

function parseTree(listing: string): Tree {
  const files = new Map<string, Entry>();
  const folders = new Map<string, Set<string>>([['', new Set()]]);
  for (const line of listing.split('\0')) {
    // mode, type, object id, tab, path; a submodule is a commit, of which nothing is here.
    const [, mode, oid, path] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (mode === undefined || oid === undefined || path === undefined) continue;
    files.set(path, { isLink: mode === '120000', oid });
    enter(folders, path);
  }
  return { files, folders };
}

function enter(folders: Map<string, Set<string>>, path: string): void {
  const slash = path.lastIndexOf('/', path.length - 2);
  const folder = path.slice(0, Math.max(slash, 0));
  let names = folders.get(folder);
  if (names === undefined) {
    names = new Set();
    folders.set(folder, names);
    enter(folders, `${folder}/`);
  }
  names.add(path.slice(slash + 1));
}

type Blobs = (path: string, entry: Entry) => Uint8Array | Unreadable;

/** How many contents are asked for in one go. */
const BATCH = 512;

function createBlobs(git: Runner, commit: string, tree: Tree, root: string | undefined): Blobs {
  const known = new Map<string, Uint8Array | Unreadable>();
  let differing: readonly string[] | undefined;
  return (path, entry) => {
    const before = known.get(entry.oid);
    if (before !== undefined) return before;
    const present = entry.isLink || root === undefined ? undefined : onDisk(join(root, path));
    if (present !== undefined && oidOf(present, entry.oid) === entry.oid) return present;
    // Those that will be asked for next, most probably: files are read in the order of their paths.
    differing ??= differingPaths(git, commit);
    const likely = differing.includes(path) ? differing : [...tree.files.keys()];
    const from = likely.indexOf(path);
    const wanted = likely
      .slice(from, from + BATCH)
      .flatMap((one) => tree.files.get(one)?.oid ?? []);
    for (const [oid, content] of readBlobs(git, wanted)) known.set(oid, content);
    return known.get(entry.oid) ?? { unreadable: 'git does not have its content' };
  };
}

function onDisk(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    // What the disk does not have, or does not give, git has.
    return undefined;
  }
}

const SHA1_DIGITS = 40;

function oidOf(content: Uint8Array, like: string): string {
  const hash = createHash(like.length === SHA1_DIGITS ? 'sha1' : 'sha256');
  return hash.update(`blob ${content.length}\0`).update(content).digest('hex');
}

function differingPaths(git: Runner, commit: string): readonly string[] {
  const found = git(['diff-index', '--name-only', '-z', '--no-renames', commit]);
  return found.kind === 'failed' ? [] : found.output.toString().split('\0').filter(Boolean);
}

function readBlobs(git: Runner, oids: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  const found = git(['cat-file', '--batch'], [...new Set(oids)].join('\n'));
  if (found.kind === 'failed') return contents;
  const { output } = found;
  for (let at = 0; at < output.length;) {
    const end = output.indexOf('\n', at);
    const [oid = '', type, size = ''] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    contents.set(oid, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}

/** The path from the root of the repository of what a path names, links followed; `undefined` for nothing. */
type Find = (path: string) => string | undefined;

const LINKS_MAX = 40;

function createFinder(tree: Tree, blobs: Blobs, { root, prefix }: Place): Find {
  const fromRoot = (path: string): string | undefined => {
    if (isAbsolute(path))
      return root === undefined ? undefined : inside(relative(root, resolve(path)));
    return inside(posix.join(prefix, path));
  };
  const follow = (path: string, links: number): string | undefined => {
    const names = path.split('/').filter((name) => name !== '');
    let at = '';
    for (const [index, name] of names.entries()) {
      at = at === '' ? name : `${at}/${name}`;
      const entry = tree.files.get(at);
      if (entry?.isLink !== true) continue;
      const target = blobs(at, entry);
      if (links >= LINKS_MAX || !(target instanceof Uint8Array)) return undefined;
      const to = Buffer.from(target).toString();
      const rest = names.slice(index + 1).join('/');
      const next = isAbsolute(to) ? undefined : inside(posix.join(posix.dirname(at), to, rest));
      // As on the disk, no link leads out of the working directory.
      if (next === undefined || !`${next}/`.startsWith(prefix)) return undefined;
      return follow(next, links + 1);
    }
    return at;
  };
  return (path) => {
    const found = fromRoot(path);
    return found === undefined ? undefined : follow(found, 0);
  };
}

function inside(path: string): string | undefined {
  const plain = posix.normalize(path.replaceAll('\\', '/')).replace(/\/$/, '');
  if (plain === '.') return '';
  return plain === '..' || plain.startsWith('../') || isAbsolute(plain) ? undefined : plain;
}

function nameOf(
  name: string,
  folder: string,
  tree: Tree,
  find: Find,
  { prefix }: Place,
): readonly string[] {
  const path = folder === '' ? name : `${folder}/${name}`;
  if (tree.files.get(path)?.isLink !== true) return [name];
  const target = find(posix.relative(prefix, path));
  if (target === undefined) return [];
  if (tree.files.has(target)) return [name];
  // A folder that it is itself in would be walked for ever.
  return tree.folders.has(target) && !`${folder}/`.startsWith(`${target}/`) ? [`${name}/`] : [];
}
