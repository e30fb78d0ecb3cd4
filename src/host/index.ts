export { createDiskFiles } from './files.js';
export type { GitProblem, History } from './git.js';
export type { Host } from './host.js';
export { createNodeHost } from './node-host.js';
export type { CacheChoice } from './node-host.js';
export { createTerminalProgress, silentProgress } from './progress.js';
export { findTerminal } from './terminal.js';
