import fc from 'fast-check';
import type { AccessChange } from '../../src/graph/index.js';
import type { Finding } from '../../src/lint/index.js';
import type { GateReport, LintReport, TestReport } from '../../src/report/index.js';
import type { Diagnostic, Source, Span } from '../../src/source/index.js';
import { allowed, finding, report, requestOf, statement } from './sample.js';

/** Texts that somebody may give a name to in order to break a report, whole and in pieces. */
const pieces = [
  ...[
    '|',
    '<script>alert(1)</script>',
    '</details>',
    '</summary>',
    '<img src=x>',
    '&lt;',
    '"',
    "'",
  ],
  ...[
    '::error::',
    '::error file=a,line=1::b',
    '\n::add-mask::a',
    ' ::stop-commands::x',
    '%0A',
    '%',
  ],
  ...['##[error]x', '##vso[task.complete]', '##teamcity[x]', ':', ',', '$()', '${{ secrets.A }}'],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\t',
    '\u0000',
    '\u0007',
    '\u0008',
    '\u001b[31m',
    '\u001b]8;;a\u0007',
  ],
  ...['\u009b2J', '\u007f', '\u202a', '\u202e', '\u2066', '\u2069', '\u200b', '\u200e', '\u2028'],
  ...[
    '\ufeff',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
    '\u{e0041}',
    '\u{1fffe}',
    '\ue000',
    '\ue002',
  ],
  ...[
    '`',
    '``',
    '```',
    '\n```\n',
    ']]>',
    '-->',
    '<!--',
    '\\',
    '\\`',
    '*',
    '**b**',
    '_',
    '~~',
    '~~~',
  ],
  ...[
    '[a](https://a.example)',
    '![a](https://a.example)',
    '](1)',
    '[',
    ']',
    '[a]: b',
    '<a@b.example>',
  ],
  ...['@team', '@org/team', '#1', 'GH-1', 'org/repo#1', 'https://a.example', 'www.a.example', '!1'],
  ...[
    '# a',
    '> a',
    '- a',
    '1. a',
    '---',
    '===',
    '    a',
    'a\\',
    '$x$',
    '{0}',
    '{{',
    '/',
    '../',
    ' ',
  ],
];

/** A text made to break out of its place, with ordinary text around it. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...pieces),
  fc.string({
    unit: fc.oneof(
      fc.constantFrom(...pieces),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
    ),
    minLength: 1,
    maxLength: 8,
  }),
);

/** What is printed where every name and every message is one text. */
export function reportsOf(text: string): {
  readonly lint: LintReport;
  readonly gate: GateReport;
  readonly test: TestReport;
} {
  const source: Source = { path: `a${text}`, text: `first\n${text}\nlast` };
  const span: Span = { source, start: 'first\n'.length, end: 'first\n'.length + text.length };
  const diagnostics: readonly Diagnostic[] = [
    { code: 'json-syntax', severity: 'error', message: text, span, hint: text },
    { code: 'unlikely', severity: 'warning', message: text, span },
  ];
  const findings = findingsOf(text, span);
  const loaded = [source.path, `b${text}`];
  const tool = { version: '1.2.3', rules: [] };
  const tests = testsOf(text, span);
  const lint: LintReport = { ...report, findings, diagnostics, loaded, tool };
  const gate: GateReport = {
    kind: 'gate',
    before: { name: text, kind: 'merge-base', commit: 'a'.repeat(40) },
    after: { name: text, kind: 'path' },
    verdict: 'fail',
    reasons: [
      { text, fails: true },
      { text: `note ${text}`, fails: false },
    ],
    findings,
    access: {
      gained: [changeOf(text, span)],
      lost: [changeOf(text, span)],
      unknown: [
        {
          ...changeOf(text, span),
          direction: 'gained',
          missing: [{ layer: 'scp', of: text, detail: text }],
          limit: text,
        },
      ],
      keys: { added: [text], removed: [text], renamed: [{ before: text, after: text }] },
      principals: { added: [], removed: [text], renamed: [] },
      equivalent: false,
    },
    tests,
    diagnostics,
    summary: report.summary,
    loaded,
    tool,
  };
  return { lint, gate, test: { kind: 'test', tests, diagnostics } };
}

function findingsOf(text: string, span: Span): readonly Finding[] {
  const because = [{ ...statement, sid: text, span }];
  const layers = [{ layer: 'key-policy' as const, outcome: 'allows' as const, because }];
  const witness = [
    {
      call: {
        kind: 's3' as const,
        action: 'GetObject' as const,
        caller: text,
        bucket: text,
        objectKey: text,
      },
      outcome: { kind: 'failed' as const, error: { name: 'AccessDenied', message: text } },
      authorizations: [
        {
          request: requestOf('arn:aws:iam::111122223333:role/app', 'kms:Decrypt'),
          authorization: { ...allowed, layers },
        },
      ],
    },
  ];
  const one: Finding = {
    ...finding,
    message: text,
    why: text,
    fix: text,
    span,
    related: [{ span, message: text }],
    confirmation: { kind: 'confirmed', claims: 'can', proved: false, witness, runs: 1, seed: 1 },
  };
  return [
    one,
    {
      ...one,
      severity: 'warning',
      message: `own words, and \`${text}\` of theirs`,
      fingerprint: 'b'.repeat(64),
      confirmation: { kind: 'unconfirmed', reason: text, runs: 1, seed: 1 },
    },
    {
      ...one,
      severity: 'info',
      fingerprint: 'c'.repeat(64),
      confirmation: { kind: 'unsimulated', reason: text },
      suppressed: { by: 'directive', reason: text, until: '2030-01-01' },
    },
  ];
}

function testsOf(text: string, span: Span): TestReport['tests'] {
  const because = [
    {
      layer: 'key-policy' as const,
      outcome: 'denies' as const,
      because: [{ ...statement, sid: text, span }],
    },
  ];
  const one = { name: text, file: `c${text}`, expected: 'Allow', actual: 'ImplicitDeny' };
  return [
    {
      ...one,
      passed: false,
      because,
      missing: [{ layer: 'attribute', of: text, detail: text }],
    },
    { ...one, actual: 'Allow', passed: true, because, missing: [] },
  ];
}

function changeOf(text: string, span: Span): AccessChange {
  const witness = requestOf('arn:aws:iam::111122223333:role/app', 'kms:Decrypt');
  return {
    principals: [{ name: text, isClass: false, caller: witness.caller }],
    action: 'kms:Decrypt',
    key: text,
    keyName: text,
    keyIs: 'kept',
    conditions: [[{ key: 'kms:ViaService', operator: 'StringEquals', values: [text] }]],
    witness: { ...witness, resource: text },
    because: [{ ...statement, sid: text, span }],
    reach: 'public',
  };
}
