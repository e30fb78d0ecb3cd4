import * as Args from '@oclif/core/args';
import { Command } from './command.js';
import * as Flags from '@oclif/core/flags';
import { explain } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { complain, deliver } from './deliver.js';
import { deliveryFlags, estateOf, inputFlags, searchFlags } from './flags.js';

export class ExplainCommand extends Command {
  static override summary =
    'explain a rule, a finding, a statement, or an AccessDenied message of AWS';
  static override description =
    'A rule by its id: what it finds, why, and how it is confirmed. A finding by its fingerprint: its witness, step by step. A statement by `<file>:<line>`: what it allows, to whom, and whether it makes a difference. With --error, an AccessDenied message: which layer refused, and the nearest change that would let the request through.';
  static override args = {
    words: Args.string({
      multiple: true,
      ignoreStdin: true,
      description:
        'the id of a rule, the fingerprint of a finding, or `<file>:<line>`; then the files, folders or globs to read, by default the working directory',
    }),
  };
  static override flags = {
    error: Flags.string({
      helpValue: '<message>',
      summary: 'an AccessDenied message as AWS printed it; the words are then all paths',
    }),
    seed: searchFlags.seed,
    runs: searchFlags.runs,
    ...inputFlags,
    ...deliveryFlags,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ExplainCommand);
    const host = createCommandHost();
    const [subject, ...rest] = args.words ?? [];
    if (flags.error === undefined && subject === undefined) {
      complain(
        'there is nothing to explain',
        'name a rule, the fingerprint of a finding or `<file>:<line>`, or give a message with --error',
      );
      return;
    }
    const { error } = flags;
    const result = await explain(
      {
        estate: estateOf(error === undefined ? rest : args.words, flags),
        about:
          error === undefined
            ? { kind: 'subject', text: subject ?? '' }
            : { kind: 'error', message: error },
        confirmation: { runs: flags.runs, seed: flags.seed },
      },
      host,
    );
    await deliver(result, flags, host);
  }
}
