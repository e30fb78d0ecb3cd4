import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyInventory, merge, type Inventory, type Key } from '../../src/inventory/index.js';
import { parsePolicy } from '../../src/policy/index.js';
import { hole, parseJson, startOf, type Span } from '../../src/source/index.js';

const ARN = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const fileOf = (path: string): Span => ({ source: { path, text: '\n\n' }, start: 1, end: 2 });

const definedIn = (path: string) => ({ address: ARN, unit: path, span: fileOf(path) });

function keyIn(path: string, fields: Partial<Key> = {}): Inventory {
  const named = { arn: ARN, account: '111122223333', region: 'us-east-1' };
  return { ...emptyInventory, keys: [{ ...definedIn(path), ...named, ...fields }] };
}

function policyFor(action: string, path = 'p.json') {
  const text = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
  const { value } = parseJson({ path, text });
  if (value === undefined) throw new Error('the policy of this test is no JSON');
  return parsePolicy(value, 'key-policy').value;
}

const messagesOf = ({ diagnostics }: ReturnType<typeof merge>): readonly string[] =>
  diagnostics.map(
    ({ severity, message, span }) =>
      `${severity} ${span.source.path}:${startOf(span).line} ${message}`,
  );

describe('what several files say of one key', () => {
  test('is one key where they say different things about it', () => {
    const policy = policyFor('kms:*');
    const grant = { id: 'g1', grantee: 'r', operations: ['Decrypt'], span: fileOf('c') };
    const merged = merge([
      keyIn('a', { spec: 'SYMMETRIC_DEFAULT' }),
      keyIn('b', { policy }),
      keyIn('c', { grants: [grant], aliases: ['alias/a'] }),
    ]);
    expect(merged.diagnostics).toEqual([]);
    expect(merged.value.keys).toEqual([
      {
        ...keyIn('a').keys[0],
        spec: 'SYMMETRIC_DEFAULT',
        policy,
        grants: [grant],
        aliases: ['alias/a'],
      },
    ]);
  });

  test('is one key where they say the same, at other places', () => {
    const merged = merge([
      keyIn('a', { policy: policyFor('kms:*', 'a.json') }),
      keyIn('b', { policy: policyFor('kms:*', 'b.json') }),
    ]);
    expect(merged.value.keys).toHaveLength(1);
    expect(merged.diagnostics).toEqual([]);
  });

  test('stays two variants where they contradict, each with what nobody contradicts', () => {
    const [one, other] = [policyFor('kms:*'), policyFor('kms:Decrypt')];
    const merged = merge([
      keyIn('a', { state: 'Enabled' }),
      keyIn('b', { policy: one }),
      keyIn('c', { policy: other }),
    ]);
    expect(merged.value.keys).toMatchObject([
      { unit: 'b', state: 'Enabled', policy: one },
      { unit: 'c', state: 'Enabled', policy: other },
    ]);
    expect(messagesOf(merged)).toEqual([
      `warning c:2 the key \`${ARN}\` is defined here and in \`b\` line 2, with different policy`,
    ]);
  });

  test('has the grants and aliases of all of them', () => {
    const grant = (id: string) => ({ id, grantee: 'r', operations: [], span: fileOf('x') });
    const merged = merge([
      keyIn('a', { grants: [grant('g1'), grant('g2')], aliases: ['alias/a'] }),
      keyIn('b', { grants: [grant('g2'), grant('g3')], aliases: ['alias/b'] }),
    ]);
    expect(merged.value.keys[0]?.grants?.map(({ id }) => id)).toEqual(['g1', 'g2', 'g3']);
    expect(merged.value.keys[0]?.aliases).toEqual(['alias/a', 'alias/b']);
    expect(merged.diagnostics).toEqual([]);
  });

  test('is one key even where only another file tells its account and Region', () => {
    const account = hole('b', 'AWS::AccountId');
    const region = hole('b', 'AWS::Region');
    const arn = ARN.replace('us-east-1', region).replace('111122223333', account);
    const merged = merge([
      keyIn('a', { arn, account, region, rotation: true }),
      keyIn('b', { spec: 'RSA_2048' }),
    ]);
    expect(merged.value.keys).toMatchObject([
      { arn: ARN, account: '111122223333', region: 'us-east-1', rotation: true, spec: 'RSA_2048' },
    ]);
  });

  test('is not joined to one of two related multi-Region keys', () => {
    const arn = (region: string) =>
      `arn:aws:kms:${region}:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
    const region = hole('c', 'AWS::Region');
    const merged = merge([
      keyIn('a', { arn: arn('us-east-1') }),
      keyIn('b', { arn: arn('eu-west-1'), region: 'eu-west-1' }),
      keyIn('c', { arn: arn(region), region }),
    ]);
    expect(merged.value.keys).toHaveLength(3);
  });

  test('does not depend on the order of the files, but for which stands first', () => {
    const parts = [
      keyIn('a', { spec: 'RSA_2048', policy: policyFor('kms:*') }),
      keyIn('b', { state: 'Enabled' }),
      keyIn('c', { policy: policyFor('kms:Decrypt'), rotation: true }),
      keyIn('d', { spec: 'RSA_2048', tags: new Map([['a', 'b']]) }),
    ];
    const known = (part: Inventory): readonly string[] =>
      part.keys
        .map(({ spec, state, policy, rotation, tags }) =>
          JSON.stringify([
            spec,
            state,
            rotation,
            [...(tags ?? [])],
            policy?.statements.map(
              (each) => each.kind === 'statement' && each.action?.patterns[0]?.text,
            ),
          ]),
        )
        .sort();
    const expected = known(merge(parts).value);
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        expect(known(merge(shuffled).value)).toEqual(expected);
      }),
      { seed: 1, numRuns: 24 },
    );
  });
});

describe('what several files say of one account, role or alias', () => {
  test('completes an account that one of them only names', () => {
    const account = { ...definedIn('a'), id: '111122223333' };
    const merged = merge([
      { ...emptyInventory, accounts: [account] },
      { ...emptyInventory, accounts: [{ ...account, organization: 'o-a', unit: 'b' }] },
    ]);
    expect(merged.value.accounts).toEqual([{ ...account, organization: 'o-a' }]);
  });

  test('gives a role its policies from each, as long as names tell them apart', () => {
    const role = {
      ...definedIn('a'),
      kind: 'role' as const,
      arn: 'arn:aws:iam::111122223333:role/app',
      account: '111122223333',
      name: 'app',
      serviceLinked: false,
      fixedName: true,
    };
    const withPolicy = (name: string, action: string): Inventory => ({
      ...emptyInventory,
      principals: [{ ...role, policies: [{ ...policyFor(action), name }] }],
    });
    const both = merge([withPolicy('a', 'kms:Decrypt'), withPolicy('b', 'kms:Encrypt')]);
    expect(both.value.principals[0]?.policies?.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(both.diagnostics).toEqual([]);
    const contradiction = merge([withPolicy('a', 'kms:Decrypt'), withPolicy('a', 'kms:Encrypt')]);
    expect(contradiction.value.principals).toHaveLength(2);
    expect(contradiction.diagnostics).toHaveLength(1);
  });

  test('takes a key id and the ARN that ends in it for one target', () => {
    const alias = { ...definedIn('a'), name: 'alias/a', account: '1', region: 'us-east-1' };
    const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
    const merged = merge([
      { ...emptyInventory, aliases: [{ ...alias, target: id }] },
      { ...emptyInventory, aliases: [{ ...alias, target: ARN }] },
    ]);
    expect(merged.value.aliases).toEqual([{ ...alias, target: ARN }]);
  });

  test('closes a kind for the run where one of them lists all of it', () => {
    const merged = merge([
      { ...emptyInventory, complete: new Set(['principals']) },
      { ...emptyInventory, complete: new Set(['scps']) },
    ]);
    expect(merged.value.complete).toEqual(new Set(['principals', 'scps']));
  });
});

test('a resource with two keys in one template is no contradiction, in two files it is', () => {
  const table = (unit: string, key: string): Inventory => ({
    ...emptyInventory,
    dependants: [
      {
        ...definedIn(unit),
        service: 'rds',
        type: 'instance',
        arn: 'arn:aws:rds:us-east-1:111122223333:db:orders',
        account: '111122223333',
        region: 'us-east-1',
        key,
      },
    ],
  });
  const one = merge([table('a', 'alias/x'), table('a', 'alias/y')]);
  expect([one.value.dependants.length, one.diagnostics.length]).toEqual([2, 0]);
  const two = merge([table('a', 'alias/x'), table('b', 'alias/y')]);
  expect([two.value.dependants.length, two.diagnostics.length]).toEqual([2, 1]);
});
