import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { load } from '../../../src/load/index.js';
import type { Inventory } from '../../../src/inventory/index.js';
import { parsePolicyTests, runPolicyTest } from '../../../src/policy-tests/index.js';
import type { PolicyTestFile } from '../../../src/policy-tests/index.js';
import { filesUnder } from '../../load/disk.js';

const folder = 'fixtures/authorization/questions';
const files = filesUnder('.');

function parsed(name: string): PolicyTestFile {
  const path = `${folder}/${name}`;
  const text = readFileSync(path, 'utf8');
  const { value, diagnostics } = parsePolicyTests({ path, text }, files);
  expect(diagnostics).toEqual([]);
  return value;
}

function inventoryOf({ inventory }: PolicyTestFile): Inventory {
  const paths = inventory.map(({ path }) => `${folder}/${path.replace('./', '')}`);
  const settingsOf = () => ({ parameters: {}, kinds: {} });
  const { inventory: loaded, diagnostics } = load({ paths, files, settingsOf });
  expect(diagnostics).toEqual([]);
  return loaded;
}

const names = readdirSync(folder).filter((name) => name.endsWith('.kms-test.yaml'));

describe.each(names)('%s', (name) => {
  const file = parsed(name);
  const inventory = inventoryOf(file);

  test.each(file.tests.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(one.kind).toBe('question');
    const { actual, missing } = runPolicyTest(one, inventory);
    expect({ answer: actual, missing: actual === 'unknown' ? [] : missing }).toEqual({
      answer: one.expect,
      missing: [],
    });
  });

  test('each question says why it is answered so, and cites its fact', () => {
    const lines = readFileSync(`${folder}/${name}`, 'utf8').split('\n');
    const uncited = lines.filter(
      (line, index) =>
        line.startsWith('  - name:') &&
        !/^ {2}# .+ \(facts \S+ [\d.]+\)$/.test(lines[index - 1] ?? ''),
    );
    expect(uncited).toEqual([]);
  });
});

test('the questions are many, and no two of a file share a name', () => {
  const all = names.flatMap((name) => parsed(name).tests.map((one) => `${name} ${one.name}`));
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(80);
});
