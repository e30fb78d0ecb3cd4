import * as Args from '@oclif/core/args';
import { Command } from './command.js';
import * as Flags from '@oclif/core/flags';
import { can } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { deliver } from './deliver.js';
import { assumeFlag, deliveryFlags, estateOf, inputFlags, pathsArg, requestArgs } from './flags.js';

export class CanCommand extends Command {
  static override summary = 'answer over all contexts whether a principal may use a key';
  static override description =
    'The answer is always, never, when (with the conditions) or unknown (with what is missing), and is a proof. Exits 0 for always and when, 1 for never, 3 for unknown; with --expect, 0 if it is met and 1 if not. A call to S3, SQS, SNS or Secrets Manager is followed to the KMS key of its resource: the answer is for both.';
  static override args = {
    ...requestArgs,
    key: Args.string({
      required: true,
      ignoreStdin: true,
      description:
        'a key ARN, key id, alias or logical id; for another service the ARN, name or logical id of its resource, such as `orders/invoice.pdf`; `*` where the action has none',
    }),
    paths: pathsArg,
  };
  static override flags = {
    context: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<key>=<value>',
      summary: 'a condition key of the request; several values make a list; all others are open',
      helpGroup: 'REQUEST',
    }),
    assume: assumeFlag,
    expect: Flags.option({
      options: ['always', 'never', 'when', 'allowed'] as const,
      summary: 'the answer to check for; `allowed` is always or when',
      helpGroup: 'REQUEST',
    })(),
    ...inputFlags,
    ...deliveryFlags,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(CanCommand);
    const host = createCommandHost();
    const result = await can(
      {
        estate: estateOf(args.paths, flags),
        principal: args.principal,
        action: args.action,
        key: args.key,
        context: flags.context ?? [],
        assume: flags.assume ? 'absent' : 'nothing',
        expect: flags.expect,
      },
      host,
    );
    await deliver(result, flags, host);
  }
}
