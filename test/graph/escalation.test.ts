import { describe, expect, test } from 'vitest';
import { createEngine, seededPorts } from '../../src/engine/index.js';
import { escalationsTo, stepText, type Escalation } from '../../src/graph/index.js';
import { loadEstateFile, loadEstateText } from './load-estate.js';

const account = '111122223333';
const iam = `arn:aws:iam::${account}`;
const keyArn = `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

function pathsIn(estate: ReturnType<typeof loadEstateText>): readonly Escalation[] {
  const [key] = estate.keys;
  return key === undefined ? [] : escalationsTo(estate, 'kms:Decrypt', key).paths;
}

function told({ principal, kind, steps }: Escalation): string {
  const calls = steps.map((step) => stepText(step).replaceAll(`${iam}:`, ''));
  return `${principal.replace(`${iam}:`, '')} ${kind}: ${calls.join(', then ')}`.replaceAll(
    keyArn,
    'the key',
  );
}

/** An estate with one key that delegates to IAM, and these principals. */
function estateOf(principals: readonly object[], rest: object = {}): typeof loaded {
  const estate = {
    version: 1,
    complete: ['principals', 'scps', 'rcps', 'boundaries', 'grants'],
    accounts: [{ id: account }],
    principals,
    keys: [{ arn: keyArn, spec: 'SYMMETRIC_DEFAULT', policy: 'default' }],
    ...rest,
  };
  return loadEstateText(JSON.stringify(estate));
}

const loaded = loadEstateFile('fixtures/graph/ways-in.keyproof.yaml');
const allow = (Action: string | readonly string[], rest: object = {}): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*', ...rest }],
});
const trusts = (Principal: object, rest: object = {}): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...rest }],
});
const vault = {
  arn: `${iam}:role/vault`,
  policies: [allow('kms:Decrypt')],
  trustPolicy: trusts({ AWS: `${iam}:role/middle` }),
};

describe('the ways to a key', () => {
  test('are found for each user who has one, and for no other', () => {
    expect(pathsIn(loaded).map(told)).toEqual([
      'user/assumer when: sts:AssumeRole on role/vault',
      'user/key-admin always: kms:PutKeyPolicy on the key',
      'user/grantor always: kms:CreateGrant on the key (Decrypt to user/grantor)',
      'user/self-service always: iam:PutUserPolicy on user/self-service',
      'user/bounded always: iam:PutUserPolicy on user/bounded, then iam:DeleteUserPermissionsBoundary on user/bounded',
      'user/joiner always: iam:AddUserToGroup on group/decrypters',
      'user/truster always: iam:UpdateAssumeRolePolicy on role/vault, then sts:AssumeRole on role/vault',
      'user/coder always: iam:PassRole on role/vault (lambda.amazonaws.com), then lambda:CreateFunction on arn:aws:lambda:us-east-1:111122223333:function:escalation, then lambda:InvokeFunction on arn:aws:lambda:us-east-1:111122223333:function:escalation, then sts:AssumeRole on role/vault',
      'user/tagger always: iam:TagUser on user/tagger (team=red)',
      'user/key-tagger always: kms:TagResource on the key (stage=test)',
      'user/namer always: kms:CreateAlias on arn:aws:kms:us-east-1:111122223333:alias/test-x (alias/test-x)',
    ]);
  });

  test('lead through a chain of roles', () => {
    const middle = {
      arn: `${iam}:role/middle`,
      policies: [],
      trustPolicy: trusts(
        { AWS: account },
        { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
      ),
    };
    const ann = { arn: `${iam}:user/ann`, policies: [allow('sts:AssumeRole')] };
    const [path] = pathsIn(estateOf([vault, middle, ann])).filter(
      ({ principal }) => principal === ann.arn,
    );
    expect(path && told(path)).toBe(
      'user/ann when: sts:AssumeRole on role/middle, then sts:AssumeRole on role/vault',
    );
    expect(path?.steps[0]?.answer).toMatchObject({
      conditions: [[{ key: 'sts:ExternalId', operator: 'StringEquals', values: ['x'] }]],
    });
  });

  test('need both sides across accounts', () => {
    const other = 'arn:aws:iam::444455556666';
    const role = { ...vault, trustPolicy: trusts({ AWS: '444455556666' }) };
    const able = { arn: `${other}:user/able`, policies: [allow('sts:AssumeRole')] };
    const unable = { arn: `${other}:user/unable`, policies: [] };
    const accounts = [{ id: account }, { id: '444455556666' }];
    const found = pathsIn(estateOf([role, able, unable], { accounts })).map(told);
    expect(found).toContain(`${able.arn} always: sts:AssumeRole on role/vault`);
    expect(found.filter((path) => path.startsWith(unable.arn))).toEqual([]);
  });

  test('do not end where a role trusts nobody, or itself in a circle', () => {
    const a = { arn: `${iam}:role/a`, policies: [], trustPolicy: trusts({ AWS: `${iam}:role/b` }) };
    const b = { arn: `${iam}:role/b`, policies: [], trustPolicy: trusts({ AWS: `${iam}:role/a` }) };
    expect(pathsIn(estateOf([a, b]))).toEqual([]);
  });

  test('lead through a new version of a managed policy that is attached', () => {
    const arn = `${iam}:policy/team`;
    const ann = {
      arn: `${iam}:user/ann`,
      policies: [{ arn, policy: allow('iam:CreatePolicyVersion') }],
    };
    expect(pathsIn(estateOf([ann])).map(told)).toEqual([
      'user/ann always: iam:CreatePolicyVersion on policy/team',
    ]);
  });
});

describe('what limits an escalation', () => {
  const ann = { arn: `${iam}:user/ann`, policies: [allow('iam:PutUserPolicy')] };

  test('is a boundary that the principal cannot remove', () => {
    const bounded = { ...ann, permissionsBoundary: allow('iam:PutUserPolicy') };
    expect(pathsIn(estateOf([bounded]))).toEqual([]);
    expect(pathsIn(estateOf([ann]))).toHaveLength(1);
  });

  test('is an SCP, and an explicit Deny that stays', () => {
    const scps = [[allow('*'), deny('kms:Decrypt')]];
    expect(pathsIn(estateOf([ann], { accounts: [{ id: account, scps }] }))).toEqual([]);
    expect(
      pathsIn(estateOf([{ ...ann, policies: [...ann.policies, deny('kms:Decrypt')] }])),
    ).toEqual([]);
  });

  test('is a key policy that does not delegate', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `${iam}:role/vault` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    };
    const keys = [{ arn: keyArn, spec: 'SYMMETRIC_DEFAULT', policy }];
    expect(pathsIn(estateOf([ann], { keys }))).toEqual([]);
  });

  test('is a condition on the grants that may be made', () => {
    const grantor = (condition: object): object => ({
      arn: `${iam}:user/ann`,
      policies: [allow('kms:CreateGrant', { Condition: condition })],
    });
    const other = { ArnEquals: { 'kms:GranteePrincipal': `${iam}:role/backup` } };
    expect(pathsIn(estateOf([grantor(other)]))).toEqual([]);
    const encryptOnly = { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Encrypt'] } };
    expect(pathsIn(estateOf([grantor(encryptOnly)]))).toEqual([]);
    const constrained = { StringEquals: { 'kms:GrantConstraintType': 'EncryptionContextSubset' } };
    expect(pathsIn(estateOf([grantor(constrained)])).map(told)).toEqual([
      'user/ann when: kms:CreateGrant on the key (Decrypt to user/ann)',
    ]);
  });

  test('are policies that were not supplied: they are named, and no path is made of them', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `${iam}:role/vault` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    };
    const keys = [{ arn: keyArn, spec: 'SYMMETRIC_DEFAULT', policy }];
    const estate = estateOf([{ arn: `${iam}:user/ann` }], { keys });
    const [key] = estate.keys;
    const found = key && escalationsTo(estate, 'kms:Decrypt', key);
    expect(found?.paths).toEqual([]);
    expect(found?.missing.map(({ of }) => of)).toEqual([`${iam}:user/ann`]);
  });
});

function deny(Action: string): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action, Resource: '*' }] };
}

test('the engine does what a path to a grant says', () => {
  const engine = createEngine(loaded, seededPorts(1));
  const caller = `${iam}:user/grantor`;
  const at = { kind: 'kms', region: 'us-east-1' } as const;
  const sealed = engine.call({
    ...at,
    operation: 'Encrypt',
    caller: `${iam}:root`,
    input: { KeyId: keyArn, Plaintext: new Uint8Array([1]) },
  }).outcome;
  const blob = sealed.kind === 'succeeded' ? sealed.output['CiphertextBlob'] : undefined;
  if (!(blob instanceof Uint8Array)) throw new Error('the account root may encrypt');
  const decrypt = (): string =>
    engine.call({ ...at, operation: 'Decrypt', caller, input: { CiphertextBlob: blob } }).outcome
      .kind;
  expect(decrypt()).toBe('failed');
  const granted = engine.call({
    ...at,
    operation: 'CreateGrant',
    caller,
    input: { KeyId: keyArn, GranteePrincipal: caller, Operations: ['Decrypt'] },
  });
  expect(granted.outcome.kind).toBe('succeeded');
  // Grants take up to five minutes to be seen everywhere.
  engine.call({ kind: 'clock', advanceMs: 600_000 });
  expect(decrypt()).toBe('succeeded');
});
