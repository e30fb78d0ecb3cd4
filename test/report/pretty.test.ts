import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reporters, type LintReport, type Report } from '../../src/report/index.js';
import { allowed, finding, report, requestOf, source, spanOf } from './sample.js';

const pretty = await reporters.pretty();
const plain = (subject: Report, width = 100): string => pretty(subject, { width, color: false });

function withMessage(message: string): LintReport {
  return { ...report, findings: [{ ...finding, message }] };
}

describe('a finding', () => {
  test('says where, what, why, what to do, what was tried and where to read more', () => {
    const text = plain(report);
    expect(text).toContain('6:5  error  any AWS principal can call');
    expect(text).toContain('    > 6 |     Principal: "*"\n        |     ^^^^^^^^^^^^^^');
    expect(text).toContain('    why    the key policy allows Principal `*`');
    expect(text).toContain('    fix    name the principals');
    expect(text).toContain('    proof  confirmed by execution (1 run, seed 1)');
    expect(text).toContain('           1. arn:aws:iam::999999999999:role/outsider');
    expect(text).toContain('allowed by key policy (`Everyone` at infra/orders.yaml:4:5)');
    expect(text).toContain('    more   keyproof explain public-key-policy');
  });

  test('that was not confirmed says how hard it was tried', () => {
    expect(plain(report)).toContain('not confirmed: no attempt succeeded (100 runs, seed 1)');
  });

  test('that cannot be simulated says why', () => {
    expect(plain(report)).toContain('not simulated: a trail records calls, it makes none');
  });

  test('marks the first line of a statement of many', () => {
    const span = { source, start: spanOf('Sid: Admins').start, end: source.text.length };
    const text = plain({ ...report, findings: [{ ...finding, span }] });
    expect(text.match(/\^+/g)).toEqual(['^^^^^^^^^^^', '^^^^^^^^^^']);
  });

  test('in one long line shows the part around its place', () => {
    const long = { path: 'one-line.json', text: `{${'"a":1,'.repeat(2000)}"Principal":"*"}` };
    const span = spanOf('"Principal":"*"', long);
    const lines = plain({ ...report, findings: [{ ...finding, span, related: [] }] }, 80).split(
      '\n',
    );
    const at = lines.findIndex((line) => line.includes('^'));
    expect(lines[at - 1]).toContain('"Principal":"*"');
    expect(lines[at - 1]?.length).toBeLessThanOrEqual(80);
    const marked = lines[at]?.lastIndexOf('^') ?? 0;
    expect(lines[at - 1]?.slice(lines[at]?.indexOf('^'), marked + 1)).toBe('"Principal":"*"');
  });
});

describe('the summary', () => {
  test('counts findings by severity and by what execution showed', () => {
    expect(plain(report).trimEnd().split('\n').slice(-3)).toEqual([
      '1 error, 1 warning, 1 info, 1 problem with the input',
      '1 confirmed by execution, 1 not confirmed, 1 not simulated, 1 refuted by execution and dropped',
      '3 files read · 12 skipped · 2 keys · 5 principals · 312 ms',
    ]);
  });

  test('of a clean run is two lines', () => {
    const clean = {
      ...report,
      findings: [],
      diagnostics: [],
      summary: { ...report.summary, refuted: 0 },
    };
    expect(plain(clean).split('\n')).toHaveLength(3);
  });
});

describe('a decision', () => {
  test('shows every layer, and what was assumed', () => {
    const request = requestOf('arn:aws:iam::111122223333:role/app', 'kms:Decrypt');
    const text = plain({ kind: 'decision', request, authorization: allowed, diagnostics: [] });
    expect(text).toContain('Allow  arn:aws:iam::111122223333:role/app');
    expect(text).toContain(
      '  key policy         allows          `Everyone`  infra/orders.yaml:4:5',
    );
    expect(text).toContain('  IAM policies       not supplied');
    expect(text).toContain('    no SCPs of the account were supplied  111122223333');
  });
});

describe('on any page', () => {
  test('prose stays within the width', () => {
    const words = 'the quick brown fox jumps over the lazy dog and '.repeat(8).trim();
    for (const width of [60, 80, 120]) {
      const longest = Math.max(
        ...plain(withMessage(words), width)
          .split('\n')
          .filter((line) => !/arn:|infra\//.test(line))
          .map((line) => line.length),
      );
      expect(longest).toBeLessThanOrEqual(width);
    }
  });

  test('without colour there is no escape; with colour there is nothing else than colour', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (message, path) => {
        const nasty = {
          ...withMessage(message),
          findings: [
            { ...finding, message, span: { ...finding.span, source: { path, text: message } } },
          ],
        };
        expect(plain(nasty)).not.toMatch(/[^\P{Cc}\n]/u);
        const colored = pretty(nasty, { width: 80, color: true });
        // eslint-disable-next-line no-control-regex -- the escapes are what is looked for
        expect(colored.replace(/\u001b\[\d+m/g, '')).not.toMatch(/[^\P{Cc}\n]/u);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});
