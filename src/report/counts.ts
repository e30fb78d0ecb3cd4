import type { Finding } from '../lint/index.js';
import type { Severity } from '../source/index.js';

export interface FindingCounts {
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly confirmed: number;
  readonly unconfirmed: number;
  readonly unsimulated: number;
}

export function countFindings(findings: readonly Finding[]): FindingCounts {
  const severities = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const confirmations = (kind: Finding['confirmation']['kind']): number =>
    findings.filter(({ confirmation }) => confirmation.kind === kind).length;
  return {
    bySeverity: {
      error: severities('error'),
      warning: severities('warning'),
      info: severities('info'),
    },
    confirmed: confirmations('confirmed'),
    unconfirmed: confirmations('unconfirmed'),
    unsimulated: confirmations('unsimulated'),
  };
}
