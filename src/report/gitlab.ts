import type { Finding } from '../lint/index.js';
import { startOf, type Diagnostic, type Severity, type Span } from '../source/index.js';
import type { GateReport } from './change.js';
import { escapeJson, escapeText } from './escape.js';
import { countedOf } from './ranking.js';
import type { LintReport } from './report.js';

/**
 * GitLab's code quality report.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlab(report: LintReport | GateReport): string {
  const issues = [
    ...diagnosticIssues(report.diagnostics),
    ...countedOf(report.findings).map(findingIssue),
  ];
  return `${escapeJson(JSON.stringify(issues, undefined, 2))}\n`;
}

interface Issue {
  readonly description: string;
  readonly check_name: string;
  /** Issues of one fingerprint are one to GitLab. */
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const severities = { error: 'major', warning: 'minor', info: 'info' } as const satisfies Readonly<
  Record<Severity, Issue['severity']>
>;

function findingIssue({ message, ruleId, fingerprint, severity, span }: Finding): Issue {
  return {
    description: escapeText(message),
    check_name: ruleId,
    fingerprint,
    severity: severities[severity],
    location: locationOf(span),
  };
}

/** Problems with the input have no fingerprint of their own: what, where, and which of several. */
function diagnosticIssues(diagnostics: readonly Diagnostic[]): readonly Issue[] {
  const seen = new Map<string, number>();
  return diagnostics.map(({ code, message, severity, span }) => {
    const place = `${code}:${escapeText(span.source.path)}`;
    const ordinal = (seen.get(place) ?? 0) + 1;
    seen.set(place, ordinal);
    return {
      description: escapeText(message),
      check_name: code,
      fingerprint: `${place}:${ordinal}`,
      // What could not be read is worse than any finding: nobody knows what it holds.
      severity: severity === 'error' ? 'critical' : severities[severity],
      location: locationOf(span),
    };
  });
}

function locationOf(span: Span): Issue['location'] {
  return {
    path: escapeText(span.source.path.replace(/^(?:\.\/)+/, '')),
    lines: { begin: startOf(span).line },
  };
}
