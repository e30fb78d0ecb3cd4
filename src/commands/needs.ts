import { Command } from './command.js';
import * as Flags from '@oclif/core/flags';
import { needs } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { deliver } from './deliver.js';
import { deliveryFlags, estateOf, inputFlags, pathsArg } from './flags.js';

export class NeedsCommand extends Command {
  static override summary = 'list the permissions that code needs, and those that its role lacks';
  static override description =
    'Reads calls to AWS in TypeScript and JavaScript, and says which permissions they need on which keys. Where it is known as whom the code runs, by `--as` or by `code` in the configuration, each permission is answered by the policies that were read: one that is never given is an error, and a right to decrypt that no code uses is shown.';
  static override args = { paths: pathsArg };
  static override flags = {
    as: Flags.string({
      helpValue: '<principal>',
      summary: 'the ARN of the role or user that the code runs as',
      helpGroup: 'REQUEST',
    }),
    ...inputFlags,
    ...deliveryFlags,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(NeedsCommand);
    const host = createCommandHost();
    const result = await needs({ estate: estateOf(args.paths, flags), as: flags.as }, host);
    await deliver(result, flags, host);
  }
}
