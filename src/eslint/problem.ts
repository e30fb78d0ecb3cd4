import type { Finding } from '../lint/index.js';
import { showText, type Diagnostic, type Severity, type Span } from '../source/index.js';

/** What ESLint is to report. */
export interface Problem {
  readonly severity: Severity;
  readonly text: string;
  readonly span: Span;
}

export function problemOfFinding({ severity, message, why, fix, span }: Finding): Problem {
  const text = `${showText(message)}. Why: ${showText(why)}. Fix: ${showText(fix)}`;
  return { severity, text, span };
}

export function problemOfDiagnostic({ severity, message, hint, span }: Diagnostic): Problem {
  const text = hint === undefined ? message : `${message}. Fix: ${hint}`;
  return { severity, text: showText(text), span };
}
