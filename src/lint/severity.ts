import type { Severity } from '../source/index.js';
import type { Confirmation } from './finding.js';
import type { RuleMeta, Suspicion } from './rule.js';

/**
 * How severe a finding is: the least of what the rule and the suspicion say, and at most a warning
 * where trying it left it open, or where it hangs on a value known only at deployment. What cannot be
 * tried, or was not to be, keeps its severity.
 */
export function severityOf(
  meta: RuleMeta,
  { severity = meta.severity, hangsOn }: Suspicion<unknown>,
  confirmation: Confirmation,
): Severity {
  const isOpen = hangsOn !== undefined || confirmation.kind === 'unconfirmed';
  return least([meta.severity, severity, isOpen ? 'warning' : 'error']);
}

const order: readonly Severity[] = ['info', 'warning', 'error'];

function least(severities: readonly Severity[]): Severity {
  return order.find((severity) => severities.includes(severity)) ?? 'info';
}
