import { stepText } from '../../graph/index.js';
import type { Escalation, Escalations } from '../../graph/index.js';
import { showText } from '../../source/index.js';
import { escapeText } from '../escape.js';
import { callerText, viaText } from '../names.js';
import { conditionLines } from './conditions.js';
import type { Paint } from './paint.js';

/** The ways by which principals could make themselves able, call by call; nothing where nobody asked. */
export function renderEscalations(
  escalations: Escalations | undefined,
  paint: Paint,
): readonly string[] {
  if (escalations === undefined) return [];
  const { paths, limits } = escalations;
  return [
    '',
    ...(paths.length === 0
      ? ['  nobody else could come to be allowed by the steps that are looked for']
      : ['  could make themselves able to']),
    ...paths.flatMap((path) => renderPath(path, paint)),
    ...limits.map(({ principal, limit }) =>
      paint.doubtful(`  not all was seen: for ${escapeText(principal)}, ${limit}`),
    ),
  ];
}

function renderPath(path: Escalation, paint: Paint): readonly string[] {
  const { principal, kind, steps, answer, caller, via } = path;
  const head = `  ${kind.padEnd(7)}  ${escapeText(principal)}`;
  return [
    kind === 'unknown' ? paint.doubtful(head) : head,
    ...steps.flatMap((step, index) => {
      const actor = showText(callerText(step.caller));
      const by = actor === showText(principal) ? '' : `as ${escapeText(actor)}: `;
      return [
        `           ${index + 1}. ${by}${escapeText(stepText(step))}${doubt(step.answer.kind)}`,
        ...conditionLines(step.answer, '              '),
        ...(step.assumes === undefined ? [] : [`              assuming that ${step.assumes}`]),
      ];
    }),
    `           then ${escapeText(callerText(caller))}, by ${escapeText(viaText(via))}${doubt(answer.kind)}`,
    ...conditionLines(answer, '              '),
  ];
}

function doubt(kind: Escalation['kind']): string {
  return kind === 'unknown' ? ' (unknown whether it is allowed)' : '';
}
