import { createNodeHost, createTerminalProgress, type Host } from '../host/index.js';
import type { CacheChoice } from '../host/index.js';

/** The machine that a command runs on, with somebody waiting for it. */
export function createCommandHost(
  progress: 'shown' | 'hidden' = 'shown',
  cache: CacheChoice = 'none',
): Host {
  return createNodeHost(undefined, createTerminalProgress(progress), cache);
}
