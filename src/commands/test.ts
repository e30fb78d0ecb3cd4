import { Command } from './command.js';
import { test } from '../app/index.js';
import { createCommandHost } from './command-host.js';
import { deliver } from './deliver.js';
import { deliveryFlagsFor, estateOf, inputFlags, pathsArg } from './flags.js';

export class TestCommand extends Command {
  static override summary = 'check that policies keep the promises in policy test files';
  static override description =
    'Runs the tests in *.kms-test.yaml, .yml, .json and .jsonl files. Exits 1 if a test fails.';
  static override args = { paths: pathsArg };
  static override flags = { ...inputFlags, ...deliveryFlagsFor('test') };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TestCommand);
    const host = createCommandHost();
    await deliver(await test(estateOf(args.paths, flags), host), flags, host);
  }
}
