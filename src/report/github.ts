import type { Finding } from '../lint/index.js';
import { endOf, startOf, type Diagnostic, type Severity, type Span } from '../source/index.js';
import type { GateReport } from './change.js';
import { workflowCommand, type AnnotationProperties } from './escape-workflow-command.js';
import { count } from './names.js';
import { countedOf, errorsOf, worstFirst } from './ranking.js';
import type { LintReport } from './report.js';

/** Of each kind of annotation, GitHub shows ten a step; which ten is ours to choose. */
const ANNOTATIONS_MAX = 10;

/** Annotations for the ten worst problems, and a line that says how many there are besides. */
export function github(report: LintReport | GateReport): string {
  const findings = countedOf(report.findings);
  const commands = [
    ...(report.kind === 'gate' && report.verdict === 'fail' ? [gateCommand(report)] : []),
    ...errorsOf(report.diagnostics).map(diagnosticCommand),
    ...worstFirst(findings).map(findingCommand),
  ];
  const shown = commands.slice(0, ANNOTATIONS_MAX);
  const rest =
    commands.length > shown.length
      ? [`${shown.length} of ${commands.length} problems are annotated; the step summary has more`]
      : [];
  return [...shown, ...rest].map((line) => `${line}\n`).join('');
}

/** Why the gate is shut, all in one: most reasons have an annotation of their own at their place. */
function gateCommand({ reasons }: GateReport): string {
  const failing = reasons.filter(({ fails }) => fails).map(({ text }) => text);
  const more = failing.length - REASONS_MAX;
  return workflowCommand('error', { title: 'gate' }, [
    ...failing.slice(0, REASONS_MAX),
    ...(more > 0 ? [`and ${count(more, 'more reason')}`] : []),
  ]);
}

const REASONS_MAX = 20;

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Readonly<
  Record<Severity, unknown>
>;

function findingCommand({ severity, ruleId, span, message, why, fix }: Finding): string {
  const properties = { title: ruleId, ...placeProperties(span) };
  return workflowCommand(commands[severity], properties, [message, `why: ${why}`, `fix: ${fix}`]);
}

function diagnosticCommand({ severity, code, span, message, hint }: Diagnostic): string {
  const properties = { title: code, ...placeProperties(span) };
  const lines = hint === undefined ? [message] : [message, `fix: ${hint}`];
  return workflowCommand(commands[severity], properties, lines);
}

function placeProperties(span: Span): Omit<AnnotationProperties, 'title'> {
  const { path, text } = span.source;
  if (text === '') return { file: path };
  const start = startOf(span);
  const end = endOf(span);
  const lines = { file: path, line: start.line, endLine: end.line };
  // GitHub takes columns only for places within one line.
  return start.line === end.line ? { ...lines, col: start.column, endColumn: end.column } : lines;
}
