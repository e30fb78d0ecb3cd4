import type { Log, Notification, ReportingDescriptor, Result, Run } from 'sarif';
import { gzipSync } from 'node:zlib';
import type { Finding } from '../../lint/index.js';
import { invariant, type Diagnostic } from '../../source/index.js';
import { escapeJson } from '../escape.js';
import { count } from '../names.js';
import { errorsOf, worstFirst } from '../ranking.js';
import type { GateReport } from '../change.js';
import type { LintReport } from '../report.js';
import { locationOf, messageText, ROOT_ID } from './places.js';
import { resultOf } from './results.js';
import { levels, ruleDescriptor } from './rules.js';

/**
 * What GitHub code scanning takes of one run; above it, it rejects the whole file.
 *
 * @see https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
 * @see https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/file-too-large
 */
const RESULTS_MAX = 25_000;
const COMPRESSED_BYTES_MAX = 10_000_000;

/** SARIF 2.1.0, of which code scanning and other viewers understand what they can. */
export function sarif(report: LintReport | GateReport): string {
  const findings = worstFirst(report.findings);
  let shown = findings.slice(0, fits(findings.length, RESULTS_MAX));
  for (;;) {
    const text = `${escapeJson(JSON.stringify(logOf(report, shown, findings), undefined, 2))}\n`;
    const bytes = compressedBytes(text);
    if (bytes <= COMPRESSED_BYTES_MAX || shown.length === 0) return text;
    // Findings are much of a size, so what is to go is known but for a little.
    shown = shown.slice(0, Math.floor((shown.length * COMPRESSED_BYTES_MAX * 0.9) / bytes));
  }
}

/** How many of so many can be shown, one place being taken by the result that says how many are not. */
function fits(number: number, max: number): number {
  return number > max ? max - 1 : number;
}

/** Files are uploaded compressed; one that is small enough as it is need not be tried. */
function compressedBytes(text: string): number {
  const bytes = Buffer.byteLength(text);
  return bytes <= COMPRESSED_BYTES_MAX ? bytes : gzipSync(text).length;
}

function logOf(
  report: LintReport | GateReport,
  shown: readonly Finding[],
  all: readonly Finding[],
): Log {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(report, shown, all)],
  };
}

function runOf(
  report: LintReport | GateReport,
  shown: readonly Finding[],
  all: readonly Finding[],
): Run {
  const { tool, diagnostics, loaded } = report;
  invariant(
    tool !== undefined,
    'what is said of the tool is asked for before a report is rendered',
  );
  const rules = tool.rules.map(ruleDescriptor);
  const surroundings = {
    files: new Set(loaded),
    ruleIndexes: new Map(rules.map(({ id }, index) => [id, index])),
  };
  const firstLeftOut = all[shown.length];
  const results = shown.map((finding) => resultOf(finding, surroundings));
  return {
    tool: {
      driver: {
        name: 'keyproof',
        informationUri: 'https://www.npmjs.com/package/keyproof',
        version: tool.version,
        semanticVersion: tool.version,
        rules: firstLeftOut === undefined ? rules : [...rules, leftOutRule],
        notifications: notificationDescriptors(diagnostics),
      },
    },
    automationDetails: { id: 'keyproof/' },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: {
      [ROOT_ID]: { description: { text: 'The folder that keyproof ran in.' } },
    },
    invocations: [
      {
        executionSuccessful: errorsOf(diagnostics).length === 0,
        toolExecutionNotifications: diagnostics.map(notificationOf),
      },
    ],
    results:
      firstLeftOut === undefined
        ? results
        : [leftOutResult(firstLeftOut, all.length - shown.length, rules.length), ...results],
  };
}

const leftOutRule: ReportingDescriptor = {
  id: 'results-left-out',
  name: 'ResultsLeftOut',
  shortDescription: { text: 'This report does not hold all findings.' },
  fullDescription: { text: 'There are more findings than GitHub code scanning takes of one run.' },
  help: {
    text: 'GitHub code scanning takes 25,000 results and 10 MB a run. Run keyproof with --format json, or on fewer files, to see all.',
  },
  defaultConfiguration: { level: 'error' },
};

/** Comes first and is an error, so that a viewer with limits of its own does not leave it out as well. */
function leftOutResult({ span }: Finding, number: number, ruleIndex: number): Result {
  return {
    ruleId: leftOutRule.id,
    ruleIndex,
    level: 'error',
    message: {
      text: `${count(number, 'finding')} are left out of this report, the worst of them here: no more than ${RESULTS_MAX} results in ${COMPRESSED_BYTES_MAX / 1_000_000} MB are taken by GitHub code scanning; \`--format json\` has all.`,
    },
    locations: [locationOf(span)],
    suppressions: [],
  };
}

function notificationDescriptors(diagnostics: readonly Diagnostic[]): ReportingDescriptor[] {
  const codes = [...new Set(diagnostics.map(({ code }) => code))];
  return codes.map((id) => ({
    id,
    shortDescription: { text: 'A problem with the input.' },
    fullDescription: {
      text: 'Something that keyproof was to read, and could not or only in part.',
    },
    help: { text: 'What can be done about it stands in each message.' },
  }));
}

function notificationOf(diagnostic: Diagnostic): Notification {
  const { code, severity, message, span, hint } = diagnostic;
  const text = hint === undefined ? message : `${message}; to repair it, ${hint}`;
  return {
    descriptor: { id: code },
    level: levels[severity],
    message: { text: messageText(`${text}.`) },
    locations: [locationOf(span)],
  };
}
