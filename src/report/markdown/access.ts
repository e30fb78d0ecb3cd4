import type { AccessDifference, UnknownChange } from '../../graph/index.js';
import { accessText, turnoverLines, whenTexts, witnessText } from '../change-text.js';
import { groupAccess, type AccessGroup } from '../group-access.js';
import { causeName, placeText } from '../names.js';
import { clipped, clippedCode, clippedHtml, folded } from './findings.js';
import type { Section } from './fit.js';

/** What access a change gives and takes: what is gained first, as it is what reviewers are asked to approve. */
export function accessSections(access: AccessDifference): readonly Section[] {
  const { gained, lost, unknown, keys, principals } = access;
  const turnover = [...turnoverLines('key', keys), ...turnoverLines('principal', principals)];
  return [
    {
      heading: '#### Access',
      blocks: [summaryOf(access)],
      noun: 'line',
    },
    ...(['gained', 'lost'] as const).map((direction) => ({
      heading: '',
      blocks: groupAccess({ gained, lost }[direction]).map((group) =>
        folded(`<b>${direction}:</b> ${clippedHtml(accessText(group))}`, [
          ...whenTexts(group.sample).map((text) => `- **when:** ${clipped(text)}`),
          ...causeLines(group),
          `- **for example:** ${clipped(witnessText(direction, group.sample))}`,
        ]),
      ),
      noun: 'access change',
    })),
    { heading: '', blocks: groupAccess(unknown).map(unknownBlock), noun: 'unknown change' },
    {
      heading: '',
      blocks: turnover.map((line) => `- ${clipped(line)}`),
      noun: 'new or removed name',
    },
  ];
}

function summaryOf({ gained, lost, unknown, equivalent }: AccessDifference): string {
  if (equivalent) {
    return 'No access change: proved for every principal, action and key, in every context.';
  }
  const parts = [
    ...(gained.length > 0 ? ['access is gained'] : []),
    ...(lost.length > 0 ? ['access is lost'] : []),
    ...(unknown.length > 0 ? ['some access cannot be decided'] : []),
  ];
  return parts.length === 0
    ? 'No access to what is there on both sides changes: proved.'
    : `In this change, ${parts.join(', and ')}.`;
}

function unknownBlock(group: AccessGroup<UnknownChange>): string {
  const { direction, missing, limit } = group.sample;
  const details = [
    ...new Set(missing.map(({ of, detail }) => (of === '' ? detail : `${detail} of ${of}`))),
  ];
  return folded(`<b>unknown:</b> ${direction} perhaps: ${clippedHtml(accessText(group))}`, [
    ...details.slice(0, DETAILS_MAX).map((detail) => `- **missing:** ${clipped(detail)}`),
    ...(limit === undefined ? [] : [`- **a limit was reached:** ${clipped(limit)}`]),
    ...causeLines(group),
  ]);
}

const DETAILS_MAX = 5;

function causeLines({
  sample,
}: AccessGroup<UnknownChange | AccessDifference['gained'][number]>): readonly string[] {
  return sample.because
    .slice(0, DETAILS_MAX)
    .map(
      (cause) => `- **by:** ${clipped(causeName(cause))}, ${clippedCode(placeText(cause.span))}`,
    );
}
