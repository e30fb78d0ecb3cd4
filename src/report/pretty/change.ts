import type {
  AccessChange,
  AccessDifference,
  ChangedPrincipal,
  Turnover,
  UnknownChange,
} from '../../graph/index.js';
import { escapeText } from '../escape.js';
import type { DiffReport, GateReport, Side } from '../change.js';
import { groupAccess, type AccessGroup } from '../group-access.js';
import { callerText, causeName, count, placeText } from '../names.js';
import { conditionText, contextLines } from './answer.js';
import { renderDiagnostics } from './diagnostics.js';
import { wrap } from './layout.js';
import { groupByFile, renderFile } from './lint.js';
import type { Paint } from './paint.js';
import { renderFailure } from './tests.js';

export function renderDiff(report: DiffReport, paint: Paint): string {
  const lines = [
    paint.faint(wrap(escapeText(sidesText(report)), paint.width, '')),
    '',
    ...renderDifference(report.access, paint),
    ...renderDiagnostics(report.diagnostics, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

export function renderGate(report: GateReport, paint: Paint): string {
  const files = new Set(report.loaded);
  const failed = report.tests.filter(({ passed }) => !passed);
  const lines = [
    ...groupByFile(report.findings).flatMap((findings) => renderFile(findings, files, paint)),
    ...failed.flatMap((test) => renderFailure(test, paint)),
    ...renderDifference(report.access, paint),
    ...renderDiagnostics(report.diagnostics, paint),
    report.verdict === 'pass'
      ? paint.strong(paint.good('the gate is open'))
      : paint.strong(paint.bad('the gate is shut')),
    ...report.reasons.map(({ text, fails }) =>
      wrap(escapeText(text), paint.width, fails ? `  ${paint.bad('✗')} ` : '  · '),
    ),
    paint.faint(wrap(escapeText(gateSummary(report)), paint.width, '')),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function gateSummary(report: GateReport): string {
  const { summary, tests, findings } = report;
  return [
    sidesText(report),
    count(findings.length, 'new finding'),
    ...(tests.length === 0
      ? []
      : [
          `${tests.filter(({ passed }) => passed).length} of ${count(tests.length, 'test')} passed`,
        ]),
    count(summary.files, 'file'),
    ...(summary.skipped > 0 ? [`${summary.skipped} skipped`] : []),
    count(summary.keys, 'key'),
  ].join(' · ');
}

function sidesText({ before, after }: Pick<DiffReport, 'before' | 'after'>): string {
  return `from ${sideText(before)} to ${sideText(after)}`;
}

const COMMIT_SHOWN = 12;

function sideText({ name, kind, commit }: Side): string {
  const at = commit === undefined ? '' : ` (${commit.slice(0, COMMIT_SHOWN)})`;
  switch (kind) {
    case 'path':
    case 'reference':
      return `${name}${at}`;
    case 'merge-base':
      return `the merge base with ${name}${at}`;
    case 'working-tree':
      return 'the working tree';
  }
}

function renderDifference(access: AccessDifference, paint: Paint): readonly string[] {
  const { gained, lost, unknown, equivalent } = access;
  const turnover = [
    ...turnoverLines('key', access.keys),
    ...turnoverLines('principal', access.principals),
  ].map((line) => wrap(escapeText(line), paint.width, '  '));
  return [
    ...(turnover.length === 0 ? [] : [...turnover, '']),
    ...groupAccess(gained).flatMap((group) => renderChange('gained', group, paint)),
    ...groupAccess(lost).flatMap((group) => renderChange('lost', group, paint)),
    ...groupAccess(unknown).flatMap((group) => renderUnknown(group, paint)),
    equivalent
      ? paint.good('no access change: proved for every principal, action and key, in every context')
      : differenceSummary(access, paint),
    '',
  ];
}

function differenceSummary({ gained, lost, unknown }: AccessDifference, paint: Paint): string {
  const parts = [
    ...(gained.length > 0 ? [paint.bad('access is gained')] : []),
    ...(lost.length > 0 ? [paint.doubtful('access is lost')] : []),
    ...(unknown.length > 0 ? [paint.doubtful('some access cannot be decided')] : []),
  ];
  return parts.length === 0
    ? 'no access to what is there on both sides changes: proved'
    : parts.join(', ');
}

function turnoverLines(what: string, { added, removed, renamed }: Turnover): readonly string[] {
  return [
    ...added.map((name) => `new ${what}: ${name}`),
    ...removed.map((name) => `removed ${what}: ${name}`),
    ...renamed.map(({ before, after }) => `renamed ${what}: ${before}, now ${after}`),
  ];
}

function renderChange(
  direction: 'gained' | 'lost',
  group: AccessGroup<AccessChange>,
  paint: Paint,
): readonly string[] {
  const { sample } = group;
  const label = direction === 'gained' ? paint.bad('gained:') : paint.doubtful('lost:');
  return [
    sentence(direction, label, `${subjectText(group)} ${objectText(group)}`, paint),
    ...renderWhen(sample, paint),
    ...renderBecause(sample, paint),
    ...renderWitness(sample, direction, paint),
    '',
  ];
}

function renderUnknown(group: AccessGroup<UnknownChange>, paint: Paint): readonly string[] {
  const { sample } = group;
  const missing = sample.missing.map(({ of, detail }) =>
    wrap(escapeText(of === '' ? detail : `${detail} of ${of}`), paint.width, '    missing: '),
  );
  const limit =
    sample.limit === undefined ? [] : [escapeText(`    a limit was reached: ${sample.limit}`)];
  return [
    sentence(
      'unknown',
      paint.doubtful('unknown:'),
      `${sample.direction} perhaps: ${subjectText(group)} ${objectText(group)}`,
      paint,
    ),
    ...[...new Set(missing)].slice(0, MISSING_SHOWN),
    ...limit,
    ...renderBecause(sample, paint),
    '',
  ];
}

const MISSING_SHOWN = 5;

function sentence(word: string, label: string, text: string, paint: Paint): string {
  return wrap(escapeText(text), paint.width, `${word}: `).replace(`${word}:`, label);
}

const NAMES_SHOWN = 4;

function subjectText({ principals }: AccessGroup<AccessChange | UnknownChange>): string {
  return `${listText(principals.map(principalText))} may`;
}

function principalText({ name }: ChangedPrincipal): string {
  return name;
}

function objectText({ actions, keys }: AccessGroup<AccessChange | UnknownChange>): string {
  const what = listText(actions);
  return keys.length === 1 && keys[0] === '*' ? what : `${what} on ${listText(keys)}`;
}

function listText(names: readonly string[]): string {
  if (names.length <= NAMES_SHOWN + 1) return names.join(', ');
  return `${names.slice(0, NAMES_SHOWN).join(', ')} and ${names.length - NAMES_SHOWN} more`;
}

function renderWhen({ conditions }: AccessChange, paint: Paint): readonly string[] {
  if (conditions.length === 0) return ['    when a condition holds that is too long to show'];
  return conditions.flatMap((term, index) => {
    if (term.length === 0) return [];
    const word = index === 0 ? '    when ' : '      or ';
    return [wrap(escapeText(term.map(conditionText).join(' and ')), paint.width, word)];
  });
}

function renderBecause({ because }: AccessChange | UnknownChange, paint: Paint): readonly string[] {
  return because.map((cause) =>
    paint.faint(
      wrap(escapeText(`${causeName(cause)}, ${placeText(cause.span)}`), paint.width, '    by '),
    ),
  );
}

function renderWitness(
  { witness }: AccessChange,
  direction: 'gained' | 'lost',
  paint: Paint,
): readonly string[] {
  const sides =
    direction === 'gained' ? 'refused before, allowed after' : 'allowed before, refused after';
  const who = escapeText(`${callerText(witness.caller)} calls ${witness.action}`);
  return [
    wrap(`${sides}: ${who}`, paint.width, '    for example, '),
    ...(witness.context.size === 0 ? [] : contextLines(witness).map((line) => `  ${line}`)),
  ];
}
