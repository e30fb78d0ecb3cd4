import { Command } from './command.js';
import { rules } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { deliver } from './deliver.js';
import { deliveryFlags } from './flags.js';

export class RulesCommand extends Command {
  static override summary = 'list the rules';
  static override flags = { ...deliveryFlags };

  async run(): Promise<void> {
    const { flags } = await this.parse(RulesCommand);
    await deliver(await rules(), flags, createCommandHost());
  }
}
