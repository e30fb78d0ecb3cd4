import * as Flags from '@oclif/core/flags';
import type { BaselineInput } from '../app/index.js';

/** What is done with the baseline. */
export const baselineFlags = {
  baseline: Flags.string({
    helpValue: '<file>',
    summary: 'the baseline; by default the nearest `.keyproof-baseline.json`',
    helpGroup: 'FINDINGS',
    exclusive: ['no-baseline'],
  }),
  'no-baseline': Flags.boolean({
    summary: 'count what is in the baseline as well',
    helpGroup: 'FINDINGS',
    exclusive: ['write-baseline', 'prune-baseline'],
  }),
  'write-baseline': Flags.boolean({
    summary: 'record the findings of today, which then count for nothing',
    helpGroup: 'FINDINGS',
    exclusive: ['prune-baseline'],
  }),
  'prune-baseline': Flags.boolean({
    summary: 'take what is gone out of the baseline',
    helpGroup: 'FINDINGS',
  }),
};

interface BaselineFlags {
  readonly baseline?: string | undefined;
  readonly 'no-baseline': boolean;
  readonly 'write-baseline': boolean;
  readonly 'prune-baseline': boolean;
}

/** What a command line asks for; `undefined`: no baseline. */
export function baselineOf(flags: BaselineFlags): BaselineInput | undefined {
  if (flags['no-baseline']) return undefined;
  const use = flags['write-baseline'] ? 'write' : flags['prune-baseline'] ? 'prune' : 'read';
  return { file: flags.baseline, use };
}
