import * as Args from '@oclif/core/args';
import { Command } from './command.js';
import { diff } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { cacheFlags, cacheOf } from './cache-flags.js';
import { deliver } from './deliver.js';
import { deliveryFlagsFor, estateOf, inputFlags, pathsArg } from './flags.js';

export class DiffCommand extends Command {
  static override summary = 'show which access a change gives and takes, with a request for each';
  static override description =
    'Compares two states of an estate: files, folders or git references. That nothing changes is a proof over all principals, actions, keys and contexts. Exits 0 whether or not access changes, 2 if something could not be read.';
  static override args = {
    before: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'a file, folder or git reference; what exists as a path is a path',
    }),
    after: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'as `before`; `.` for the working tree',
    }),
    paths: pathsArg,
  };
  static override flags = { ...cacheFlags, ...inputFlags, ...deliveryFlagsFor('diff') };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DiffCommand);
    const host = createCommandHost('shown', cacheOf(flags));
    const { before, after, paths } = args;
    await deliver(await diff({ before, after, estate: estateOf(paths, flags) }, host), flags, host);
  }
}
