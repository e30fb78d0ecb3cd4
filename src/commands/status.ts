import type { AnswerReport, Report } from '../report/index.js';
import type { Diagnostic, Severity } from '../source/index.js';

/**
 * The exit status: 0 clean or as expected, 1 not, 2 the job could not be done, 3 unknown; 130, as shells
 * count it, where it was interrupted.
 */
export type Status = 0 | 1 | 2 | 3 | 130;

const severities: readonly string[] = ['error', 'warning', 'info'] satisfies readonly Severity[];

export function statusOf(report: Report): Status {
  if (isInterrupted(report)) return 130;
  switch (report.kind) {
    case 'lint': {
      if (hasErrors(report.diagnostics)) return 2;
      const failing = severities.slice(0, severities.indexOf(report.failOn ?? 'error') + 1);
      const counted = report.findings.filter(({ suppressed }) => suppressed === undefined);
      return counted.some(({ severity }) => failing.includes(severity)) ? 1 : 0;
    }
    case 'decision':
      return hasErrors(report.diagnostics) ? 2 : decisionStatus[report.authorization.decision];
    case 'answer':
      return hasErrors(report.diagnostics) ? 2 : answerStatus(report);
    case 'gate':
      if (hasErrors(report.diagnostics)) return 2;
      return report.verdict === 'pass' ? 0 : 1;
    case 'needs':
      if (hasErrors(report.diagnostics)) return 2;
      return report.problems.some(({ severity }) => severity === 'error') ? 1 : 0;
    case 'diff':
    case 'access':
    case 'actions':
    case 'graph':
    case 'denial':
    case 'finding':
    case 'statement':
      return hasErrors(report.diagnostics) ? 2 : 0;
    case 'test':
      if (hasErrors(report.diagnostics)) return 2;
      return report.tests.every(({ passed }) => passed) ? 0 : 1;
    case 'inventory':
    case 'problems':
      return hasErrors(report.diagnostics) ? 2 : 0;
    case 'init':
      return report.files.some(({ outcome }) => outcome === 'failed') ? 2 : 0;
    case 'rules':
    case 'statistics':
    case 'page':
    case 'config':
      return 0;
  }
}

function isInterrupted(report: Report): boolean {
  return 'diagnostics' in report && report.diagnostics.some(({ code }) => code === 'interrupted');
}

function answerStatus({ answer, expect }: AnswerReport): Status {
  const { kind } = answer;
  if (kind === 'unknown') return 3;
  if (expect === undefined) return kind === 'never' ? 1 : 0;
  const isMet = expect === 'allowed' ? kind !== 'never' : kind === expect;
  return isMet ? 0 : 1;
}

const decisionStatus = { Allow: 0, ImplicitDeny: 1, ExplicitDeny: 1, Unknown: 3 } as const;

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
