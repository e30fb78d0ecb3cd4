import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'keyproof-summary-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'kms:*',
      Resource: '*',
    },
    { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
  ],
};
writeFileSync(join(folder, 'open.json'), JSON.stringify(policy));

function lint(argv: readonly string[], env: Readonly<Record<string, string>>): string {
  const { stdout } = run('bin/run.js', ['lint', 'open.json', '--no-confirm', ...argv], {
    folder,
    env,
  });
  return stdout;
}

test('annotations leave the rest to the step summary, behind what other steps wrote', () => {
  const file = join(folder, 'summary.md');
  writeFileSync(file, 'before\n');
  const env = { GITHUB_STEP_SUMMARY: file };
  expect(lint(['--format', 'github'], env)).toMatch(/^::error title=public-key-policy,/);
  const summary = readFileSync(file, 'utf8');
  expect(summary).toMatch(/^before\n<!-- keyproof -->\n### keyproof: \d+ errors?/);
  lint(['--format', 'compact', '--output', `github=${join(folder, 'annotations')}`], env);
  expect(readFileSync(file, 'utf8').length).toBeGreaterThan(summary.length);
});

test('other formats, and runs elsewhere, leave it alone', () => {
  const file = join(folder, 'untouched.md');
  writeFileSync(file, '');
  lint(['--format', 'compact'], { GITHUB_STEP_SUMMARY: file });
  expect(lint(['--format', 'github'], { GITHUB_STEP_SUMMARY: '' })).toContain('::error');
  expect(readFileSync(file, 'utf8')).toBe('');
});
