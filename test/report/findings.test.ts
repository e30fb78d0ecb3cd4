import { describe, expect, test } from 'vitest';
import { renderStepSummary, reporters, type LintReport } from '../../src/report/index.js';
import type { Finding } from '../../src/lint/index.js';
import { reportsOf } from './hostile.js';
import { finding, report } from './sample.js';

const page = { width: 100, color: false };
const [compact, github, gitlab, junit, markdown] = await Promise.all([
  reporters.compact(),
  reporters.github(),
  reporters.gitlab(),
  reporters.junit(),
  reporters.markdown(),
]);

function lintOf(findings: readonly Finding[]): LintReport {
  return { ...report, diagnostics: [], findings };
}

function manyOf(number: number): LintReport {
  const warning = { ...finding, severity: 'warning' as const };
  return lintOf([...Array.from({ length: number - 1 }, () => warning), finding]);
}

test('a suppressed finding counts for nothing where people look', () => {
  const one = lintOf([{ ...finding, suppressed: { by: 'config', reason: 'deliberate' } }]);
  expect(compact(one, page)).toBe('');
  expect(github(one, page)).toBe('');
  expect(JSON.parse(gitlab(one, page))).toEqual([]);
  expect(junit(one, page)).toContain('failures="0"');
  expect(markdown(one, page)).toMatch(/### keyproof: nothing found\n[^]*1 suppressed/);
});

describe('github', () => {
  test('annotates the ten worst problems, and says that there are more', () => {
    const lines = github(manyOf(30), page).trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[0]).toMatch(/^::error title=public-key-policy,file=infra\/orders\.yaml,line=6,/);
    expect(lines.slice(1, 10).every((line) => line.startsWith('::warning '))).toBe(true);
    expect(lines[10]).toBe('10 of 30 problems are annotated; the step summary has more');
  });

  test('says in one annotation why the gate is shut', () => {
    const [line] = github(reportsOf('name').gate, page).split('\n');
    expect(line).toBe('::error title=gate::name');
  });
});

describe('gitlab', () => {
  test('tells problems apart that have the same words', () => {
    const [problem] = report.diagnostics;
    if (problem === undefined) throw new Error('the sample has a problem');
    const text = gitlab({ ...report, diagnostics: [problem, problem] }, page);
    const issues = JSON.parse(text) as readonly { readonly fingerprint: string }[];
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    expect(issues.slice(0, 2)).toMatchObject([{ severity: 'critical' }, { severity: 'critical' }]);
  });
});

describe('junit', () => {
  test('passes where nothing is found, and is the same in every run', () => {
    const clean = lintOf([]);
    expect(junit(clean, page)).toContain(
      '<testcase classname="infra/orders.yaml" name="nothing found"',
    );
    expect(junit(report, page)).toBe(junit(report, page));
  });
});

describe('markdown', () => {
  test('fits into a comment, the worst first, and says how many are left out', () => {
    const text = markdown(manyOf(500), page);
    expect(text.length).toBeLessThanOrEqual(65_536);
    const shown = text.match(/<details>/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(20);
    expect(text).toContain(`_${500 - shown} more findings are left out`);
    expect(text.indexOf('<b>error</b>')).toBeLessThan(text.indexOf('<b>warning</b>'));
    expect(text.trimEnd().endsWith('</sub>')).toBe(true);
  });

  test('has room for all others beside a finding that is a page long', () => {
    const long = '@'.repeat(100_000);
    const one = { ...finding, message: long, why: long, fix: long };
    const text = markdown(lintOf([one, ...report.findings]), page);
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text.match(/<details>/g)).toHaveLength(4);
    expect(text).toContain('… (99000 characters more)');
  });

  test('as the summary of a step has room for more', async () => {
    const text = (await renderStepSummary(manyOf(3000))) ?? '';
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_048_576);
    expect(text.length).toBeGreaterThan(500_000);
  });

  test('begins with what access changes', () => {
    const text = markdown(reportsOf('name').gate, page);
    const order = ['<!-- keyproof -->', 'may not be deployed', '#### Access', '<b>gained:</b>'];
    const rest = ['<b>lost:</b>', '#### Problems', '#### New findings', '#### Failed policy tests'];
    const places = [...order, ...rest].map((part) => text.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBe(0);
  });
});
