import type { KeyAccess, PrincipalAccess } from '../../graph/index.js';
import { escapeText } from '../escape.js';
import { viaText } from '../names.js';
import type { AccessReport } from '../report.js';
import { conditionLines } from './conditions.js';
import { renderMissing } from './decision.js';
import { renderDiagnostics } from './diagnostics.js';
import { renderEscalations } from './escalations.js';
import { columns } from './layout.js';
import type { Paint } from './paint.js';

export function renderAccess(report: AccessReport, paint: Paint): string {
  const { question, keys, escalations, diagnostics } = report;
  const lines = keys.flatMap((access) => [
    paint.strong(escapeText(`${question.action} on ${access.key}`)),
    ...renderPrincipals(access, paint),
    ...renderEscalations(escalations?.get(access.key), paint),
    ...renderMissing('missing: with these more could be said', [
      ...access.missing,
      ...(escalations?.get(access.key)?.missing ?? []),
    ]),
    ...renderMissing('assumed: not supplied, and taken as absent', access.assumed),
    '',
  ]);
  return `${[...lines, ...renderDiagnostics(diagnostics, paint)].join('\n').trimEnd()}\n`;
}

function renderPrincipals({ principals }: KeyAccess, paint: Paint): readonly string[] {
  if (principals.length === 0) return ['  nobody'];
  const rows = principals.map(({ principal, answer, via }) => [
    answer.kind,
    escapeText(principal),
    escapeText(viaText(via)),
  ]);
  return columns(rows).flatMap((row, index) => {
    const access = principals[index];
    if (access === undefined) return [];
    return [`  ${paintRow(row, access, paint)}`, ...conditionLines(access.answer, '           ')];
  });
}

function paintRow(row: string, { answer }: PrincipalAccess, paint: Paint): string {
  switch (answer.kind) {
    case 'always':
      return row;
    case 'when':
      return row;
    case 'unknown':
      return paint.doubtful(row);
  }
}
