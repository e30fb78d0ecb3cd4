import type { Finding } from '../lint/index.js';
import type { Diagnostic, Severity } from '../source/index.js';

/** The findings that count: those that nothing suppresses. */
export function countedOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ suppressed }) => suppressed === undefined);
}

/** The worst first; of equal severity, what was confirmed; then as they came. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => weightOf(a) - weightOf(b));
}

const severityWeights: Readonly<Record<Severity, number>> = { error: 0, warning: 2, info: 4 };

function weightOf({ severity, confirmation }: Finding): number {
  return severityWeights[severity] + (confirmation.kind === 'confirmed' ? 0 : 1);
}

/** What could not be read, apart from what is merely worth saying. */
export function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}
