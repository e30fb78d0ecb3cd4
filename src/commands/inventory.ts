import { Command } from './command.js';
import { inventory } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { deliver } from './deliver.js';
import { deliveryFlags, estateOf, inputFlags, pathsArg } from './flags.js';

export class InventoryCommand extends Command {
  static override summary = 'print what was loaded as an inventory file';
  static override args = { paths: pathsArg };
  static override flags = { ...inputFlags, ...deliveryFlags };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(InventoryCommand);
    const host = createCommandHost();
    await deliver(await inventory(estateOf(args.paths, flags), host), flags, host);
  }
}
