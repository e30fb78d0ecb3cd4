import { gate as runGate } from '../app/index.js';
import type { GateThreshold } from '../config/index.js';
import { createNodeHost } from '../host/index.js';
import type { GateReport } from '../report/index.js';
import { demand } from './demand.js';
import { confirmationOf, type TryOptions } from './lint.js';
import { estateOf, type LoadOptions } from './load-inventory.js';

export interface GateOptions extends LoadOptions, TryOptions {
  /** What to compare with: a git reference, of which the merge base with `HEAD` is read, or a path. */
  readonly base: string;
  /** What fails the gate; absent: what the configuration says, or `error`. */
  readonly failOn?: readonly GateThreshold[];
  /** `none`, or the baseline file; absent: the nearest one, where there is one. */
  readonly baseline?: 'none' | { readonly file: string };
}

/**
 * Whether the change from the base to the working tree may be deployed: what is found now and was not
 * before, which access is gained and lost, and the policy tests. `verdict` is by `failOn` alone: whether
 * everything could be read is among `diagnostics`.
 *
 * @throws Error if there is no such base, nothing to compare, or a configuration that cannot be used
 */
export async function gate({
  base,
  paths = [],
  failOn = [],
  baseline,
  ...options
}: GateOptions): Promise<GateReport> {
  const result = await runGate(
    {
      estate: estateOf(paths, options, 'refused'),
      base,
      confirmation: confirmationOf(options),
      failOn,
      baseline: baselineOf(baseline),
    },
    createNodeHost(options.cwd),
  );
  return demand(result);
}

function baselineOf(baseline: GateOptions['baseline']) {
  if (baseline === 'none') return undefined;
  return { file: baseline?.file, use: 'read' as const };
}
