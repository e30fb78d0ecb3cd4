import * as Parser from '@oclif/core/parser';
import type {
  ArgInput,
  FlagInput,
  Input,
  OutputArgs,
  OutputFlags,
  ParserOutput,
} from '@oclif/core/parser';

/**
 * A command: what it takes, as oclif's help page shows it, and what it does. Unlike oclif's own base it
 * knows no plugins, hooks or settings, which take longer to look for than a policy takes to lint.
 */
export abstract class Command {
  static summary: string;
  static description: string;
  static args: ArgInput = {};
  static flags: FlagInput = {};

  readonly #argv: readonly string[];

  constructor(argv: readonly string[]) {
    this.#argv = argv;
  }

  static async run(this: new (argv: readonly string[]) => Command, argv: readonly string[]) {
    await new this(argv).run();
  }

  abstract run(): Promise<void>;

  protected async parse<
    Flags extends OutputFlags<FlagInput>,
    BaseFlags extends OutputFlags<FlagInput>,
    Args extends OutputArgs<ArgInput>,
  >(input: Input<Flags, BaseFlags, Args>): Promise<ParserOutput<Flags, BaseFlags, Args>> {
    return Parser.parse([...this.#argv], input);
  }
}
