import { Command } from './command.js';
import * as Flags from '@oclif/core/flags';
import { graph } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { deliver } from './deliver.js';
import { deliveryFlagsFor, estateOf, inputFlags, pathsArg } from './flags.js';

export class GraphCommand extends Command {
  static override summary = 'draw who may do what with which keys';
  static override description =
    'Principals, the roles that they may assume, grants and keys as one graph, each edge with its exact answer. Principals, and keys, with the same edges are one node.';
  static override args = { paths: pathsArg };
  static override flags = {
    action: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      default: ['kms:Decrypt'],
      helpValue: '<action>',
      summary: 'what the edges are about; several times for several',
      helpGroup: 'REQUEST',
    }),
    key: Flags.string({
      default: 'all',
      helpValue: '<key>',
      summary: 'only this key',
      helpGroup: 'REQUEST',
    }),
    principal: Flags.string({
      helpValue: '<principal>',
      summary: 'only what this principal may do, and who may become it',
      helpGroup: 'REQUEST',
    }),
    ...inputFlags,
    ...deliveryFlagsFor('graph'),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(GraphCommand);
    const host = createCommandHost();
    const { action: actions, key, principal } = flags;
    const estate = estateOf(args.paths, flags);
    await deliver(await graph({ estate, actions, key, principal }, host), flags, host);
  }
}
