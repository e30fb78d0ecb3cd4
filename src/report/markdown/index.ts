import type { DiffReport, GateReport } from '../change.js';
import { sidesText } from '../change-text.js';
import { countFindings } from '../counts.js';
import { count } from '../names.js';
import { countedOf, worstFirst } from '../ranking.js';
import type { LintReport, TestResult } from '../report.js';
import { accessSections } from './access.js';
import { clipped, clippedHtml, diagnosticBlock, findingBlock, folded } from './findings.js';
import { fit, type PageLimit, type Section } from './fit.js';

/** What a comment of keyproof begins with, so that whoever keeps it up to date can find it. */
const MARKER = '<!-- keyproof -->';

/** A comment on a pull request or merge request; GitHub takes 65,536 characters. */
export function markdown(report: LintReport | GateReport | DiffReport): string {
  return render(report, { max: 65_536, sizeOf: (text) => text.length });
}

/** What GitHub Actions shows for a step; it takes 1 MiB. */
export function stepSummary(report: LintReport | GateReport): string {
  return render(report, { max: 1_000_000, sizeOf: (text) => Buffer.byteLength(text) });
}

function render(report: LintReport | GateReport | DiffReport, limit: PageLimit): string {
  const head = `${MARKER}\n### keyproof: ${verdictOf(report)}`;
  return fit(head, sectionsOf(report), `<sub>${footOf(report)}</sub>`, limit);
}

function verdictOf(report: LintReport | GateReport | DiffReport): string {
  switch (report.kind) {
    case 'lint':
      return countsText(report);
    case 'gate':
      return report.verdict === 'pass'
        ? 'this change may be deployed'
        : 'this change may not be deployed';
    case 'diff':
      return report.access.equivalent
        ? 'no access change'
        : 'what access this change gives and takes';
  }
}

function sectionsOf(report: LintReport | GateReport | DiffReport): readonly Section[] {
  switch (report.kind) {
    case 'lint':
      return [...problemSections(report), ...findingSections(report, 'Findings')];
    case 'gate':
      return [
        reasonSection(report),
        ...accessSections(report.access),
        ...problemSections(report),
        ...findingSections(report, 'New findings'),
        testSection(report.tests),
      ];
    case 'diff':
      return [...accessSections(report.access), ...problemSections(report)];
  }
}

function reasonSection({ reasons }: GateReport): Section {
  return {
    heading: '',
    blocks: reasons.map(({ text, fails }) => `- ${fails ? '❌' : 'ℹ️'} ${clipped(text)}`),
    noun: 'reason',
  };
}

function problemSections({ diagnostics }: Pick<LintReport, 'diagnostics'>): readonly Section[] {
  return [
    {
      heading: '#### Problems with the input',
      blocks: diagnostics.map(diagnosticBlock),
      noun: 'problem',
    },
  ];
}

function findingSections(
  { findings, loaded }: LintReport | GateReport,
  title: string,
): readonly Section[] {
  const files = new Set(loaded);
  const blocks = worstFirst(countedOf(findings)).map((finding) => findingBlock(finding, files));
  return [{ heading: `#### ${title}`, blocks, noun: 'finding' }];
}

function testSection(tests: readonly TestResult[]): Section {
  const failed = tests.filter(({ passed }) => !passed);
  return {
    heading: '#### Failed policy tests',
    blocks: failed.map(({ name, file, expected, actual }) =>
      folded(clippedHtml(name), [
        `- **expected:** ${clipped(expected)}, **got:** ${clipped(actual)}`,
        `- **file:** ${clipped(`\`${file}\``)}`,
      ]),
    ),
    noun: 'failed test',
  };
}

function countsText({ findings }: Pick<LintReport, 'findings'>): string {
  const { error, warning, info } = countFindings(countedOf(findings)).bySeverity;
  const parts = [
    ...(error > 0 ? [count(error, 'error')] : []),
    ...(warning > 0 ? [count(warning, 'warning')] : []),
    ...(info > 0 ? [`${info} info`] : []),
  ];
  return parts.length === 0 ? 'nothing found' : parts.join(', ');
}

function footOf(report: LintReport | GateReport | DiffReport): string {
  switch (report.kind) {
    case 'lint':
      return summaryText(report).join(' · ');
    case 'gate':
      return [clipped(sidesText(report)), testsText(report.tests), ...summaryText(report)]
        .filter((part) => part !== '')
        .join(' · ');
    case 'diff':
      return clipped(sidesText(report));
  }
}

function testsText(tests: readonly TestResult[]): string {
  const passed = tests.filter((test) => test.passed).length;
  return tests.length === 0 ? '' : `${passed} of ${count(tests.length, 'policy test')} passed`;
}

function summaryText({ findings, summary }: LintReport | GateReport): readonly string[] {
  const suppressed = findings.length - countedOf(findings).length;
  return [
    `${count(summary.files, 'file')} read`,
    ...(summary.skipped > 0 ? [`${summary.skipped} skipped`] : []),
    count(summary.keys, 'key'),
    count(summary.principals, 'principal'),
    ...(summary.refuted > 0 ? [`${summary.refuted} refuted by execution and dropped`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
  ];
}
