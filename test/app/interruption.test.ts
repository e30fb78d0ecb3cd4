import { describe, expect, test } from 'vitest';
import { lint, test as runTests } from '../../src/app/index.js';
import type { Host } from '../../src/host/index.js';
import type { LintReport } from '../../src/report/index.js';
import { memoryHost } from './memory-host.js';

const everybody = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
const root = { AWS: 'arn:aws:iam::111122223333:root' };
const delegation = { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' };
const policy = JSON.stringify({ Version: '2012-10-17', Statement: [delegation, everybody] });
const question = { principals: 'anyone', action: 'kms:Decrypt', resource: 'a' };
const promise = { question, expect: 'when' };

/** A machine on which somebody interrupts when some work has come so far. */
function hostUntil(what: string, done: number, written: string[] = []): Host {
  const files = {
    'a.key-policy.json': policy,
    'b.key-policy.json': policy,
    'keyproof.config.json': JSON.stringify({
      suppressions: [
        { rules: ['wildcard-principal-weak-condition'], files: ['*.json'], reason: 'known' },
      ],
    }),
    'a.kms-test.json': JSON.stringify({
      tests: ['one', 'two', 'three'].map((name) => ({ name, ...promise })),
    }),
  };
  let isStopped = false;
  return {
    ...memoryHost(files),
    workingDirectory: '/estate',
    write: (path) => {
      written.push(path);
      return undefined;
    },
    progress: {
      note: () => undefined,
      pause: (unit, count) => {
        isStopped ||= unit === what && count >= done;
        return Promise.resolve(isStopped ? 'stop' : 'go-on');
      },
      end: () => undefined,
    },
  };
}

async function lintOn(host: Host, use: 'read' | 'write' = 'read'): Promise<LintReport> {
  const report = await lint(
    {
      estate: { paths: ['.'], parameters: [], emptiness: 'refused' },
      rules: [],
      confirmation: { runs: 5, seed: 1 },
      severities: ['error', 'warning', 'info'],
      baseline: { use },
    },
    host,
  );
  if (report.kind === 'mistake') throw new Error(report.message);
  return report;
}

const codes = ({ diagnostics }: Pick<LintReport, 'diagnostics'>): readonly string[] =>
  diagnostics.map(({ code }) => code);

describe('a run that is interrupted', () => {
  test('while rules are applied tells what those found that were, and says how many that is', async () => {
    const none = await lintOn(hostUntil('rules applied', 0));
    expect(none.findings).toEqual([]);
    expect(codes(none)).toEqual(['interrupted']);
    expect(none.diagnostics[0]?.message).toMatch(/^interrupted: 0 of \d+ rules/);
    const whole = await lintOn(hostUntil('nothing', 0));
    const some = await lintOn(hostUntil('rules applied', 999));
    expect(some.findings).toEqual(whole.findings);
    expect(codes(whole)).toEqual([]);
  });

  test('calls no suppression unused whose rule was not applied', async () => {
    const whole = await lintOn(hostUntil('nothing', 0));
    expect(whole.findings.map(({ ruleId }) => ruleId)).toContain('unused-suppression');
    const none = await lintOn(hostUntil('rules applied', 0));
    expect(none.findings).toEqual([]);
  });

  test('while findings are tried tells all of them, those that were not tried as such', async () => {
    const { findings, diagnostics } = await lintOn(hostUntil('findings tried', 1));
    const open = findings.filter(({ ruleId }) => ruleId === 'public-key-policy');
    expect(open.map(({ confirmation }) => confirmation)).toMatchObject([
      { kind: 'confirmed' },
      { kind: 'unsimulated', reason: 'the run was interrupted' },
    ]);
    expect(diagnostics[0]?.message).toMatch(/^interrupted: 1 of \d+ findings were tried/);
  });

  test('writes no baseline', async () => {
    const written: string[] = [];
    const report = await lintOn(hostUntil('findings tried', 1, written), 'write');
    expect(written).toEqual([]);
    expect(codes(report)).toContain('baseline-not-written');
  });

  test('tells how the policy tests came out that were run', async () => {
    const host = hostUntil('policy tests run', 2);
    const report = await runTests({ paths: ['.'], parameters: [], emptiness: 'refused' }, host);
    if (report.kind === 'mistake') throw new Error(report.message);
    expect(report.tests.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(codes(report)).toEqual(['interrupted']);
    expect(report.diagnostics[0]?.message).toContain('2 of 3 policy tests');
  });
});
