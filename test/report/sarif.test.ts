import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import type { Log, Result, Run } from 'sarif';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { reporters, type LintReport, type ToolDescription } from '../../src/report/index.js';
import { hostileText, reportsOf } from './hostile.js';
import { finding, report, source, spanOf } from './sample.js';

const sarif = await reporters.sarif();
const schema = JSON.parse(
  readFileSync('fixtures/report/sarif-2.1.0.schema.json', 'utf8'),
) as object;
const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

const tool: ToolDescription = {
  version: '1.2.3',
  rules: [
    {
      meta: {
        id: 'public-key-policy',
        title: 'key policy open to every AWS account',
        severity: 'error',
        category: 'least-privilege',
        since: '0.1.0',
        sources: ['https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html'],
        presets: ['recommended'],
      },
      page: '# public-key-policy\n\nFinds `Principal: "*"` of a [key policy](https://a.example).\n\n## Why\n',
    },
  ],
};

function logOf(changes: Partial<LintReport> = {}): Log {
  return JSON.parse(sarif({ ...report, tool, ...changes }, { width: 80, color: false })) as Log;
}

function runOf(changes: Partial<LintReport> = {}): Run {
  const [run] = logOf(changes).runs;
  if (run === undefined) throw new Error('a log has one run');
  return run;
}

function resultsOf(changes: Partial<LintReport> = {}): readonly Result[] {
  return runOf(changes).results ?? [];
}

describe('the log', () => {
  test('is valid by the schema of SARIF 2.1.0, whatever names hold', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { lint, gate } = reportsOf(text);
        for (const one of [lint, gate]) {
          const log: unknown = JSON.parse(sarif(one, { width: 80, color: false }));
          expect(validate(log) ? [] : validate.errors).toEqual([]);
        }
      }),
      { seed: 12, numRuns: 100 },
    );
    expect(validate(logOf()) ? [] : validate.errors).toEqual([]);
  });

  test('describes the rules: their pages, AWS’s page, and how bad they are to security', () => {
    const [rule] = runOf().tool.driver.rules ?? [];
    expect(rule).toMatchObject({
      id: 'public-key-policy',
      helpUri: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
      fullDescription: { text: 'Finds Principal: "*" of a key policy.' },
      help: { markdown: tool.rules[0]?.page },
      defaultConfiguration: { level: 'error' },
      properties: {
        tags: ['aws', 'kms', 'least-privilege', 'security'],
        'security-severity': '9.1',
      },
    });
  });

  test('tells problems with the input as notifications, and that the run failed', () => {
    expect(runOf().invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ descriptor: { id: 'json-syntax' }, level: 'error' }],
      },
    ]);
  });
});

describe('a result', () => {
  test('is where the finding is, with our fingerprint', () => {
    const [first] = resultsOf();
    expect(first).toMatchObject({
      ruleId: 'public-key-policy',
      ruleIndex: 0,
      level: 'error',
      partialFingerprints: { 'keyproof/v1': 'a'.repeat(64) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'infra/orders.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 6, startColumn: 5, endLine: 6, endColumn: 19 },
          },
        },
      ],
      relatedLocations: [{ id: 0, message: { text: 'the statement that names its principals' } }],
      suppressions: [],
    });
  });

  test('steps through the witness, at the statements that decided', () => {
    const [first] = resultsOf();
    const steps = first?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    expect(steps.map(({ location }) => location)).toMatchObject([
      {
        physicalLocation: { region: { startLine: 4, startColumn: 5 } },
        message: {
          text: expect.stringMatching(
            /^1\. arn:aws:iam::999999999999:role\/outsider calls kms:Decrypt on .*: succeeds, allowed by key policy/,
          ) as string,
        },
      },
    ]);
  });

  test.each([
    ['directive', 'inSource', 'deliberate'],
    ['config', 'external', 'deliberate'],
    ['baseline', 'external', 'Known since the baseline was written.'],
  ] as const)('suppressed by a %s says so, and why', (by, kind, justification) => {
    const reason = by === 'baseline' ? {} : { reason: 'deliberate' };
    const [first] = resultsOf({ findings: [{ ...finding, suppressed: { by, ...reason } }] });
    expect(first?.suppressions).toMatchObject([{ kind, status: 'accepted', justification }]);
  });

  test.each([
    ['a space, a hash and a question mark', 'a b/#c?.json', 'a%20b/%23c%3F.json'],
    ['a colon in its first segment', 'a:b.json', 'a%3Ab.json'],
    ['other scripts', 'schlüssel/鍵.json', 'schl%C3%BCssel/%E9%8D%B5.json'],
    ['half a surrogate pair', '\ud800.json', '%EF%BF%BD.json'],
    ['a dot in front', './a.json', 'a.json'],
    ['the root in front', '/srv/a b.json', 'file:///srv/a%20b.json'],
  ])('in a file whose path has %s names it by a URI', (_, path, uri) => {
    const span = spanOf('Principal: "*"', { ...source, path });
    const [first] = resultsOf({ findings: [{ ...finding, span }] });
    expect(first?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(uri);
  });
});

describe('of more findings than GitHub takes', () => {
  test('25,000 results are left, the worst ones, the first of which says how many are left out', () => {
    const warning = { ...finding, severity: 'warning' as const, related: [] };
    const findings = [...Array.from({ length: 25_010 }, () => warning), finding];
    const results = resultsOf({ findings });
    expect(results).toHaveLength(25_000);
    expect(results[0]).toMatchObject({ ruleId: 'results-left-out', level: 'error' });
    expect(results[0]?.message.text).toContain('12 findings are left out');
    expect(results[1]?.level).toBe('error');
  });

  test('no file is larger than 10 MB when it is compressed', () => {
    const findings = Array.from({ length: 900 }, (_, index) => ({
      ...finding,
      related: [],
      confirmation: { kind: 'unsimulated' as const, reason: 'not requested' },
      why: noise(20_000, index),
    }));
    const text = sarif({ ...report, tool, findings }, { width: 80, color: false });
    expect(gzipSync(text).length).toBeLessThanOrEqual(10_000_000);
  });

  test('a result has no more than 1,000 places', () => {
    const related = Array.from({ length: 1500 }, () => ({ span: finding.span, message: 'here' }));
    const [first] = resultsOf({ findings: [{ ...finding, related }] });
    expect(first?.relatedLocations).toHaveLength(999);
    expect(first?.message.text).toContain('501 more related places left out');
  });
});

/** Text that does not compress: printable characters from a linear congruential generator. */
function noise(length: number, seed: number): string {
  let state = seed;
  const codes = Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 0x23 + ((state >>> 16) % 0x50);
  });
  return String.fromCharCode(...codes);
}
