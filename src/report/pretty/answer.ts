import type { Answer } from '../../authorization/answers/index.js';
import type { Request } from '../../inventory/index.js';
import { escapeText } from '../escape.js';
import { callerText, describeCondition, layerNames, placeText, spellKey } from '../names.js';
import type { AnswerReport } from '../report.js';
import { renderLayers, renderMissing } from './decision.js';
import { renderDiagnostics } from './diagnostics.js';
import { wrap } from './layout.js';
import type { Paint } from './paint.js';

export function renderAnswer(report: AnswerReport, paint: Paint): string {
  const { request, answer, nearest } = report;
  const indent = ' '.repeat(answer.kind.length + 2);
  const lines = [
    `${paintAnswer(answer.kind, paint)}  ${escapeText(callerText(request.caller))}`,
    wrap(escapeText(`${request.action} on ${request.resource}`), paint.width, indent),
    wrap(explainAnswer(answer), paint.width, indent),
    ...renderConditions(answer),
    '',
    ...renderLayers(answer.layers, paint),
    ...renderNearest(nearest, paint),
    ...renderRequests(answer),
    ...renderMissing(
      'missing: with these the answer could be given',
      answer.kind === 'unknown' ? answer.missing : [],
    ),
    ...renderMissing('assumed: not supplied, and taken as absent', answer.assumed),
    '',
    ...renderDiagnostics(report.diagnostics, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The kind of an answer, in the colour of what it means. */
export function paintAnswer(kind: Answer['kind'], paint: Paint): string {
  switch (kind) {
    case 'always':
      return paint.strong(paint.good(kind));
    case 'never':
      return paint.strong(paint.bad(kind));
    case 'when':
    case 'unknown':
      return paint.strong(paint.doubtful(kind));
  }
}

/** An answer in one clause. */
export function explainAnswer(answer: Answer): string {
  switch (answer.kind) {
    case 'always':
      return 'proved: every such request is allowed';
    case 'never':
      return 'proved: no such request is allowed, whatever its context';
    case 'when':
      return answer.conditions.length === 0
        ? 'proved: some such requests are allowed and some are not; the condition is too long to show'
        : 'proved: allowed exactly when';
    case 'unknown':
      return answer.limit === undefined
        ? 'the answer hangs on facts that are missing'
        : `a limit of the search was reached: ${answer.limit}`;
  }
}

/** Its conditions, one a line: an OR of ANDs. */
export function renderConditions(answer: Answer): readonly string[] {
  if (answer.kind !== 'when') return [];
  return answer.conditions.flatMap((term, index) => [
    ...(index === 0 ? [] : ['    or']),
    ...term.map(
      (condition, place) =>
        `    ${place === 0 ? '   ' : 'and'} ${escapeText(describeCondition(condition))}`,
    ),
  ]);
}

/** The smallest changes that would let a request through; nothing where there are none. */
export function renderNearest(nearest: AnswerReport['nearest'], paint: Paint): readonly string[] {
  if (nearest.length === 0) return [];
  const rows = nearest.map(({ layer, change, span }) =>
    wrap(
      escapeText(
        `${change}${span === undefined ? '' : `, ${placeText(span)}`} (${layerNames[layer]})`,
      ),
      paint.width,
      '    ',
    ),
  );
  return ['', '  nearest changes that would allow it', ...rows];
}

function renderRequests(answer: Answer): readonly string[] {
  switch (answer.kind) {
    case 'always':
    case 'never':
    case 'unknown':
      return [];
    case 'when':
      return [
        '',
        '  allowed, for example, with',
        ...contextLines(answer.example),
        '  refused, for example, with',
        ...contextLines(answer.counterexample),
      ];
  }
}

/** The context of a request, one condition key a line. */
export function contextLines({ context, caller }: Request): readonly string[] {
  const rows = [...context].flatMap(([key, value]) => {
    if (typeof value === 'string') return [`    ${escapeText(`${spellKey(key)}: ${value}`)}`];
    return 'unknown' in value ? [] : [`    ${escapeText(`${spellKey(key)}: ${value.join(', ')}`)}`];
  });
  if (caller.kind === 'role-session' && caller.session !== undefined)
    rows.unshift(`    ${escapeText(`session name: ${caller.session}`)}`);
  return rows.length === 0 ? ['    no condition key that the caller chooses'] : rows;
}
