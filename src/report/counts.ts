import type { Finding, Suppressed } from '../lint/index.js';
import type { Severity } from '../source/index.js';
import { countedOf } from './ranking.js';

export interface FindingCounts {
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly confirmed: number;
  /** Of those that are confirmed. */
  readonly proved: number;
  readonly unconfirmed: number;
  readonly unsimulated: number;
  /** What is suppressed counts here, and nowhere else. */
  readonly suppressed: Readonly<Record<Suppressed['by'], number>>;
}

export function countFindings(all: readonly Finding[]): FindingCounts {
  const findings = countedOf(all);
  const suppressions = (by: Suppressed['by']): number =>
    all.filter(({ suppressed }) => suppressed?.by === by).length;
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
    proved: findings.filter(
      ({ confirmation }) => confirmation.kind === 'confirmed' && confirmation.proved,
    ).length,
    unconfirmed: confirmations('unconfirmed'),
    unsimulated: confirmations('unsimulated'),
    suppressed: {
      directive: suppressions('directive'),
      config: suppressions('config'),
      baseline: suppressions('baseline'),
    },
  };
}
