import type { Finding } from '../lint/index.js';
import type { Diagnostic } from '../source/index.js';
import { escapeText } from './escape.js';
import { placeText } from './names.js';
import { countedOf } from './ranking.js';
import type { LintReport } from './report.js';

/** One line a problem, for editors and for `grep`: place, severity, rule, message. Nothing where nothing is wrong. */
export function compact(report: LintReport): string {
  const lines = [
    ...report.diagnostics.map(diagnosticLine),
    ...countedOf(report.findings).map(findingLine),
  ];
  return lines.map((line) => `${escapeText(line)}\n`).join('');
}

function findingLine({ span, severity, ruleId, message }: Finding): string {
  return `${placeText(span)} ${severity} ${ruleId} ${message}`;
}

function diagnosticLine({ span, severity, code, message }: Diagnostic): string {
  return `${placeText(span)} ${severity} ${code} ${message}`;
}
