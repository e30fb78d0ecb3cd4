import type { Answer } from '../../authorization/answers/index.js';
import { showText } from '../../source/index.js';
import { escapeText } from '../escape.js';
import { callerText } from '../names.js';
import type { AnswerReport, LegReport } from '../report.js';
import {
  contextLines,
  explainAnswer,
  paintAnswer,
  renderConditions,
  renderNearest,
} from './answer.js';
import { renderLayers, renderMissing } from './decision.js';
import { renderDiagnostics } from './diagnostics.js';
import { wrap } from './layout.js';
import type { Paint } from './paint.js';

/** The answer for a call of a service that uses a KMS key: together, then each permission that it needs. */
export function renderCall(report: AnswerReport, legs: readonly LegReport[], paint: Paint): string {
  const { request, answer } = report;
  const indent = ' '.repeat(answer.kind.length + 2);
  const lines = [
    `${paintAnswer(answer.kind, paint)}  ${escapeText(callerText(request.caller))}`,
    wrap(escapeText(`${request.action} on ${showText(request.resource)}`), paint.width, indent),
    wrap(escapeText(explainCall(answer, legs)), paint.width, indent),
    ...renderConditions(answer),
    ...legs.flatMap((leg, index) => renderLeg(leg, index, answer, paint)),
    ...(answer.kind === 'when'
      ? ['', `  refused, for example, with`, ...contextLines(answer.counterexample)]
      : []),
    ...renderMissing('assumed: not supplied, and taken as absent', answer.assumed),
    '',
    ...renderDiagnostics(report.diagnostics, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function explainCall(answer: Answer, legs: readonly LegReport[]): string {
  const needed = legs.filter(({ only }) => only === undefined);
  if (needed.length === 1 && answer.kind !== 'unknown')
    return `${explainAnswer(answer)}; no KMS key is used`.replace('exactly when; no', 'and no');
  switch (answer.kind) {
    case 'always':
      return 'proved: every such call is allowed, and so is all that the service asks of KMS for it';
    case 'never': {
      const blocking = needed.filter((leg) => leg.answer.kind === 'never');
      const names = blocking.map(({ request }) => `\`${request.action}\``).join(' and ');
      return blocking.length === 0
        ? 'proved: no such call succeeds: each permission can be had, and never all of them in one context'
        : `proved: no such call succeeds: ${names} is refused whatever the context`;
    }
    case 'when':
    case 'unknown':
      return explainAnswer(answer);
  }
}

function renderLeg(
  { request, answer, example, only, refused, nearest }: LegReport,
  index: number,
  whole: Answer,
  paint: Paint,
): readonly string[] {
  const number = `${String(index + 1)}  `;
  const title = escapeText(`${request.action} on ${showText(request.resource)}`);
  const extent = only === undefined ? '' : `, for ${only} only`;
  const why = refused === undefined ? '' : `: ${refused}`;
  const shown = whole.kind === 'always' || whole.kind === 'when' ? example : undefined;
  const indent = ' '.repeat(number.length + answer.kind.length + 2);
  return [
    '',
    `${number}${paintAnswer(answer.kind, paint)}  ${wrap(`${title}${extent}${why}`, paint.width, indent).slice(indent.length)}`,
    ...renderConditions(answer),
    ...renderLayers(answer.layers, paint),
    ...renderNearest(nearest, paint),
    ...(shown === undefined ? [] : ['  allowed, for example, with', ...contextLines(shown)]),
    ...renderMissing(
      'missing: with these the answer could be given',
      answer.kind === 'unknown' ? answer.missing : [],
    ),
  ];
}
