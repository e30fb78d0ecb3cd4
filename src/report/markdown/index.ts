import { countFindings } from '../counts.js';
import { count } from '../names.js';
import { countedOf, worstFirst } from '../ranking.js';
import type { LintReport } from '../report.js';
import { diagnosticBlock, findingBlock } from './findings.js';
import { fit, type PageLimit, type Section } from './fit.js';

/** What a comment of keyproof begins with, so that whoever keeps it up to date can find it. */
const MARKER = '<!-- keyproof -->';

/** A comment on a pull request or merge request; GitHub takes 65,536 characters. */
export function markdown(report: LintReport): string {
  return render(report, { max: 65_536, sizeOf: (text) => text.length });
}

/** What GitHub Actions shows for a step; it takes 1 MiB. */
export function stepSummary(report: LintReport): string {
  return render(report, { max: 1_000_000, sizeOf: (text) => Buffer.byteLength(text) });
}

function render(report: LintReport, limit: PageLimit): string {
  const files = new Set(report.loaded);
  const counted = worstFirst(countedOf(report.findings));
  const sections: readonly Section[] = [
    {
      heading: '#### Problems with the input',
      blocks: report.diagnostics.map(diagnosticBlock),
      noun: 'problem',
    },
    {
      heading: '#### Findings',
      blocks: counted.map((finding) => findingBlock(finding, files)),
      noun: 'finding',
    },
  ];
  return fit(`${MARKER}\n### keyproof: ${verdict(report)}`, sections, foot(report), limit);
}

function verdict(report: LintReport): string {
  const counts = countFindings(countedOf(report.findings));
  const { error, warning, info } = counts.bySeverity;
  const parts = [
    ...(error > 0 ? [count(error, 'error')] : []),
    ...(warning > 0 ? [count(warning, 'warning')] : []),
    ...(info > 0 ? [`${info} info`] : []),
  ];
  return parts.length === 0 ? 'nothing found' : parts.join(', ');
}

function foot({ findings, summary }: LintReport): string {
  const suppressed = findings.length - countedOf(findings).length;
  const parts = [
    `${count(summary.files, 'file')} read`,
    ...(summary.skipped > 0 ? [`${summary.skipped} skipped`] : []),
    count(summary.keys, 'key'),
    count(summary.principals, 'principal'),
    ...(summary.refuted > 0 ? [`${summary.refuted} refuted by execution and dropped`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
  ];
  return `<sub>${parts.join(' · ')}</sub>`;
}
