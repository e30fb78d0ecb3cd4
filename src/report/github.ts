import type { Finding } from '../lint/index.js';
import { endOf, startOf, type Diagnostic, type Severity, type Span } from '../source/index.js';
import { workflowCommand, type AnnotationProperties } from './escape-workflow-command.js';
import { count } from './names.js';
import { countedOf, errorsOf, worstFirst } from './ranking.js';
import type { LintReport } from './report.js';

/** Of each kind of annotation, GitHub shows ten a step; which ten is ours to choose. */
const ANNOTATIONS_MAX = 10;

/** Annotations for the ten worst problems, and a line that says how many there are besides. */
export function github(report: LintReport): string {
  const broken = errorsOf(report.diagnostics);
  const findings = countedOf(report.findings);
  const total = broken.length + findings.length;
  const lines = [
    ...broken.slice(0, ANNOTATIONS_MAX).map(diagnosticCommand),
    ...worstFirst(findings)
      .slice(0, Math.max(ANNOTATIONS_MAX - broken.length, 0))
      .map(findingCommand),
  ];
  const rest =
    total > lines.length
      ? [
          `${count(total, 'problem')}, ${lines.length} of them annotated; the step summary lists more`,
        ]
      : [];
  return [...lines, ...rest].map((line) => `${line}\n`).join('');
}

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
