import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Memo } from '../source/index.js';

/** A memo whose content outlasts the process once it is saved. */
export interface LastingMemo extends Memo {
  /** Writes what is new; where that fails, it is forgotten. */
  save(): void;
}

const FILE = 'results';
const BYTES_MAX = 128 * 1024 * 1024;
const DIGEST_BYTES = 32;

/**
 * A memo in a folder. It is one file, which begins with the digest of its rest: one that was cut off,
 * damaged or written by another build is as good as none. It is replaced as a whole, so that of runs at
 * the same time the last one's is kept.
 * @param build what one build keeps, no other takes
 */
export function createLastingMemo(folder: string, build: () => string): LastingMemo {
  const path = join(folder, FILE);
  let loaded: Map<string, Uint8Array> | undefined;
  const entries = (): Map<string, Uint8Array> => (loaded ??= read(path));
  const wanted = new Map<string, Uint8Array>();
  let isNew = false;
  let ownBuild: string | undefined;
  const nameOf = (of: readonly string[]): string =>
    sha256(JSON.stringify([(ownBuild ??= build()), ...of]));
  return {
    digest: sha256,
    find(of) {
      const key = nameOf(of);
      const bytes = wanted.get(key) ?? entries().get(key);
      if (bytes === undefined) return undefined;
      wanted.set(key, bytes);
      return deserialize(bytes) as unknown;
    },
    keep(of, value) {
      const bytes = bytesOf(value);
      if (bytes === undefined) return;
      wanted.set(nameOf(of), bytes);
      isNew = true;
    },
    save() {
      if (isNew) write(path, bounded([...wanted, ...entries()]));
      isNew = false;
    },
  };
}

/**
 * Where build tools keep such things: beside the packages that are installed for a folder,
 * at most at the root of its working tree.
 */
export function findCacheFolder(folder: string, root: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const modules = join(at, 'node_modules');
    if (existsSync(modules)) return join(modules, '.cache', 'keyproof');
    if (at === root || at === dirname(at)) return undefined;
  }
}

function read(path: string): Map<string, Uint8Array> {
  try {
    const bytes = readFileSync(path);
    const rest = bytes.subarray(DIGEST_BYTES);
    if (sha256(rest) !== bytes.subarray(0, DIGEST_BYTES).toString('hex')) return new Map();
    return deserialize(rest) as Map<string, Uint8Array>;
  } catch {
    // There is none yet, or it cannot be read.
    return new Map();
  }
}

function write(path: string, entries: ReadonlyMap<string, Uint8Array>): void {
  const rest = serialize(entries);
  const unfinished = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, Buffer.concat([Buffer.from(sha256(rest), 'hex'), rest]));
    renameSync(unfinished, path);
  } catch {
    // A read-only or full disk: the next run does everything anew.
    rmSync(unfinished, { force: true });
  }
}

/** As many as there is room for, the first ones first. */
function bounded(
  entries: readonly (readonly [string, Uint8Array])[],
): ReadonlyMap<string, Uint8Array> {
  const kept = new Map<string, Uint8Array>();
  let total = 0;
  for (const [name, bytes] of entries) {
    if (kept.has(name)) continue;
    total += bytes.length;
    if (total > BYTES_MAX) break;
    kept.set(name, bytes);
  }
  return kept;
}

function bytesOf(value: unknown): Uint8Array | undefined {
  try {
    return serialize(value);
  } catch {
    // A function somewhere inside: it is made anew each time.
    return undefined;
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
