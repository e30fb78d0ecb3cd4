import type { KeyAccess, PrincipalAccess } from '../../graph/index.js';
import { escapeText } from '../escape.js';
import { describeCondition } from '../names.js';
import type { AccessReport } from '../report.js';
import { renderMissing } from './decision.js';
import { renderDiagnostics } from './diagnostics.js';
import { columns } from './layout.js';
import type { Paint } from './paint.js';

export function renderAccess({ question, keys, diagnostics }: AccessReport, paint: Paint): string {
  const lines = keys.flatMap((access) => [
    paint.strong(escapeText(`${question.action} on ${access.key}`)),
    ...renderPrincipals(access, paint),
    ...renderMissing('missing: with these more could be said', access.missing),
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
    via
      .map(({ kind, ref }) => (kind === 'grant' ? `grant ${escapeText(ref)}` : wayNames[kind]))
      .join(', '),
  ]);
  return columns(rows).flatMap((row, index) => {
    const access = principals[index];
    if (access === undefined) return [];
    return [`  ${paintRow(row, access, paint)}`, ...conditionLines(access)];
  });
}

const wayNames = {
  'key-policy': 'key policy',
  delegation: 'IAM policy',
  step: 'escalation',
} as const;

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

function conditionLines({ answer }: PrincipalAccess): readonly string[] {
  if (answer.kind !== 'when') return [];
  return answer.conditions.map(
    (term, index) =>
      `           ${index === 0 ? 'if' : 'or'} ${term.map((each) => escapeText(describeCondition(each))).join(' and ')}`,
  );
}
