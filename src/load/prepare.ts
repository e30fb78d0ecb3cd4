import { STANDARD_INPUT } from './candidates.js';
import { candidatesIn, type LoadInput } from './load.js';
import type { Loader } from './loader.js';

/** What is looked at to see which formats a run will need. */
export type PrepareInput = Pick<LoadInput, 'paths' | 'files' | 'excludes' | 'stdinFilename'>;

/** Prepares the loaders, each for the paths that there are. */
export async function prepareWith(loaders: readonly Loader[], input: PrepareInput): Promise<void> {
  const paths = candidatesIn(input).value.map(({ path }) =>
    path === STANDARD_INPUT ? (input.stdinFilename ?? path) : path,
  );
  for (const loader of loaders) await loader.prepare?.(paths);
}
