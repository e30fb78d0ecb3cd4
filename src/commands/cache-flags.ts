import * as Flags from '@oclif/core/flags';
import type { CacheChoice } from '../host/index.js';

/** Where results are kept for later runs. */
export const cacheFlags = {
  'cache-dir': Flags.string({
    helpValue: '<folder>',
    summary:
      'keep results for later runs here; by default in `node_modules/.cache/keyproof`, and not where `CI` is set',
    helpGroup: 'CACHE',
    exclusive: ['no-cache'],
  }),
  'no-cache': Flags.boolean({ summary: 'keep nothing, and use nothing kept', helpGroup: 'CACHE' }),
};

interface CacheFlags {
  readonly 'cache-dir'?: string | undefined;
  readonly 'no-cache': boolean;
}

/** Where a command line wants results to be kept. */
export function cacheOf(flags: CacheFlags): CacheChoice {
  if (flags['no-cache']) return 'none';
  const folder = flags['cache-dir'];
  if (folder !== undefined) return { folder };
  // A change that is judged in CI may bring files of its own, also where results would be kept.
  return process.env['CI'] ? 'none' : 'with-packages';
}
