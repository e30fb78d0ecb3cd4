import junitReportBuilder, { type Builder, type TestCase } from 'junit-report-builder';
import type { Finding } from '../lint/index.js';
import { type Diagnostic, type Text } from '../source/index.js';
import type { GateReport } from './change.js';
import { accessText, whenTexts, witnessText } from './change-text.js';
import { escapeXml } from './escape-xml.js';
import { groupAccess } from './group-access.js';
import { causeName, describeConfirmation, layerNames, placeText } from './names.js';
import { countedOf } from './ranking.js';
import type { LintReport, TestReport, TestResult } from './report.js';

/**
 * A suite a file. Of `lint`: a case a finding, which fails unless it is informational, and for a file in
 * which nothing is found a case that passes; what could not be read is an error. Of `test`: a case a test.
 * Of `gate`: both, and a suite of what the change does, in which what shuts the gate fails.
 */
export function junit(report: LintReport | GateReport | TestReport): string {
  // The types of the package take its default export for a namespace; at run time it is the builder.
  const builder = (junitReportBuilder as unknown as Builder).newBuilder().name('keyproof');
  const suites = createSuites(builder);
  for (const diagnostic of report.diagnostics) addDiagnostic(diagnostic, suites);
  if (report.kind !== 'test') addFindings(report, suites);
  if (report.kind !== 'lint') for (const test of report.tests) addTest(test, suites);
  if (report.kind === 'gate') addGate(report, suites);
  return `${builder.build()}\n`;
}

interface Suites {
  has(path: string): boolean;
  addCase(path: string, name: Text): TestCase;
}

function createSuites(builder: Builder): Suites {
  const suites = new Map<string, ReturnType<Builder['testSuite']>>();
  return {
    has: (path) => suites.has(path),
    addCase(path, name) {
      const shown = escapeXml(path);
      let suite = suites.get(path);
      if (suite === undefined) {
        suite = builder.testSuite().name(shown);
        suites.set(path, suite);
      }
      return suite.testCase().className(shown).name(escapeXml(name)).file(shown);
    },
  };
}

function addFindings({ findings, loaded }: LintReport | GateReport, suites: Suites): void {
  for (const finding of countedOf(findings)) addFinding(finding, suites);
  for (const path of loaded) {
    if (!suites.has(path)) suites.addCase(path, 'nothing found');
  }
}

function addGate({ reasons, access, verdict }: GateReport, suites: Suites): void {
  const details = (['gained', 'lost'] as const).flatMap((direction) =>
    groupAccess(access[direction]).flatMap((group) => [
      `${direction}: ${accessText(group)}`,
      ...whenTexts(group.sample).map((text) => `  when ${text}`),
      `  ${witnessText(direction, group.sample)}`,
    ]),
  );
  for (const { text, fails } of reasons) {
    const one = suites.addCase('gate', text);
    if (fails) one.failure(escapeXml(text), 'gate').stacktrace(linesOf([text, ...details]));
  }
  if (verdict === 'pass') suites.addCase('gate', 'the change may be deployed');
}

function addFinding(finding: Finding, suites: Suites): void {
  const { ruleId, severity, span, message, why, fix, confirmation } = finding;
  const one = suites.addCase(span.source.path, `${ruleId} at ${placeText(span)}`);
  const details = linesOf([
    `${placeText(span)}: ${severity}: ${message}`,
    `why: ${why}`,
    `fix: ${fix}`,
    `proof: ${describeConfirmation(confirmation)}`,
  ]);
  if (severity === 'info') one.standardOutput(details);
  else one.failure(escapeXml(message), severity).stacktrace(details);
}

function addDiagnostic({ code, severity, span, message, hint }: Diagnostic, suites: Suites): void {
  const one = suites.addCase(span.source.path, `${code} at ${placeText(span)}`);
  const hints = hint === undefined ? [] : [`fix: ${hint}`];
  const details = linesOf([`${placeText(span)}: ${severity}: ${message}`, ...hints]);
  if (severity === 'error') one.error(escapeXml(message), code, details);
  else one.standardOutput(details);
}

function addTest(test: TestResult, suites: Suites): void {
  const one = suites.addCase(test.file, test.name);
  if (test.passed) return;
  const message = `expected ${test.expected}, got ${test.actual}`;
  const causes = test.because.flatMap(({ layer, because }) =>
    because.map((cause) => `${layerNames[layer]}: ${causeName(cause)} at ${placeText(cause.span)}`),
  );
  const missing = test.missing.map(({ detail, of }) => `missing: ${detail} (${of})`);
  one
    .failure(escapeXml(message), 'policy-test')
    .stacktrace(linesOf([message, ...causes, ...missing]));
}

function linesOf(lines: readonly Text[]): string {
  return lines.map(escapeXml).join('\n');
}
