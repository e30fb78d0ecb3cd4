import { Command } from './command.js';
import * as Flags from '@oclif/core/flags';
import { decide } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { deliver } from './deliver.js';
import { assumeFlag, deliveryFlags, estateOf, inputFlags, pathsArg, requestArgs } from './flags.js';

export class DecideCommand extends Command {
  static override summary = 'decide one concrete request, layer by layer';
  static override description =
    'Condition keys that follow from principal, action and key are filled in; all others are absent unless given with --context. Exits 0 for Allow, 1 for a deny, 3 if an input that could turn the decision is missing.';
  static override args = {
    ...requestArgs,
    paths: pathsArg,
  };
  static override flags = {
    context: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<key>=<value>',
      summary: 'a condition key of the request; several values make a list',
      helpGroup: 'REQUEST',
    }),
    assume: assumeFlag,
    ...inputFlags,
    ...deliveryFlags,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DecideCommand);
    const host = createCommandHost();
    const result = await decide(
      {
        estate: estateOf(args.paths, flags),
        principal: args.principal,
        action: args.action,
        key: args.key,
        context: flags.context ?? [],
        assume: flags.assume ? 'absent' : 'nothing',
      },
      host,
    );
    await deliver(result, flags, host);
  }
}
