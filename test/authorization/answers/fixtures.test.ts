import { describe, expect, test } from 'vitest';
import { runPolicyTest } from '../../../src/policy-tests/index.js';
import { questionFiles } from './question-files.js';

const files = questionFiles();

describe.each(files.map((file) => [file.name, file] as const))('%s', (_, file) => {
  test.each(file.tests.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const { actual, missing } = runPolicyTest(one, file.inventory);
    expect({ answer: actual, missing: actual === 'unknown' ? [] : missing }).toEqual({
      answer: one.expect,
      missing: [],
    });
  });

  test('each question is readable, says why it is answered so, and cites its fact', () => {
    const lines = file.text.split('\n');
    const uncited = lines.filter(
      (line, index) =>
        line.startsWith('  - name:') &&
        !/^ {2}# .+ \(facts \S+ [\d.]+\)$/.test(lines[index - 1] ?? ''),
    );
    expect(uncited).toEqual([]);
    expect(file.diagnostics).toEqual([]);
    expect(file.tests.map(({ kind }) => kind)).toEqual(file.tests.map(() => 'question'));
  });
});

test('the questions are many, have every answer, and no two of a file share a name', () => {
  const all = files.flatMap(({ name, tests }) => tests.map((one) => `${name} ${one.name}`));
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(80);
  const answers = new Set(files.flatMap(({ tests }) => tests.map((one) => one.expect)));
  expect([...answers].sort()).toEqual(['always', 'never', 'unknown', 'when']);
});
