import * as Args from '@oclif/core/args';
import { Command } from './command.js';
import * as Flags from '@oclif/core/flags';
import { whoCan } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { deliver } from './deliver.js';
import { actionArg, deliveryFlags, estateOf, inputFlags, pathsArg } from './flags.js';

export class WhoCanCommand extends Command {
  static override summary = 'list who may use a key';
  static override description =
    'Named principals, other principals of each account and organization, services and everyone are told apart as far as the policies do. Whoever is not listed never may: that is a proof.';
  static override args = {
    action: actionArg,
    key: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'a key ARN, key id, alias or logical id; `all` for every key',
    }),
    paths: pathsArg,
  };
  static override flags = {
    escalation: Flags.boolean({
      summary: 'look as well for calls by which somebody could make themselves able to',
      helpGroup: 'REQUEST',
    }),
    ...inputFlags,
    ...deliveryFlags,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(WhoCanCommand);
    const host = createCommandHost();
    const result = await whoCan(
      {
        estate: estateOf(args.paths, flags),
        action: args.action,
        key: args.key,
        escalation: flags.escalation ? 'looked-for' : 'ignored',
      },
      host,
    );
    await deliver(result, flags, host);
  }
}
