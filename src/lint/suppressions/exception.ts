import type { Directive } from '../../inventory/index.js';
import { startOf, type Span } from '../../source/index.js';
import type { Finding, Suppressed } from '../finding.js';

/** A suppression as the configuration writes it down. */
export interface ConfiguredSuppression {
  readonly rules: readonly string[];
  readonly reason?: string;
  /** `YYYY-MM-DD` as written. */
  readonly until?: string;
  readonly span: Span;
  /** Whether it is about a file. */
  concerns(path: string): boolean;
}

/** What somebody excepts from rules, wherever it is written. */
export interface Exception {
  readonly by: Exclude<Suppressed['by'], 'baseline'>;
  readonly rules: readonly string[];
  readonly reason?: string | undefined;
  readonly until?: string | undefined;
  readonly span: Span;
  /** Why it cannot be meant as it is written. */
  readonly malformed?: string | undefined;
  /** Whether a finding stands where it applies. */
  covers(finding: Finding): boolean;
  /** Whether it is about anything in a file. */
  concerns(path: string): boolean;
}

/** A directive that stands in a file of the run. */
export function exceptionOfDirective(directive: Directive): Exception {
  const { rules, reason, until, span, malformed } = directive;
  const { path } = span.source;
  const { line } = startOf(span);
  const concerns = (other: string): boolean => other === path;
  return {
    by: 'directive',
    rules,
    reason,
    until,
    span,
    malformed,
    concerns,
    covers: (finding) => {
      if (!concerns(finding.span.source.path)) return false;
      switch (directive.scope) {
        case 'file':
          return true;
        case 'line':
          return isWithin(finding.span, directive.covers) || startOf(finding.span).line === line;
        case 'next-line':
        case 'resource':
          return isWithin(finding.span, directive.covers);
      }
    },
  };
}

function isWithin({ start }: Span, covers: Span | undefined): boolean {
  return covers !== undefined && start >= covers.start && start < covers.end;
}

/** A suppression of the configuration, which is about whole files. */
export function exceptionOfConfig(suppression: ConfiguredSuppression): Exception {
  const { rules, reason, until, span } = suppression;
  const concerns = (path: string): boolean => suppression.concerns(path);
  return {
    by: 'config',
    rules,
    reason,
    until,
    span,
    concerns,
    covers: (finding) => concerns(finding.span.source.path),
  };
}
