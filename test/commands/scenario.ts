/**
 * A `.scenario` file tells a story of the command line: what it is about (its first lines), the files
 * that there are, and runs with exactly what they print and how they exit.
 *
 *     Prose that says what is shown.
 *     --- file keys/orders.json
 *     { … }
 *     --- run lint keys --no-confirm
 *     --- stdin
 *     --- stdout
 *     nothing found
 *     --- stderr
 *     --- status 1
 *
 * `stdin`, `stdout` and `stderr` are empty where they are not given, `status` is 0. Durations are
 * written `N ms`.
 */
export interface Scenario {
  readonly prose: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly runs: readonly Run[];
}

export interface Run {
  readonly command: string;
  readonly stdin: string;
  readonly result: Result;
}

export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export function parseScenario(text: string): Scenario {
  const [prose = '', ...sections] = text.split(/^(?=--- )/m);
  const files: { path: string; text: string }[] = [];
  const runs: { command: string; stdin: string; result: Mutable<Result> }[] = [];
  for (const section of sections) {
    const end = section.indexOf('\n');
    const [kind = '', ...rest] = section.slice('--- '.length, end).split(' ');
    const argument = rest.join(' ');
    const body = section.slice(end + 1);
    const run = runs.at(-1);
    if (kind === 'file') files.push({ path: argument, text: body });
    else if (kind === 'run') runs.push({ command: argument, stdin: '', result: emptyResult() });
    else if (run === undefined) throw new Error(`\`--- ${kind}\` comes before any \`--- run\``);
    else if (kind === 'stdin') run.stdin = body;
    else if (kind === 'status') run.result.status = Number(argument);
    else if (kind === 'stdout' || kind === 'stderr') run.result[kind] = body;
    else throw new Error(`there is no section \`--- ${kind}\``);
  }
  return { prose, files, runs };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function emptyResult(): Mutable<Result> {
  return { stdout: '', stderr: '', status: 0 };
}

export function printScenario({ prose, files, runs }: Scenario): string {
  const parts = [
    prose,
    ...files.map(({ path, text }) => `--- file ${path}\n${text}`),
    ...runs.flatMap(({ command, stdin, result }) => [
      `--- run ${command}\n`,
      ...section('stdin', stdin),
      ...section('stdout', result.stdout),
      ...section('stderr', result.stderr),
      ...(result.status === 0 ? [] : [`--- status ${result.status}\n`]),
    ]),
  ];
  return parts.join('');
}

function section(name: string, text: string): readonly string[] {
  return text === '' ? [] : [`--- ${name}\n${text}`];
}

/** The words of a command line; quotes keep a word together. */
export function wordsOf(command: string): readonly string[] {
  const words = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
