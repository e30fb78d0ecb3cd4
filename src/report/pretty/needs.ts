import { distinctMissing } from '../../inventory/index.js';
import { startOf } from '../../source/index.js';
import { escapeText } from '../escape.js';
import { callerText, count, spellKey } from '../names.js';
import type { AnsweredNeed, NeedGroup, NeedProblem, NeedsReport } from '../needs.js';
import { conditionLines } from './conditions.js';
import { renderMissing } from './decision.js';
import { renderDiagnostics } from './diagnostics.js';
import { renderFrame } from './frame.js';
import { wrap } from './layout.js';
import type { Paint } from './paint.js';

/** Permissions by the resource that they are required on, then what is wrong. */
export function renderNeeds(report: NeedsReport, paint: Paint): string {
  const { groups, problems, diagnostics } = report;
  const lines = [
    ...groups.flatMap((group) => renderGroup(group, paint)),
    ...problems.flatMap((problem) => renderProblem(problem, paint)),
    ...renderDiagnostics(diagnostics, paint),
    summaryOf(report),
  ];
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function summaryOf({ groups, problems }: NeedsReport): string {
  const needs = groups.flatMap((group) => group.needs);
  const sites = new Set(needs.flatMap(({ need }) => need.sites));
  const lacking = problems.filter(({ ruleId }) => ruleId === 'code-lacks-permission').length;
  const spare = problems.length - lacking;
  const counts = [
    count(sites.size, 'call'),
    count(needs.length, 'permission'),
    ...(lacking > 0 ? [`${String(lacking)} missing`] : []),
    ...(spare > 0 ? [`${String(spare)} unused`] : []),
  ];
  return counts.join(', ');
}

function renderGroup({ caller, needs }: NeedGroup, paint: Paint): readonly string[] {
  const head =
    caller === undefined
      ? 'the code needs'
      : `the code that runs as ${escapeText(callerText(caller))} needs`;
  const byResource = new Map<string, AnsweredNeed[]>();
  for (const one of needs) {
    const title = one.need.resource ?? '';
    byResource.set(title, [...(byResource.get(title) ?? []), one]);
  }
  const missing = needs.flatMap(({ answer }) => (answer?.kind === 'unknown' ? answer.missing : []));
  return [
    paint.heading(head),
    '',
    ...(needs.length === 0 ? ['  nothing', ''] : []),
    ...[...byResource].flatMap(([resource, own]) => [
      `  ${paint.strong(titleOf(resource))}`,
      ...own.flatMap((one) => renderNeed(one, paint)),
      '',
    ]),
    ...renderMissing('missing: with these more could be said', distinctMissing(missing)),
    '',
  ];
}

function titleOf(resource: string): string {
  if (resource === '') return 'a key that the code does not name';
  return resource === '*' ? 'no resource' : escapeText(resource);
}

function renderNeed({ need, answer }: AnsweredNeed, paint: Paint): readonly string[] {
  const kind = answer?.kind ?? '';
  const word = kind.padEnd(7);
  const label =
    kind === 'never' ? paint.bad(word) : kind === 'unknown' ? paint.doubtful(word) : word;
  const indent = ' '.repeat(answer === undefined ? 6 : 13);
  const through =
    need.through === undefined
      ? []
      : [`${indent}for ${need.through.action} on ${escapeText(need.through.resource)}`];
  const context = [...need.context].flatMap(([name, value]) =>
    typeof value === 'string'
      ? [`${indent}with ${escapeText(spellKey(name))} = ${escapeText(value)}`]
      : [],
  );
  return [
    `    ${answer === undefined ? '' : `${label}  `}${need.action}`,
    ...through,
    ...context,
    ...(answer === undefined ? [] : conditionLines(answer, indent)),
    ...need.sites.map((site) => {
      const { line, column } = startOf(site.span);
      const place = `${site.span.source.path}:${String(line)}:${String(column)}`;
      return paint.faint(`${indent}${escapeText(place)}  ${site.operation}`);
    }),
  ];
}

function renderProblem(problem: NeedProblem, paint: Paint): readonly string[] {
  const { severity, ruleId, span, message, why, fix } = problem;
  const { line, column } = startOf(span);
  const place =
    span.source.text === '' ? '' : `${span.source.path}:${String(line)}:${String(column)}`;
  const frame = renderFrame(span, paint);
  const label = `  ${severity}  `;
  return [
    ...(place === '' ? [] : [paint.strong(escapeText(place))]),
    wrap(escapeText(message), paint.width, label).replace(
      severity,
      paint.severity(severity, severity),
    ) + paint.faint(`  ${ruleId}`),
    ...(frame === '' ? [] : ['', frame]),
    '',
    wrap(escapeText(why), paint.width, '    why  '),
    wrap(escapeText(fix), paint.width, '    fix  '),
    '',
  ];
}
