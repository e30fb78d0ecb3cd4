import { createNodeHost, createTerminalProgress, type Host } from '../host/index.js';

/** The machine that a command runs on, with somebody waiting for it. */
export function createCommandHost(progress: 'shown' | 'hidden' = 'shown'): Host {
  return createNodeHost(undefined, createTerminalProgress(progress));
}
