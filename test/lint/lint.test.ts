import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call, Exchange } from '../../src/engine/index.js';
import {
  emptyInventory,
  type Caller,
  type Inventory,
  type Key,
} from '../../src/inventory/index.js';
import {
  lint,
  rule,
  type AnyRule,
  type LintSettings,
  type Proof,
  type Scenario,
} from '../../src/lint/index.js';
import { parsePolicy } from '../../src/policy/index.js';
import { hole, parseJson, type Span } from '../../src/source/index.js';

const source = { path: 'estate.yaml', text: 'a key\nand another' };
const at = (start: number, path = source.path): Span => ({
  source: { ...source, path },
  start,
  end: start + 1,
});

const key: Key = {
  arn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  account: '111122223333',
  region: 'us-east-1',
  address: 'Key',
  unit: 'estate',
  span: at(0),
};
const estate: Inventory = { ...emptyInventory, keys: [key] };

const settings: LintSettings = {
  confirm: 'run',
  runs: 20,
  seed: 7,
  expectations: { accounts: [], trustZone: { accounts: [], services: [] }, deployers: [] },
};

const describeKey: Call = {
  kind: 'kms',
  operation: 'DescribeKey',
  input: { KeyId: key.arn },
  caller: 'arn:aws:iam::111122223333:role/app',
  region: 'us-east-1',
};

interface Made {
  readonly scenario: Scenario | { readonly unsimulated: string } | ((claim: string) => Scenario);
  readonly subject?: string;
  readonly span?: Span;
  readonly hangsOn?: string;
  readonly id?: string;
  readonly claim?: string;
}

function made(it: Made): AnyRule {
  const { scenario, subject = 's', span = key.span, hangsOn, id = 'made-up', claim = 'it' } = it;
  return rule<string>({
    meta: {
      id,
      title: 'Made up',
      severity: 'error',
      category: 'hygiene',
      since: '0.1.0',
      sources: [],
      presets: [],
    },
    *detect() {
      yield {
        claim,
        message: `it is so of ${subject}`,
        why: 'because',
        fix: 'change it',
        span,
        address: 'Key',
        subject,
        ...(hangsOn === undefined ? {} : { hangsOn }),
      };
    },
    scenario: (grounded) => (typeof scenario === 'function' ? scenario(grounded) : scenario),
  });
}

type Success = (exchanges: readonly Exchange[]) => boolean;

const all = (claims: Scenario['claims'], succeeded: Success): Scenario => ({
  claims,
  attempts: { kind: 'all', attempts: [[describeKey]] },
  succeeded,
});
const sample = (claims: Scenario['claims'], succeeded: Success): Scenario => ({
  claims,
  attempts: {
    kind: 'sample',
    first: [],
    others: fc.nat(9).map((length) => Array.from({ length }, () => describeKey)),
  },
  succeeded,
});
const always: Success = () => true;
const never: Success = () => false;

async function verdictOf(scenario: Made['scenario']): Promise<string> {
  const { findings, refuted } = await lint(estate, [made({ scenario })], settings);
  return findings[0]?.confirmation.kind ?? `${refuted.length} refuted`;
}

describe('a claim that somebody can', () => {
  test('is confirmed by an attempt that does harm', async () => {
    expect(await verdictOf(all('can', always))).toBe('confirmed');
    expect(await verdictOf(sample('can', always))).toBe('confirmed');
  });

  test('is refuted only where all attempts were made', async () => {
    expect(
      await verdictOf({ ...all('can', never), attempts: { kind: 'all', attempts: [[]] } }),
    ).toBe('1 refuted');
    expect(
      await verdictOf({
        ...sample('can', never),
        attempts: { kind: 'sample', first: [], others: fc.constant([]) },
      }),
    ).toBe('unconfirmed');
  });

  test('is shown by the smallest attempt that was found', async () => {
    const scenario = sample('can', (exchanges) => exchanges.length >= 3);
    const { findings } = await lint(estate, [made({ scenario })], settings);
    expect(findings[0]?.confirmation).toMatchObject({ kind: 'confirmed', proved: false });
    const { confirmation } = findings[0] ?? {};
    expect(confirmation?.kind === 'confirmed' && confirmation.witness).toHaveLength(3);
  });
});

describe('a claim that nobody can', () => {
  const none = { kind: 'all', attempts: [[]] } as const;

  test('is confirmed where no attempt succeeds, and proved where these are all', async () => {
    const { findings } = await lint(
      estate,
      [made({ scenario: { ...all('cannot', never), attempts: none } })],
      settings,
    );
    expect(findings[0]?.confirmation).toMatchObject({ kind: 'confirmed', proved: true });
    const sampled = { kind: 'sample', first: [], others: fc.constant([]) } as const;
    const { findings: others } = await lint(
      estate,
      [made({ scenario: { ...all('cannot', never), attempts: sampled } })],
      settings,
    );
    expect(others[0]?.confirmation).toMatchObject({ kind: 'confirmed', proved: false, seed: 7 });
  });

  test('is refuted by one that does', async () => {
    expect(await verdictOf(all('cannot', always))).toBe('1 refuted');
    expect(await verdictOf(sample('cannot', (exchanges) => exchanges.length > 4))).toBe(
      '1 refuted',
    );
  });

  test('is not confirmed by calls that fail for want of knowledge', async () => {
    // The key policy is not supplied, so that the engine cannot decide and refuses.
    const { findings } = await lint(estate, [made({ scenario: all('cannot', never) })], settings);
    expect(findings[0]).toMatchObject({
      severity: 'warning',
      confirmation: { kind: 'unconfirmed' },
    });
  });
});

describe('a claim that the policies settle', () => {
  const about = (statement: string): { readonly stage: Inventory; readonly proof: Proof } => {
    const source = {
      path: 'policy.json',
      text: `{ "Version": "2012-10-17", "Statement": [${statement}] }`,
    };
    const node = parseJson(source).value;
    if (node === undefined) throw new Error('it is JSON');
    const policy = parsePolicy(node, 'key-policy').value;
    const role: Caller = {
      kind: 'role-session',
      account: key.account,
      roleArn: `arn:aws:iam::${key.account}:role/app`,
      role: 'app',
    };
    const question = {
      caller: role,
      action: 'kms:DescribeKey',
      resource: key.arn,
      context: new Map(),
    };
    return {
      stage: { ...estate, keys: [{ ...key, policy, grants: [] }] },
      proof: { questions: [question], whom: 'the app' },
    };
  };
  const allowed = about(
    `{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/app" }, "Action": "kms:*", "Resource": "*" }`,
  );
  const refused = about(
    `{ "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" }`,
  );
  const succeeded: Success = (exchanges) =>
    exchanges.some(({ outcome }) => outcome.kind === 'succeeded');

  test('is refuted where no request is allowed, however few attempts were made', async () => {
    expect(await verdictOf({ ...sample('can', succeeded), ...refused })).toBe('1 refuted');
    expect(await verdictOf({ ...sample('cannot', never), ...allowed })).toBe('1 refuted');
  });

  test('is proved where it is allowed and was run, or never allowed', async () => {
    const scenarios = [
      { ...sample('can', succeeded), ...allowed },
      { ...sample('cannot', succeeded), ...refused },
    ];
    for (const scenario of scenarios) {
      const { findings } = await lint(estate, [made({ scenario })], settings);
      expect(findings[0]?.confirmation).toMatchObject({ proved: true, whom: 'the app' });
    }
  });

  test('is not confirmed by an answer alone: the engine has to show it', async () => {
    expect(await verdictOf({ ...sample('can', never), ...allowed })).toBe('unconfirmed');
  });

  test('is tried as ever where the answer hangs on what the input does not say', async () => {
    const { proof } = refused;
    const open = { ...sample('cannot', never), proof };
    expect(await verdictOf(open)).toBe('unconfirmed');
  });
});

describe('the severity', () => {
  test('of what cannot be simulated, or is not to be, stays', async () => {
    const scenario = { unsimulated: 'it is about the weather' };
    const { findings } = await lint(estate, [made({ scenario })], settings);
    expect(findings[0]).toMatchObject({
      severity: 'error',
      confirmation: { kind: 'unsimulated', reason: 'it is about the weather' },
    });
    const skipped = await lint(estate, [made({ scenario: all('can', never) })], {
      ...settings,
      confirm: 'skip',
    });
    expect(skipped.findings[0]).toMatchObject({
      severity: 'error',
      confirmation: { kind: 'unsimulated', reason: 'not requested' },
    });
  });

  test('of what hangs on an unknown value is at most a warning, confirmed or not', async () => {
    const hanging = made({ scenario: all('can', always), hangsOn: 'the account' });
    const { findings } = await lint(estate, [hanging], settings);
    expect(findings[0]).toMatchObject({ severity: 'warning', confirmation: { kind: 'confirmed' } });
  });
});

test('what holds for some values of an unknown account and not for others is not confirmed', async () => {
  const account = hole('estate', 'AWS::AccountId');
  const partner = {
    ...key,
    arn: 'arn:aws:kms:us-east-1:444455556666:key/x',
    account: '444455556666',
  };
  const unknown = { ...key, arn: key.arn.replace('111122223333', account), account };
  const inventory = { ...emptyInventory, keys: [partner, unknown] };
  const depends = made({
    claim: account,
    scenario: (claim) => ({
      ...all('can', () => claim === '444455556666'),
      attempts: { kind: 'all', attempts: [[]] },
    }),
  });
  const { findings } = await lint(inventory, [depends], settings);
  expect(findings[0]).toMatchObject({ severity: 'warning', confirmation: { kind: 'unconfirmed' } });
});

describe('a fingerprint', () => {
  const of = async (change: Partial<Made>): Promise<readonly string[]> => {
    const rules = [made({ scenario: all('can', always), ...change })];
    return (await lint(estate, rules, settings)).findings.map(({ fingerprint }) => fingerprint);
  };

  test('has 64 hex digits, and does not change with the place', async () => {
    const [first] = await of({});
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await of({ span: at(3, 'moved/elsewhere.yaml') })).toEqual([first]);
  });

  test('is the same with and without trying', async () => {
    const rules = [made({ scenario: all('can', always) })];
    const { findings } = await lint(estate, rules, { ...settings, confirm: 'skip' });
    expect(findings.map(({ fingerprint }) => fingerprint)).toEqual(await of({}));
  });

  test('tells rules and subjects apart', async () => {
    const prints = [
      ...(await of({})),
      ...(await of({ subject: 't' })),
      ...(await of({ id: 'other' })),
    ];
    expect(new Set(prints).size).toBe(3);
  });
});

test('findings are ordered by file, place and rule, whatever the order of the rules', async () => {
  const scenario = all('can', always);
  const rules = [
    made({ scenario, id: 'b', span: at(5) }),
    made({ scenario, id: 'a', span: at(5) }),
    made({ scenario, id: 'c', span: at(1) }),
    made({ scenario, id: 'd', span: at(9, 'a.yaml') }),
  ];
  for (const some of [rules, rules.toReversed()]) {
    const { findings } = await lint(estate, some, settings);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['d', 'c', 'a', 'b']);
  }
});

test('only the rules that are asked for are applied', async () => {
  const scenario = all('can', always);
  const rules = [made({ scenario, id: 'a' }), made({ scenario, id: 'b' })];
  const { findings, timings } = await lint(estate, rules, { ...settings, rules: ['b'] });
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(['b']);
  expect(timings.map(({ ruleId }) => ruleId)).toEqual(['b']);
});
