import type { Severity } from '../source/index.js';
import type { Confirmation } from './finding.js';
import type { Suspicion } from './rule.js';

/**
 * How severe a finding is: the least of what is set for the rule and what the suspicion says, and at most a warning
 * where trying it left it open, or where it hangs on a value known only at deployment. What cannot be
 * tried, or was not to be, keeps its severity.
 */
export function severityOf(
  level: Severity,
  { severity = level, hangsOn }: Suspicion<unknown>,
  confirmation: Confirmation,
): Severity {
  const isOpen = hangsOn !== undefined || confirmation.kind === 'unconfirmed';
  return least([level, severity, isOpen ? 'warning' : 'error']);
}

const order: readonly Severity[] = ['info', 'warning', 'error'];

function least(severities: readonly Severity[]): Severity {
  return order.find((severity) => severities.includes(severity)) ?? 'info';
}
