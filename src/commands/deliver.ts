import type { Mistake } from '../app/index.js';
import { findTerminal, type Host } from '../host/index.js';
import { reporters, type Format, type Report } from '../report/index.js';
import { statusOf, type Threshold } from './status.js';

export interface Delivery {
  readonly format: Format;
  /** Further results as `format=file`. */
  readonly output?: readonly string[] | undefined;
  readonly color?: boolean | undefined;
  readonly failOn?: Threshold;
  /** Whether the times of a lint run are shown. */
  readonly stats?: boolean;
}

const WIDTH_IN_FILES = 100;

/** Prints a result, or what kept it from being made, and sets the exit status. */
export async function deliver(
  result: Report | Mistake,
  delivery: Delivery,
  host: Host,
): Promise<void> {
  if (result.kind === 'mistake') {
    complain(result.message, result.hint);
    return;
  }
  const outputs = (delivery.output ?? []).map(parseOutput);
  const wrong = outputs.find((output) => typeof output === 'string');
  if (wrong !== undefined) {
    complain(`\`--output ${wrong}\` is not \`<format>=<file>\``, `formats: ${formats.join(', ')}`);
    return;
  }
  const wish = delivery.color === undefined ? 'automatic' : delivery.color ? 'on' : 'off';
  const terminal = findTerminal(wish);
  const reporter = await reporters[delivery.format]();
  process.stdout.write(reporter(result, terminal));
  const notice = noticeOf(result, delivery);
  if (notice !== undefined) {
    process.stderr.write((await reporters.pretty())(notice, terminal));
  }
  process.exitCode = statusOf(result, delivery.failOn ?? 'error');
  for (const output of outputs) {
    if (typeof output !== 'string') await writeOutput(result, output, host);
  }
}

/** What goes to standard error beside the result. */
function noticeOf(result: Report, { stats }: Delivery): Report | undefined {
  if (result.kind === 'inventory' && result.diagnostics.length > 0) {
    return { kind: 'problems', diagnostics: result.diagnostics };
  }
  if (result.kind === 'lint' && stats === true) {
    return { kind: 'statistics', timings: result.timings };
  }
  return undefined;
}

const formats = Object.keys(reporters);

interface Output {
  readonly format: Format;
  readonly path: string;
}

function parseOutput(text: string): Output | string {
  const at = text.indexOf('=');
  const format = text.slice(0, Math.max(at, 0));
  const path = text.slice(at + 1);
  return isFormat(format) && path !== '' ? { format, path } : text;
}

function isFormat(text: string): text is Format {
  return formats.includes(text);
}

async function writeOutput(report: Report, { format, path }: Output, host: Host): Promise<void> {
  const reporter = await reporters[format]();
  const failure = host.write(path, reporter(report, { width: WIDTH_IN_FILES, color: false }));
  if (failure !== undefined) {
    complain(`\`${path}\` cannot be written: ${failure.unreadable}`);
  }
}

/** Says on standard error why the tool cannot do its job, and makes it exit 2. */
export function complain(message: string, hint?: string): void {
  process.stderr.write(`error: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`);
  process.exitCode = 2;
}
