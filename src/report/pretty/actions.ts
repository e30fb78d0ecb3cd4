import { distinctMissing } from '../../inventory/index.js';
import type { ActionAccess, ActionsOnKey } from '../../graph/index.js';
import { escapeText } from '../escape.js';
import type { ActionsReport } from '../graph-reports.js';
import { callerText, count, viaText } from '../names.js';
import { conditionLines } from './conditions.js';
import { renderMissing } from './decision.js';
import { renderDiagnostics } from './diagnostics.js';
import { wrap } from './layout.js';
import type { Paint } from './paint.js';

/** Actions with one answer together, and keys on which all answers are the same. */
export function renderActions(report: ActionsReport, paint: Paint): string {
  const { caller, keys, diagnostics } = report;
  const groups = new Map<string, ActionsOnKey[]>();
  for (const one of keys) {
    const body = renderKey(one, paint).join('\n');
    const group = groups.get(body);
    if (group === undefined) groups.set(body, [one]);
    else group.push(one);
  }
  const lines = [...groups].flatMap(([body, members]) => [
    ...members.map(({ key }) => paint.strong(escapeText(keyTitle(key)))),
    body,
    '',
  ]);
  return `${[
    `what ${escapeText(callerText(caller))} may do`,
    '',
    ...lines,
    ...renderMissing('missing: with these more could be said', all(keys, 'missing')),
    ...renderMissing('assumed: not supplied, and taken as absent', all(keys, 'assumed')),
    '',
    ...renderDiagnostics(diagnostics, paint),
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

function keyTitle(key: string): string {
  return key === '*' ? 'without a key' : key;
}

function all(keys: readonly ActionsOnKey[], kind: 'missing' | 'assumed'): ActionsOnKey['missing'] {
  return distinctMissing(keys.flatMap((one) => one[kind]));
}

const order = ['always', 'when', 'unknown'] as const;

function renderKey({ actions }: ActionsOnKey, paint: Paint): readonly string[] {
  if (actions.length === 0) return ['  nothing'];
  return order.flatMap((kind) => {
    const groups = new Map<string, ActionAccess[]>();
    for (const one of actions.filter(({ answer }) => answer.kind === kind)) {
      const mark = [viaText(one.via), ...conditionLines(one.answer, '')].join('\n');
      const group = groups.get(mark);
      if (group === undefined) groups.set(mark, [one]);
      else group.push(one);
    }
    return [...groups.values()].flatMap((group) => renderGroup(kind, group, paint));
  });
}

function renderGroup(
  kind: (typeof order)[number],
  group: readonly ActionAccess[],
  paint: Paint,
): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const names = group.map(({ action }) => action.replace(/^kms:/, '')).join(', ');
  const way = viaText(first.via);
  const indent = ' '.repeat(11);
  const line = wrap(names, paint.width, `  ${kind.padEnd(7)}  `);
  return [
    kind === 'unknown' ? paint.doubtful(line) : line,
    ...conditionLines(first.answer, indent),
    paint.faint(
      `${indent}${count(group.length, 'action')}${way === '' ? '' : `, by ${escapeText(way)}`}`,
    ),
  ];
}
