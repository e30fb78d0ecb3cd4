import { Command } from './command.js';
import * as Flags from '@oclif/core/flags';
import { init } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { deliver } from './deliver.js';
import { deliveryFlags } from './flags.js';

export class InitCommand extends Command {
  static override summary = 'set keyproof up for this repository';
  static override description =
    'Looks at the working directory and writes a configuration, a first policy test that passes today, and what makes GitHub or GitLab run keyproof on each change. Leaves files that exist as they are.';
  static override flags = {
    ci: Flags.option({
      options: ['github', 'gitlab', 'none'] as const,
      summary: 'what runs it on each change; by default what the repository shows that it is on',
      helpGroup: 'SET-UP',
    })(),
    'dry-run': Flags.boolean({
      summary: 'write nothing, and show what would be written',
      helpGroup: 'SET-UP',
    }),
    ...deliveryFlags,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(InitCommand);
    const host = createCommandHost();
    const mode = flags['dry-run'] ? 'plan' : 'write';
    await deliver(await init({ ci: flags.ci, mode }, host), flags, host);
  }
}
