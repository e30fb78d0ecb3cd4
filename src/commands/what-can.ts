import * as Args from '@oclif/core/args';
import { Command } from './command.js';
import * as Flags from '@oclif/core/flags';
import { whatCan } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { deliver } from './deliver.js';
import { deliveryFlags, estateOf, inputFlags, pathsArg } from './flags.js';

export class WhatCanCommand extends Command {
  static override summary = 'list what a principal may do with each key';
  static override description =
    'Every KMS action on every key that was read, over all contexts: always, when (with the conditions) or unknown (with what is missing). What is not listed the principal never may: that is a proof.';
  static override args = {
    principal: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'the ARN of a user, role, session or root; a service principal; `anonymous`',
    }),
    paths: pathsArg,
  };
  static override flags = {
    action: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<action>',
      summary: 'ask about this action only',
      helpGroup: 'REQUEST',
    }),
    ...inputFlags,
    ...deliveryFlags,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(WhatCanCommand);
    const host = createCommandHost();
    const estate = estateOf(args.paths, flags);
    const actions = flags.action ?? [];
    const result = await whatCan({ estate, principal: args.principal, actions }, host);
    await deliver(result, flags, host);
  }
}
