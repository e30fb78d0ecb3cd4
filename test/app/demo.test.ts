import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { lint } from '../../src/app/index.js';
import { createNodeHost } from '../../src/host/index.js';
import { reporters, type LintReport } from '../../src/report/index.js';
import { invariant } from '../../src/source/index.js';

async function lintDemo(): Promise<LintReport> {
  const report = await lint(
    {
      estate: { paths: ['fixtures/demo'], parameters: [], emptiness: 'refused' },
      rules: [],
      confirmation: { runs: 100, seed: 1 },
      severities: ['error', 'warning', 'info'],
    },
    createNodeHost(),
  );
  invariant(report.kind === 'lint', 'the demo is well formed');
  return report;
}

describe('the demo', () => {
  test('shows confirmed findings of many rules, and nothing that proved false', async () => {
    const { findings, diagnostics, summary } = await lintDemo();
    const confirmed = findings.filter(({ confirmation }) => confirmation.kind === 'confirmed');
    expect(new Set(confirmed.map(({ ruleId }) => ruleId)).size).toBeGreaterThanOrEqual(6);
    expect(diagnostics).toEqual([]);
    expect(summary.refuted).toBe(0);
  });

  test('prints the same twice, whatever happened before', async () => {
    const print = (report: LintReport): object => ({ ...report, summary: {}, timings: {} });
    expect(print(await lintDemo())).toEqual(print(await lintDemo()));
  });

  test('fits the schema of lint', async () => {
    const json = await reporters.json();
    const value: unknown = JSON.parse(json(await lintDemo(), { width: 80, color: false }));
    const schema = JSON.parse(readFileSync('schema/lint.schema.json', 'utf8')) as object;
    const validate = new Ajv().compile(schema);
    expect(validate(value) ? [] : validate.errors).toEqual([]);
  });
});
