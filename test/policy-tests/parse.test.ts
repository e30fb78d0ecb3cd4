import { describe, expect, test } from 'vitest';
import { emptyInventory } from '../../src/inventory/index.js';
import { parsePolicyTests, runPolicyTest } from '../../src/policy-tests/index.js';
import type { DecisionTest } from '../../src/policy-tests/index.js';
import { startOf, type Files } from '../../src/source/index.js';

const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ann = 'arn:aws:iam::111122223333:user/ann';

const inline = {
  name: 'ann decrypts',
  request: { principal: ann, action: 'kms:Decrypt', resource: key },
  policies: {
    identity: [],
    resource: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: ann }, Action: 'kms:Decrypt', Resource: '*' },
    },
  },
  expect: 'Allow',
};

const noFiles: Files = { read: () => undefined, list: () => [] };

function parsed(text: string, path = 'a.kms-test.yaml', files: Files = noFiles) {
  const { value, diagnostics } = parsePolicyTests({ path, text }, files);
  return {
    ...value,
    decisions: value.tests.filter((one): one is DecisionTest => one.kind === 'decision'),
    problems: diagnostics.map(({ message, span }) => `${startOf(span).line}: ${message}`),
  };
}

function outcomes(tests: readonly DecisionTest[]): readonly string[] {
  return tests.map((one) => runPolicyTest(one, emptyInventory).actual);
}

describe('policy tests are read', () => {
  test('from YAML', () => {
    const { decisions, problems, inventory } = parsed(
      ['inventory: [./estate.yaml]', `tests: [${JSON.stringify(inline)}]`].join('\n'),
    );
    expect(problems).toEqual([]);
    expect(inventory.map(({ path }) => path)).toEqual(['./estate.yaml']);
    expect(outcomes(decisions)).toEqual(['Allow']);
  });

  test('from JSON', () => {
    const { decisions, problems } = parsed(JSON.stringify({ tests: [inline] }), 'a.kms-test.json');
    expect(problems).toEqual([]);
    expect(outcomes(decisions)).toEqual(['Allow']);
  });

  test('from JSON Lines, one a line', () => {
    const other = { ...inline, name: 'bob', request: { ...inline.request, principal: `${ann}b` } };
    const lines = [inline, other].map((one) => JSON.stringify(one)).join('\n');
    const { decisions, problems } = parsed(`${lines}\n`, 'a.kms-test.jsonl');
    expect(problems).toEqual([]);
    expect(outcomes(decisions)).toEqual(['Allow', 'ImplicitDeny']);
    expect(decisions.map(({ span }) => startOf(span).line)).toEqual([1, 2]);
  });

  test('with policies of files beside them, under a name or not', () => {
    const { identity, resource } = inline.policies;
    const files: Files = {
      read: (path) =>
        path === 'tests/key.json' ? new TextEncoder().encode(JSON.stringify(resource)) : undefined,
      list: () => [],
    };
    const policies = { identity, resource: { name: 'key', document: 'key.json' } };
    const { decisions, problems } = parsed(
      JSON.stringify({ ...inline, policies }),
      'tests/a.kms-test.jsonl',
      files,
    );
    expect(problems).toEqual([]);
    expect(outcomes(decisions)).toEqual(['Allow']);
  });

  test('with account ids that YAML takes for numbers', () => {
    const { decisions } = parsed(
      'tests: [{ request: { principal: 011122223333, action: kms:ListKeys, resourceAccountId: 111122223333 }, expect: Deny }]',
    );
    expect(decisions[0]?.request).toMatchObject({
      principal: '011122223333',
      resource: '*',
      resourceAccount: '111122223333',
    });
  });

  test('with questions, which are kept for who can answer them', () => {
    const { tests, problems } = parsed(
      'tests: [{ question: { principals: outside-organization, action: kms:Decrypt, resource: alias/orders }, expect: never }]',
    );
    expect(problems).toEqual([]);
    expect(tests).toMatchObject([{ kind: 'question', expect: 'never' }]);
  });
});

describe('a mistake is shown where it is, and hides no other test', () => {
  const good = JSON.stringify(inline);

  test.each([
    ['{ expect: Allow }', 'the test has neither `request` nor `question`'],
    ['{ request: { action: kms:Decrypt, resource: x }, expect: Allow }', '`principal` is missing'],
    ['{ request: { principal: x, action: kms:Decrypt }, expect: Allow }', '`resource` is missing'],
    ['{ request: { principal: x, action: y:z, resource: x } }', '`expect` is missing'],
    [
      '{ request: { principal: x, action: y:z, resource: x }, expect: Allowed }',
      '`expect` is `Allowed`',
    ],
    [
      '{ request: { principal: x, action: y:z, resource: x, conditions: {} }, expect: Allow }',
      'a request has no `conditions`',
    ],
    [
      '{ request: { principal: anonymous, action: y:z, resource: x }, policies: { scp: [] }, expect: Allow }',
      '`policies` has no `scp`',
    ],
    [
      '{ request: { principal: ann, action: y:z, resource: x }, policies: {}, expect: Allow }',
      '`ann` cannot make a request',
    ],
    [
      `{ request: { principal: '${ann}', principalType: role, action: y:z, resource: x }, policies: {}, expect: Allow }`,
      `\`${ann}\` is no role`,
    ],
    [
      `{ request: { principal: '${ann}', action: y:z, resource: x }, policies: { identity: [gone.json] }, expect: Allow }`,
      'the policy `gone.json` cannot be read: there is no such file',
    ],
    ['17', 'a test is no mapping'],
  ])('%s', (bad, message) => {
    const { decisions, problems } = parsed(`tests:\n  - ${bad}\n  - ${good}\n`);
    expect(problems).toContain(`2: ${message}`);
    expect(decisions.map(({ name }) => name)).toContain('ann decrypts');
  });

  test('a file without tests', () => {
    expect(parsed('inventory: [a.yaml]').problems).toEqual(['1: the file has no `tests`']);
  });
});

test('a principal that nothing tells leaves the decision open', () => {
  const { decisions } = parsed(
    'tests: [{ request: { principal: AppRole, action: kms:Decrypt, resource: alias/x }, expect: Allow }]',
  );
  expect(decisions.map((one) => runPolicyTest(one, emptyInventory))).toMatchObject([
    { actual: 'Unknown', passed: false, missing: [{ of: 'AppRole' }] },
  ]);
});

test('thousands of tests take a few seconds', () => {
  const lines = `${JSON.stringify(inline)}\n`.repeat(3_000);
  const started = performance.now();
  const { decisions } = parsed(lines, 'a.kms-test.jsonl');
  const passed = decisions.filter((one) => runPolicyTest(one, emptyInventory).passed);
  expect(passed).toHaveLength(3_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});
