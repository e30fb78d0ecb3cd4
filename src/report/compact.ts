import type { GateReport } from './change.js';
import type { Finding } from '../lint/index.js';
import type { Diagnostic } from '../source/index.js';
import { accessText } from './change-text.js';
import { escapeText } from './escape.js';
import { groupAccess } from './group-access.js';
import { placeText } from './names.js';
import { countedOf } from './ranking.js';
import type { LintReport } from './report.js';

/**
 * One line a problem, for editors and for `grep`: place, severity, rule, message. Nothing where nothing is
 * wrong. Of `gate`, then one line for each thing that changed, and the verdict.
 */
export function compact(report: LintReport | GateReport): string {
  const lines = [
    ...report.diagnostics.map(diagnosticLine),
    ...countedOf(report.findings).map(findingLine),
    ...(report.kind === 'gate' ? gateLines(report) : []),
  ];
  return lines.map((line) => `${escapeText(line)}\n`).join('');
}

function gateLines({ tests, access, reasons, verdict }: GateReport): readonly string[] {
  return [
    ...tests
      .filter(({ passed }) => !passed)
      .map(
        ({ file, name, expected, actual }) =>
          `${file} failed ${name}: expected ${expected}, got ${actual}`,
      ),
    ...groupAccess(access.gained).map((group) => `gained ${accessText(group)}`),
    ...groupAccess(access.lost).map((group) => `lost ${accessText(group)}`),
    ...groupAccess(access.unknown).map(
      (group) => `unknown ${group.sample.direction} perhaps: ${accessText(group)}`,
    ),
    ...(access.equivalent ? ['no access change'] : []),
    ...reasons.map(({ text, fails }) => `${fails ? 'fails' : 'note'} ${text}`),
    verdict,
  ];
}

function findingLine({ span, severity, ruleId, message }: Finding): string {
  return `${placeText(span)} ${severity} ${ruleId} ${message}`;
}

function diagnosticLine({ span, severity, code, message }: Diagnostic): string {
  return `${placeText(span)} ${severity} ${code} ${message}`;
}
