import type { AccessChange, AccessDifference, UnknownChange } from '../../graph/index.js';
import { escapeText } from '../escape.js';
import type { DiffReport, GateReport } from '../change.js';
import { groupAccess, type AccessGroup } from '../group-access.js';
import { accessText, sidesText, turnoverLines, whenTexts } from '../change-text.js';
import { callerText, causeName, count, placeText } from '../names.js';
import { contextLines } from './answer.js';
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

function renderChange(
  direction: 'gained' | 'lost',
  group: AccessGroup<AccessChange>,
  paint: Paint,
): readonly string[] {
  const { sample } = group;
  const label = direction === 'gained' ? paint.bad('gained:') : paint.doubtful('lost:');
  const verb = direction === 'gained' ? 'may' : 'may no longer';
  return [
    sentence(direction, label, accessText(group, verb), paint),
    ...renderWhen(sample, paint),
    ...renderBecause(sample, paint),
    ...renderAssumed(sample, paint),
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
  const verb = sample.direction === 'gained' ? 'may now' : 'may no longer';
  const text = `whether ${accessText(group, verb)}`;
  return [
    sentence('unknown', paint.doubtful('unknown:'), text, paint),
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

function renderWhen(change: AccessChange, paint: Paint): readonly string[] {
  return whenTexts(change).map((text, index) =>
    wrap(escapeText(text), paint.width, index === 0 ? '    when ' : '      or '),
  );
}

function renderAssumed({ assumed = [] }: AccessChange, paint: Paint): readonly string[] {
  if (assumed.length === 0) return [];
  const layers = new Set(assumed.map(({ layer }) => layer));
  const texts = [
    ...(layers.has('identity')
      ? ['that IAM policies that were not supplied do not allow the same anyway']
      : []),
    ...assumed.filter(({ layer }) => layer !== 'identity').map(({ detail }) => detail),
  ];
  return texts.map((text) => paint.faint(wrap(escapeText(text), paint.width, '    assuming ')));
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
