import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { load } from '../../../src/load/index.js';
import { emptyInventory, type Inventory } from '../../../src/inventory/index.js';
import { parsePolicyTests, runPolicyTest } from '../../../src/policy-tests/index.js';
import type { DecisionTest, PolicyTestFile } from '../../../src/policy-tests/index.js';
import { filesUnder } from '../../load/disk.js';

const folder = 'fixtures/authorization';
const shared = '../shared/cases/decisions.kms-test.jsonl';

const files = filesUnder('.');

function parsed(path: string): PolicyTestFile {
  const { value, diagnostics } = parsePolicyTests(
    { path, text: readFileSync(path, 'utf8') },
    files,
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return value;
}

function inventoryOf({ inventory }: PolicyTestFile): Inventory {
  if (inventory.length === 0) return emptyInventory;
  const paths = inventory.map(({ path }) => `${folder}/${path.replace('./', '')}`);
  const settingsOf = () => ({ parameters: {}, kinds: {} });
  const { inventory: loaded, diagnostics } = load({ paths, files, settingsOf });
  expect(diagnostics).toEqual([]);
  return loaded;
}

function decisionsOf(file: PolicyTestFile): readonly DecisionTest[] {
  return file.tests.filter((one): one is DecisionTest => one.kind === 'decision');
}

const fixtures = readdirSync(folder).filter((name) => name.includes('.kms-test.'));

describe.each(fixtures)('%s', (name) => {
  const file = parsed(`${folder}/${name}`);
  const inventory = inventoryOf(file);

  test.each(decisionsOf(file).map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const { actual, missing } = runPolicyTest(one, inventory);
    const wanted = one.expect === 'Deny' ? actual.replace(/^(Im|Ex)plicit/, '') : actual;
    expect({ decision: wanted, missing }).toEqual({
      decision: one.expect,
      missing: one.expect === 'Unknown' ? missing : [],
    });
  });
});

test('each fixture cites its fact', () => {
  const uncited = fixtures.flatMap((name) =>
    readFileSync(`${folder}/${name}`, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('  - name:') && !/ # facts \S+ [\d.]+$/.test(line)),
  );
  expect(uncited).toEqual([]);
});

test.skipIf(!existsSync(shared))('the decisions that the guides of AWS state', () => {
  const wrong = decisionsOf(parsed(shared))
    .map((one) => runPolicyTest(one, emptyInventory))
    .filter(({ passed }) => !passed);
  expect(
    wrong.map(({ test: { name, expect: wanted }, actual }) => ({ name, wanted, actual })),
  ).toEqual([]);
});
