import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { ConfigChoice } from '../config/index.js';
import type { EstateInput } from '../app/index.js';
import { formatsFor, type Report } from '../report/index.js';

/** How and where the result is printed, for a command whose reports are of a kind that has formats of its own. */
export const deliveryFlagsFor = (kind?: Report['kind']) => ({
  format: Flags.option({
    options: formatsFor(kind),
    default: 'pretty' as const,
    summary: 'how the result is printed',
    helpGroup: 'OUTPUT',
  })(),
  output: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<format>=<file>',
    summary: 'write the result to a file as well, in this format',
    helpGroup: 'OUTPUT',
  }),
  color: Flags.boolean({
    allowNo: true,
    summary: 'colour, or none; by default as the terminal and `NO_COLOR` say',
    helpGroup: 'OUTPUT',
  }),
});

/** How and where the result is printed. */
export const deliveryFlags = deliveryFlagsFor();

/** What is read. */
export const inputFlags = {
  parameter: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<name>=<value>',
    summary: 'the value of a template parameter',
    helpGroup: 'INPUT',
  }),
  account: Flags.string({
    helpValue: '<id>',
    summary: 'the account that templates are deployed to',
    helpGroup: 'INPUT',
  }),
  region: Flags.string({
    helpValue: '<region>',
    summary: 'the Region that templates are deployed to',
    helpGroup: 'INPUT',
  }),
  config: Flags.string({
    helpValue: '<file>',
    summary: 'the configuration file; by default the nearest one up to the root of the repository',
    helpGroup: 'INPUT',
    exclusive: ['no-config'],
  }),
  'no-config': Flags.boolean({
    summary: 'read no configuration, and run none that is code',
    helpGroup: 'INPUT',
  }),
  'stdin-filename': Flags.string({
    helpValue: '<path>',
    summary: 'the path that tells the kind of what `-` reads',
    helpGroup: 'INPUT',
  }),
  'allow-empty': Flags.boolean({
    summary: 'succeed even if nothing was recognized',
    helpGroup: 'INPUT',
  }),
};

/** How findings are tried. */
export const searchFlags = {
  seed: Flags.integer({
    default: 1,
    helpValue: '<number>',
    summary: 'what fixes every random choice',
    helpGroup: 'CONFIRMATION',
  }),
  runs: Flags.integer({
    min: 1,
    default: 100,
    helpValue: '<number>',
    summary: 'attempts to generate for each finding',
    helpGroup: 'CONFIRMATION',
  }),
  confirm: Flags.boolean({
    allowNo: true,
    default: true,
    summary: 'try each finding on the in-process KMS',
    helpGroup: 'CONFIRMATION',
  }),
};

/** What is done, as every question names it. */
export const actionArg = Args.string({
  required: true,
  ignoreStdin: true,
  description: 'such as `kms:Decrypt`, or `Decrypt` for short',
});

/** The request that a question is about. */
export const requestArgs = {
  principal: Args.string({
    required: true,
    ignoreStdin: true,
    description: 'the ARN of a user, role, session or root; a service principal; `anonymous`',
  }),
  action: actionArg,
  key: Args.string({
    required: true,
    ignoreStdin: true,
    description: 'a key ARN, key id, alias or logical id; `*` where the action has no resource',
  }),
};

/** How what was not supplied counts. */
export const assumeFlag = Flags.boolean({
  allowNo: true,
  default: true,
  summary: 'take limiting layers and grants that were not supplied as absent',
  helpGroup: 'REQUEST',
});

export const pathsArg = Args.string({
  multiple: true,
  ignoreStdin: true,
  description: 'files, folders or globs; `-` is standard input; by default the working directory',
});

interface InputFlags {
  readonly parameter?: readonly string[] | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly 'stdin-filename'?: string | undefined;
  readonly 'allow-empty': boolean;
  readonly config?: string | undefined;
  readonly 'no-config': boolean;
}

/** What a command line says of the estate. */
export function estateOf(paths: readonly string[] | undefined, flags: InputFlags): EstateInput {
  return {
    paths: paths ?? [],
    stdinFilename: flags['stdin-filename'],
    parameters: flags.parameter ?? [],
    account: flags.account,
    region: flags.region,
    emptiness: flags['allow-empty'] ? 'allowed' : 'refused',
    config: configOf(flags),
  };
}

/** Which configuration a command line asks for. */
function configOf({ config, 'no-config': none }: InputFlags): ConfigChoice {
  if (none) return { kind: 'none' };
  return config === undefined ? { kind: 'search' } : { kind: 'file', path: config };
}
