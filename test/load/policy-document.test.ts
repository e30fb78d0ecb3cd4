import { describe, expect, test } from 'vitest';
import { showText } from '../../src/source/index.js';
import { loadOf, messagesOf } from './memory.js';

const statement = (element: object): object => ({
  Effect: 'Allow',
  Action: 'kms:*',
  Resource: '*',
  ...element,
});
const document = (...elements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: elements.map(statement) });

const root = (account: string) => ({ Principal: { AWS: `arn:aws:iam::${account}:root` } });
const keyPolicy = document(root('111122223333'));
const identity = document({});

function kindsOf(contents: Readonly<Record<string, string>>, kinds = {}): readonly string[] {
  const { inventory } = loadOf(contents, { settings: { kinds } });
  return [
    ...inventory.keys.map(() => 'key-policy'),
    ...inventory.documents.map((each) => each.document.kind),
  ];
}

describe('a bare policy document', () => {
  test.each([
    ['one document', keyPolicy],
    ['a JSON string of one', JSON.stringify(keyPolicy)],
    ['a JSON string of a JSON string of one', JSON.stringify(JSON.stringify(keyPolicy))],
    ['a list of one', `[${keyPolicy}]`],
    ['one statement', JSON.stringify(statement(root('111122223333')))],
    ['a list of statements', JSON.stringify([statement(root('111122223333'))])],
  ])('may be written as %s', (_, text) => {
    const loaded = loadOf({ 'a.json': text });
    expect(messagesOf(loaded)).toEqual([]);
    expect(loaded.inventory.keys).toMatchObject([
      {
        account: '111122223333',
        accountAssumed: true,
        policy: { version: '2012-10-17', statements: [{ effect: 'Allow' }] },
      },
    ]);
  });

  test('in YAML may be several, and has its comments read', () => {
    const yaml = [
      '# keyproof-disable unmanageable-key -- an enclave key',
      'Statement:',
      '  - { Effect: Allow, Principal: "*", Action: kms:Decrypt, Resource: "*" }',
      '---',
      'Statement: { Effect: Allow, Principal: "*", Action: kms:*, Resource: "*" }',
    ].join('\r\n');
    const { inventory } = loadOf({ 'keys/a.yaml': yaml });
    expect(inventory.keys.map(({ unit, address }) => [unit, address])).toEqual([
      ['keys/a.yaml', 'a'],
      ['keys/a.yaml#2', 'a#2'],
    ]);
    expect(inventory.directives).toMatchObject([{ scope: 'file', rules: ['unmanageable-key'] }]);
  });

  test('with a byte order mark and Windows line ends is read as any other', () => {
    const text = `\uFEFF${keyPolicy.replaceAll(',', ',\r\n')}`;
    expect(messagesOf(loadOf({ 'a.json': text }))).toEqual([]);
  });

  test('that a template includes has its functions worked out', () => {
    const text = document({
      Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
    });
    const [key] = loadOf({ 'key-policy.json': text }).inventory.keys;
    const [read] = key?.policy?.statements ?? [];
    const form = read?.kind === 'statement' ? read.principal?.entries[0]?.form : undefined;
    expect(form).toEqual({ kind: 'account', account: key?.account });
    expect(showText(key?.account ?? '')).toBe('${AWS::AccountId}');
  });

  test('keeps its neighbours where one statement is wrong', () => {
    const text = document(root('111122223333'), { ...root('111122223333'), Effect: 'allow' });
    const loaded = loadOf({ 'a.json': text });
    const [key] = loaded.inventory.keys;
    expect(key?.policy?.statements.map(({ kind }) => kind)).toEqual(['statement', 'broken']);
    expect(messagesOf(loaded)).toHaveLength(1);
  });
});

describe('the kind of a bare policy document', () => {
  // What the grammar alone allows is held to its table in test/policy/kinds.test.ts.
  test('is what the grammar alone allows, where that is one', () => {
    expect(kindsOf({ 'scps/boundary.json': keyPolicy })).toEqual(['key-policy']);
  });

  test.each([
    ['iam/app.json', 'identity'],
    ['policies/app-role-policy.json', 'identity'],
    ['aws-managed-policies/ReadOnlyAccess.json', 'identity'],
    ['service-control-policies/deny.json', 'scp'],
    ['org/scp-regions.json', 'scp'],
    ['iam/boundaries/dev.json', 'boundary'],
    ['iam/permissions-boundary.json', 'boundary'],
    ['session-policy.json', 'session'],
    ['app.json', 'unknown'],
    ['escapade/app.json', 'unknown'],
  ])('without Principal is read off the path: %s is %s', (path, kind) => {
    expect(kindsOf({ [path]: identity })).toEqual([kind]);
  });

  const anyone = document({ Principal: '*', Action: '*' });
  test.each([
    ['key-policies/orders.json', 'key-policy'],
    ['policies/keys/orders.json', 'key-policy'],
    ['kms/orders.json', 'key-policy'],
    ['kms/bucket-policy.json', 'resource'],
    ['s3/orders-bucket-key-policy.json', 'key-policy'],
    ['queues/orders.json', 'resource'],
    ['vpce/s3.json', 'endpoint'],
    ['rcps/orders.json', 'rcp'],
    ['monkeys/orders.json', 'unknown'],
  ])('with Principal is read off the path: %s is %s', (path, kind) => {
    expect(kindsOf({ [path]: anyone })).toEqual([kind]);
  });

  test('is never one that the grammar rules out, whatever the path says', () => {
    expect(kindsOf({ 'key-policies/orders.json': identity })).toEqual(['unknown']);
  });

  test('is what the configuration says, before all else', () => {
    const kinds = { 'policies/**': 'identity', 'policies/org/*.json': 'scp' };
    expect(
      kindsOf({ 'policies/a.json': identity, 'policies/org/b.json': identity }, kinds),
    ).toEqual(['identity', 'scp']);
  });
});

describe('the owner of a bare key policy', () => {
  const keyOf = (text: string, settings = {}) => {
    const [key] = loadOf({ 'k/a.json': text }, { settings }).inventory.keys;
    return {
      account: showText(key?.account ?? ''),
      assumed: key?.accountAssumed,
      arn: showText(key?.arn ?? ''),
    };
  };

  test('is the account that the configuration says', () => {
    expect(keyOf(keyPolicy, { account: '444455556666', region: 'cn-north-1' })).toEqual({
      account: '444455556666',
      assumed: undefined,
      arn: 'arn:aws-cn:kms:cn-north-1:444455556666:key/${KeyId}',
    });
  });

  test('is else the one account that it delegates to, which is said to be assumed', () => {
    expect(keyOf(keyPolicy)).toEqual({
      account: '111122223333',
      assumed: true,
      arn: 'arn:${AWS::Partition}:kms:${AWS::Region}:111122223333:key/${KeyId}',
    });
  });

  test('is else unknown', () => {
    const two = document(root('111122223333'), root('444455556666'));
    expect(keyOf(two)).toMatchObject({ account: '${AWS::AccountId}', assumed: undefined });
  });
});
