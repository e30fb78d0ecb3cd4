import { Command } from './command.js';
import * as Flags from '@oclif/core/flags';
import { config, lint } from '../app/index.js';
import { baselineFlags, baselineOf } from './baseline-flags.js';
import { createCommandHost } from './command-host.js';
import { cacheFlags, cacheOf } from './cache-flags.js';
import { deliver } from './deliver.js';
import { deliveryFlagsFor, estateOf, inputFlags, pathsArg, searchFlags } from './flags.js';

export class LintCommand extends Command {
  static override summary = 'find what is wrong with policies, and show it happening';
  static override description =
    'Reads policy documents, templates, inventories and saved command output; applies every rule; and tries each finding on an in-process KMS that enforces the policies. Exits 1 if there are findings at or above --fail-on, 2 if something could not be read.';
  static override args = { paths: pathsArg };
  static override flags = {
    ...inputFlags,
    ...searchFlags,
    rule: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<id>',
      summary: 'apply this rule only; may be given several times',
      helpGroup: 'FINDINGS',
    }),
    'fail-on': Flags.option({
      options: ['error', 'warning', 'info', 'none'] as const,
      summary: 'the least severity that makes the run exit 1; by default `error`',
      helpGroup: 'FINDINGS',
    })(),
    ...baselineFlags,
    'print-config': Flags.boolean({
      summary:
        'print what the configuration comes to, for a file where one is named, and do no more',
      helpGroup: 'INPUT',
    }),
    quiet: Flags.boolean({ summary: 'show errors only', helpGroup: 'FINDINGS' }),
    stats: Flags.boolean({
      summary: 'show the time by phase and rule on standard error',
      helpGroup: 'OUTPUT',
    }),
    ...cacheFlags,
    ...deliveryFlagsFor('lint'),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(LintCommand);
    const host = createCommandHost(flags.quiet ? 'hidden' : 'shown', cacheOf(flags));
    const estate = estateOf(args.paths, flags);
    if (flags['print-config']) {
      const { config: choice, paths } = estate;
      await deliver(await config({ config: choice, path: paths[0] }, host), flags, host);
      return;
    }
    const result = await lint(
      {
        estate,
        rules: flags.rule ?? [],
        confirmation: flags.confirm ? { runs: flags.runs, seed: flags.seed } : 'not-requested',
        severities: flags.quiet ? ['error'] : ['error', 'warning', 'info'],
        failOn: flags['fail-on'],
        baseline: baselineOf(flags),
      },
      host,
    );
    await deliver(result, flags, host);
  }
}
