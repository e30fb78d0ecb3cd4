import { Command } from './command.js';
import * as Flags from '@oclif/core/flags';
import { gate } from '../app/index.js';
import { baselineFlags, baselineOf } from './baseline-flags.js';
import { createCommandHost } from './command-host.js';
import { cacheFlags, cacheOf } from './cache-flags.js';
import { deliver } from './deliver.js';
import { deliveryFlagsFor, estateOf, inputFlags, pathsArg, searchFlags } from './flags.js';

const thresholds = [
  'error',
  'warning',
  'info',
  'none',
  'broadening',
  'broadening:decrypt',
  'broadening:admin',
  'broadening:cross-account',
  'broadening:public',
  'unknown',
] as const;

export class GateCommand extends Command {
  static override summary = 'say whether a change may be deployed, and why not';
  static override description =
    'Compares the working tree with a base: new findings, access that is gained and lost, policy tests, and whether who deploys could still change the keys. Before is the merge base of a git reference and the current commit, read without a checkout. Exits 0 if the change passes, 1 if not, 2 if something could not be read.';
  static override args = { paths: pathsArg };
  static override flags = {
    base: Flags.string({
      helpValue: '<reference or path>',
      summary: 'what to compare with: a git reference, or a file or folder',
      helpGroup: 'GATE',
    }),
    'fail-on': Flags.option({
      options: thresholds,
      multiple: true,
      multipleNonGreedy: true,
      summary: 'what fails the gate; may be given several times; by default `error`',
      helpGroup: 'GATE',
    })(),
    baseline: baselineFlags.baseline,
    'no-baseline': Flags.boolean({
      summary: 'count what is in the baseline as well',
      helpGroup: 'FINDINGS',
    }),
    ...inputFlags,
    ...searchFlags,
    ...cacheFlags,
    ...deliveryFlagsFor('gate'),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(GateCommand);
    const host = createCommandHost('shown', cacheOf(flags));
    const result = await gate(
      {
        estate: estateOf(args.paths, flags),
        base: flags.base,
        confirmation: flags.confirm ? { runs: flags.runs, seed: flags.seed } : 'not-requested',
        failOn: flags['fail-on'] ?? [],
        baseline: baselineOf({ ...flags, 'write-baseline': false, 'prune-baseline': false }),
      },
      host,
    );
    await deliver(result, flags, host);
  }
}
