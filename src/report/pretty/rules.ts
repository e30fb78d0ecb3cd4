import { count } from '../names.js';
import type { RulesReport } from '../report.js';
import { columns } from './layout.js';
import type { Paint } from './paint.js';

export function renderRules(report: RulesReport, paint: Paint): string {
  const rows = report.rules.map(({ severity, id, title }) => [severity, id, title]);
  const lines = columns(rows).map((row, index) => {
    const severity = report.rules[index]?.severity ?? 'info';
    return row.replace(severity, paint.severity(severity, severity));
  });
  const end = `${count(report.rules.length, 'rule')}; \`keyproof explain <rule>\` prints a rule's page`;
  return `${[...lines, '', paint.faint(end)].join('\n')}\n`;
}
