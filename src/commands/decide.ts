import * as Args from '@oclif/core/args';
import { Command } from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import { decide } from '../app/index.js';
import { createNodeHost } from '../host/index.js';
import { deliver } from './deliver.js';
import { deliveryFlags, estateOf, inputFlags, pathsArg } from './flags.js';

export class DecideCommand extends Command {
  static override summary = 'decide one concrete request, layer by layer';
  static override description =
    'Condition keys that follow from principal, action and key are filled in; all others are absent unless given with --context. Exits 0 for Allow, 1 for a deny, 3 if an input that could turn the decision is missing.';
  static override args = {
    principal: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'the ARN of a user, role, session or root; a service principal; `anonymous`',
    }),
    action: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'such as `kms:Decrypt`, or `Decrypt` for short',
    }),
    key: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'a key ARN, key id, alias or logical id; `*` where the action has no resource',
    }),
    paths: pathsArg,
  };
  static override flags = {
    context: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<key>=<value>',
      summary: 'a condition key of the request; several values make a list',
      helpGroup: 'REQUEST',
    }),
    assume: Flags.boolean({
      allowNo: true,
      default: true,
      summary: 'take limiting layers and grants that were not supplied as absent',
      helpGroup: 'REQUEST',
    }),
    ...inputFlags,
    ...deliveryFlags,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DecideCommand);
    const host = createNodeHost();
    const result = await decide(
      {
        estate: estateOf(args.paths, flags),
        principal: args.principal,
        action: args.action,
        key: args.key,
        context: flags.context ?? [],
        assume: flags.assume ? 'absent' : 'nothing',
      },
      host,
    );
    await deliver(result, flags, host);
  }
}
