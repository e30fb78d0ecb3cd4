import { silentProgress, type Host } from '../../src/host/index.js';
import type { Unreadable } from '../../src/source/index.js';
import { memory } from '../load/memory.js';

/** A machine with nothing but files, whose clock stands still. */
export function memoryHost(
  contents: Readonly<Record<string, string | Uint8Array | Unreadable>>,
): Host {
  return {
    files: memory(contents),
    git: { has: () => false, open: () => ({ kind: 'no-repository' }) },
    workingDirectory: '/estate',
    workingTree: '/estate',
    runModule: () => Promise.resolve({ unreadable: 'there is nothing to run code with' }),
    findPackage: () => undefined,
    write: () => undefined,
    append: () => undefined,
    stepSummaryFile: undefined,
    packageFile: () => undefined,
    now: () => 0,
    elapsedMs: () => 0,
    progress: silentProgress,
    bytes: (count) => new Uint8Array(count),
  };
}
