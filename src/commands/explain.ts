import * as Args from '@oclif/core/args';
import { Command } from '@oclif/core/command';
import { explain } from '../app/index.js';
import { createNodeHost } from '../host/index.js';
import { deliver } from './deliver.js';
import { deliveryFlags } from './flags.js';

export class ExplainCommand extends Command {
  static override summary = 'show the page of a rule: what it finds, why, and how it is confirmed';
  static override args = {
    rule: Args.string({ required: true, ignoreStdin: true, description: 'the id of a rule' }),
  };
  static override flags = { ...deliveryFlags };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ExplainCommand);
    const host = createNodeHost();
    await deliver(await explain(args.rule, host), flags, host);
  }
}
