import { CLIError, ExitError } from '@oclif/core/errors';
import { didYouMean } from '../app/index.js';
import { complain } from './deliver.js';

/** The commands of a program, by name. */
export type Commands = Readonly<
  Record<string, { run(argv: readonly string[]): Promise<void> } | undefined>
>;

/** Runs a command line to its end and sets the exit status; never throws. */
export async function main(
  argv: readonly string[],
  root: string,
  commands: Commands,
): Promise<void> {
  const [name, ...rest] = argv;
  try {
    const command =
      name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (name === 'help') await runOclif([...rest, '--help'], root);
    else if (name === undefined || name.startsWith('-') || asksForHelp(rest)) {
      await runOclif(argv, root);
    } else if (command === undefined) {
      const names = Object.keys(commands);
      complain(`there is no command \`${name}\``, didYouMean(name, names) ?? listOf(names));
    } else await command.run(rest);
  } catch (error) {
    if (error instanceof ExitError) process.exitCode = error.oclif.exit;
    else if (error instanceof CLIError) complainOfFlags(error, name ?? '');
    else complainOfBug(error);
  }
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? argv.length : end).includes('--help');
}

/** oclif looks for plugins and hooks before it does anything, so only what it alone can do is left to it. */
async function runOclif(argv: readonly string[], root: string): Promise<void> {
  const { run } = await import('@oclif/core/run');
  await run([...argv], root);
}

function listOf(commands: readonly string[]): string {
  return `commands: ${commands.join(', ')}`;
}

function complainOfFlags(error: CLIError, command: string): void {
  const help = `\`keyproof ${command} --help\` shows what it takes`;
  const [unknown] = unknownFlagsOf(error);
  if (unknown === undefined) {
    const missing = missingArgsOf(error);
    complain(missing === '' ? plainMessage(error) : `missing ${missing}`, help);
    return;
  }
  const known = knownFlagsOf(error);
  const name = unknown.replace(/=.*$/, '');
  complain(`unknown flag \`${name}\``, didYouMean(name, known) ?? help);
}

/** What oclif says, without its headline and the values of flags that have none. */
function plainMessage({ message }: CLIError): string {
  const [text = ''] = message.split('\nSee more help');
  return lowerFirst(text.replace(/^The following errors? occurred:\s*/, '').trim()).replace(
    /(--[\w-]+)=true\b/g,
    '`$1`',
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function unknownFlagsOf(error: CLIError): readonly string[] {
  return 'flags' in error && Array.isArray(error.flags) ? error.flags.map(String) : [];
}

/** The arguments that are required and absent, as oclif hangs them on its error. */
function missingArgsOf(error: CLIError): string {
  if (!('args' in error) || !Array.isArray(error.args)) return '';
  const names = error.args.flatMap((arg: { readonly name?: string } | string) =>
    typeof arg === 'object' && arg.name !== undefined ? [`<${arg.name}>`] : [],
  );
  return names.join(' ');
}

interface ParseError {
  readonly parse?: { readonly input?: { readonly flags?: Readonly<Record<string, FlagShape>> } };
}

interface FlagShape {
  readonly allowNo?: boolean;
}

function knownFlagsOf(error: CLIError): readonly string[] {
  // oclif hangs what it parsed on its errors, without saying so in the type.
  const flags = (error as ParseError).parse?.input?.flags ?? {};
  return Object.entries(flags).flatMap(([flag, { allowNo }]) =>
    allowNo === true ? [`--${flag}`, `--no-${flag}`] : [`--${flag}`],
  );
}

function complainOfBug(error: unknown): void {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  complain(
    'keyproof itself failed; this is a bug, whatever the input was',
    [
      'please report it with the lines below and, if you can share it, the input that led here',
      ...details.split('\n').map((line) => `  ${line}`),
      `  node ${process.version} on ${process.platform}, keyproof ${process.argv.slice(2).join(' ')}`,
    ].join('\n  '),
  );
}
