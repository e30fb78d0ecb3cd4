import type { Confirmation, Finding } from '../../lint/index.js';
import { startOf, type Severity, type Text } from '../../source/index.js';
import { escapeText } from '../escape.js';
import { count, describeConfirmation, placeText } from '../names.js';
import { countedOf } from '../ranking.js';
import type { LintReport } from '../report.js';
import { countFindings, type FindingCounts } from '../counts.js';
import { renderDiagnostics } from './diagnostics.js';
import { renderFrame } from './frame.js';
import { wrap } from './layout.js';
import type { Paint } from './paint.js';
import { renderWitness } from './witness.js';

export function renderLint(report: LintReport, paint: Paint): string {
  const files = new Set(report.loaded);
  const lines = [
    ...groupByFile(countedOf(report.findings)).flatMap((findings) =>
      renderFile(findings, files, paint),
    ),
    ...renderDiagnostics(report.diagnostics, paint),
    ...renderSummary(report, paint),
  ];
  return `${lines.join('\n')}\n`;
}

export function groupByFile(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { path } = finding.span.source;
    const group = files.get(path);
    if (group === undefined) files.set(path, [finding]);
    else group.push(finding);
  }
  return [...files.values()];
}

export function renderFile(
  findings: readonly Finding[],
  files: ReadonlySet<string>,
  paint: Paint,
): readonly string[] {
  const path = findings[0]?.span.source.path ?? '';
  return [
    paint.heading(escapeText(path)),
    '',
    ...findings.flatMap((finding) => renderFinding(finding, files, paint)),
  ];
}

/** A finding, with the code that it is about, why, what to do, and its proof. */
export function renderFinding(
  finding: Finding,
  files: ReadonlySet<string>,
  paint: Paint,
): readonly string[] {
  const { severity, span, ruleId } = finding;
  const { line, column } = startOf(span);
  const head = `${line}:${column}  ${severity}  `;
  const message = wrap(escapeText(finding.message), paint.width, head)
    .replace(severity, paint.severity(severity, severity))
    .replace(`${line}:${column}`, paint.faint(`${line}:${column}`));
  const frame = renderFrame(span, paint);
  return [
    message,
    ...(frame === '' ? [] : ['', frame]),
    '',
    labelled('why', finding.why, paint),
    labelled('fix', finding.fix, paint),
    ...renderConfirmation(finding.confirmation, files, paint),
    ...finding.related.map((related) =>
      labelled('see', `${placeText(related.span)}: ${related.message}`, paint),
    ),
    paint.faint(labelled('more', `keyproof explain ${ruleId}`, paint)),
    '',
  ];
}

const LABEL_WIDTH = 7;
const INDENT = '    ';

function labelled(label: string, text: Text, paint: Paint): string {
  return wrap(escapeText(text), paint.width, `${INDENT}${label.padEnd(LABEL_WIDTH)}`);
}

function renderConfirmation(
  confirmation: Confirmation,
  files: ReadonlySet<string>,
  paint: Paint,
): readonly string[] {
  const text = labelled('proof', describeConfirmation(confirmation), paint);
  if (confirmation.kind !== 'confirmed') return [paint.doubtful(text)];
  const indent = INDENT + ' '.repeat(LABEL_WIDTH);
  return [paint.good(text), ...renderWitness(confirmation.witness, files, indent, paint)];
}

function renderSummary(report: LintReport, paint: Paint): readonly string[] {
  const { summary } = report;
  const counts = countFindings(report.findings);
  const read = [
    `${count(summary.files, 'file')} read`,
    ...(summary.skipped > 0 ? [`${summary.skipped} skipped`] : []),
    count(summary.keys, 'key'),
    count(summary.principals, 'principal'),
    describeDuration(summary.durationMs),
  ];
  return [
    verdict(report, counts, paint),
    ...[confirmationLine(report, counts), suppressionLine(counts)]
      .filter((line) => line !== '')
      .map((line) => wrap(line, paint.width, '')),
    paint.faint(wrap(read.join(' · '), paint.width, '')),
  ];
}

function verdict(report: LintReport, counts: FindingCounts, paint: Paint): string {
  const isInterrupted = report.diagnostics.some(({ code }) => code === 'interrupted');
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error').length;
  const broken = isInterrupted ? errors - 1 : errors;
  const parts = (['error', 'warning', 'info'] as const)
    .filter((severity) => counts.bySeverity[severity] > 0)
    .map((severity) => paint.severity(severity, severityCount(severity, counts)));
  const problems = broken > 0 ? [paint.bad(`${count(broken, 'problem')} with the input`)] : [];
  if (parts.length > 0) return [...parts, ...problems].join(', ');
  return problems.length > 0
    ? `nothing found in what could be read, ${problems.join('')}`
    : isInterrupted
      ? paint.doubtful('nothing found so far')
      : paint.good('nothing found');
}

function severityCount(severity: Severity, { bySeverity }: FindingCounts): string {
  const number = bySeverity[severity];
  return severity === 'info' ? `${number} info` : count(number, severity);
}

function confirmedOf({ confirmed, proved }: FindingCounts): string {
  if (proved === 0) return 'confirmed by execution';
  const some = confirmed === 1 ? 'and proved' : `(${proved} proved)`;
  return `confirmed by execution ${some}`;
}

function confirmationLine({ summary }: LintReport, counts: FindingCounts): string {
  const parts = [
    [counts.confirmed, confirmedOf(counts)],
    [counts.unconfirmed, 'not confirmed'],
    [counts.unsimulated, 'not simulated'],
    [summary.refuted, 'refuted by execution and dropped'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(', ');
}

function suppressionLine({ suppressed }: FindingCounts): string {
  const parts = [
    [suppressed.directive, 'suppressed by directives'],
    [suppressed.config, 'suppressed by the configuration'],
    [suppressed.baseline, 'in the baseline'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(', ');
}

function describeDuration(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}
