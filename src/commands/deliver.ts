import { describeTool, type Mistake } from '../app/index.js';
import { findTerminal, type Host } from '../host/index.js';
import {
  formatsFor,
  renderStepSummary,
  reporters,
  type Format,
  type LazyReporter,
  type Report,
  type Style,
} from '../report/index.js';
import type { Unreadable } from '../source/index.js';
import { statusOf } from './status.js';

export interface Delivery {
  readonly format: Format;
  /** Further results as `format=file`. */
  readonly output?: readonly string[] | undefined;
  readonly color?: boolean | undefined;
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
  host.progress.end();
  host.memo?.save();
  const wish = delivery.color === undefined ? 'automatic' : delivery.color ? 'on' : 'off';
  const terminal = findTerminal(wish);
  if (result.kind === 'mistake') {
    complain(result.message, result.hint);
    if (result.diagnostics === undefined) return;
    const problems = { kind: 'problems', diagnostics: result.diagnostics } as const;
    process.stderr.write(await render(problems, 'pretty', terminal));
    return;
  }
  const outputs = parseOutputs(delivery.output ?? [], result);
  if (!formatsFor(result.kind).includes(delivery.format)) {
    const { message, hint } = formless(delivery.format, result);
    complain(message, hint);
    return;
  }
  if ('message' in outputs) {
    complain(outputs.message, outputs.hint);
    return;
  }
  const chosen = [delivery.format, ...outputs.map(({ format }) => format)];
  const report = await withTool(result, chosen, host);
  process.stdout.write(await render(report, delivery.format, terminal));
  const notice = noticeOf(result, delivery);
  if (notice !== undefined) process.stderr.write(await render(notice, 'pretty', terminal));
  process.exitCode = statusOf(result);
  for (const { format, path } of outputs) {
    complainOf(path, host.write(path, await render(report, format, page)));
  }
  if (chosen.includes('github')) await summarize(report, host);
}

const page: Style = { width: WIDTH_IN_FILES, color: false };

async function render(report: Report, format: Format, style: Style): Promise<string> {
  return (await reporters[format]())(report, style);
}

/** A report of findings with what a reporter wants to know of the tool. */
async function withTool(report: Report, chosen: readonly Format[], host: Host): Promise<Report> {
  const isWanted = chosen.some((format) => needsTool(reporters[format]));
  if (!isWanted || !('findings' in report)) return report;
  return { ...report, tool: await describeTool(report.findings, host) };
}

function needsTool({ needs }: LazyReporter): boolean {
  return needs === 'tool';
}

/** What does not fit into annotations goes to the page that GitHub shows for a step. */
async function summarize(report: Report, host: Host): Promise<void> {
  const path = host.stepSummaryFile;
  if (path === undefined) return;
  const text = await renderStepSummary(report);
  if (text !== undefined) complainOf(path, host.append(path, text));
}

function complainOf(path: string, failure: Unreadable | undefined): void {
  if (failure !== undefined) complain(`\`${path}\` cannot be written: ${failure.unreadable}`);
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

interface Output {
  readonly format: Format;
  readonly path: string;
}

interface Complaint {
  readonly message: string;
  readonly hint?: string;
}

function parseOutputs(texts: readonly string[], report: Report): readonly Output[] | Complaint {
  const outputs: Output[] = [];
  const formats = formatsFor(report.kind);
  for (const text of texts) {
    const at = text.indexOf('=');
    const format = text.slice(0, Math.max(at, 0));
    const path = text.slice(at + 1);
    if (at < 1 || path === '' || !isFormat(format)) {
      return {
        message: `\`--output ${text}\` is not \`<format>=<file>\``,
        hint: hintOf(formats),
      };
    }
    if (!formats.includes(format)) return formless(format, report);
    if (outputs.some((other) => other.path === path)) {
      return { message: `\`--output\` names the file \`${path}\` twice` };
    }
    outputs.push({ format, path });
  }
  return outputs;
}

function formless(format: Format, { kind }: Report): Complaint {
  return {
    message: `\`${format}\` has no form for the result of this command`,
    hint: hintOf(formatsFor(kind)),
  };
}

function hintOf(formats: readonly Format[]): string {
  return `formats: ${formats.join(', ')}`;
}

function isFormat(text: string): text is Format {
  return Object.hasOwn(reporters, text);
}

/** Says on standard error why the tool cannot do its job, and makes it exit 2. */
export function complain(message: string, hint?: string): void {
  process.stderr.write(`error: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`);
  process.exitCode = 2;
}
