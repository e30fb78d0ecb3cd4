import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/index.js';
import {
  account,
  allow,
  bytes,
  call,
  delegating,
  engineOf,
  errorOf,
  estate,
  keyArn,
  keyId,
  messageOf,
  ok,
  policyFor,
  roleArn,
  root,
  stranger,
} from './estate.js';

const app = roleArn('app');
const iam = (
  engine: Engine,
  event: 'CreatePrincipal' | 'DeletePrincipal',
  arn: string,
  policies?: readonly string[],
) => engine.call({ kind: 'iam', event, arn, ...(policies === undefined ? {} : { policies }) });
const encrypt = (engine: Engine, caller: string, context: Readonly<Record<string, null>> = {}) =>
  errorOf(call(engine, 'Encrypt', { KeyId: keyArn, Plaintext: bytes('x') }, { caller, context }));

function withPolicy(statement: Readonly<Record<string, unknown>>): Engine {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: roleArn('admin') }, Action: 'kms:*', Resource: '*' },
      { Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*', ...statement },
    ],
  };
  return engineOf({ ...estate, keys: [{ arn: keyArn, policy }] });
}

function recreate(engine: Engine): void {
  expect(errorOf(iam(engine, 'DeletePrincipal', app))).toBe('succeeded');
  expect(errorOf(iam(engine, 'CreatePrincipal', app))).toBe('succeeded');
}

describe('a principal that is deleted and made again (facts kms-authz 58 to 63)', () => {
  test('is another one to a key policy that named the first', () => {
    const engine = withPolicy({ Principal: { AWS: app } });
    expect(encrypt(engine, app)).toBe('succeeded');
    recreate(engine);
    expect(encrypt(engine, app)).toBe('AccessDeniedException');
  });

  test('leaves its unique id in the policy text', () => {
    const engine = withPolicy({ Principal: { AWS: app } });
    iam(engine, 'DeletePrincipal', app);
    const { Policy } = ok(engine, 'GetKeyPolicy', { KeyId: keyId });
    expect(Policy).toContain('AROAAPPEXAMPLE000001');
    expect(Policy).not.toContain(app);
  });

  test('makes the policy unfit to be saved again until its id is removed', () => {
    const engine = withPolicy({ Principal: { AWS: app } });
    recreate(engine);
    const { Policy } = ok(engine, 'GetKeyPolicy', { KeyId: keyId });
    const again = call(engine, 'PutKeyPolicy', { KeyId: keyId, Policy });
    expect(messageOf(again)).toBe(
      'Policy contains a statement with one or more invalid principals.',
    );
    ok(engine, 'PutKeyPolicy', {
      KeyId: keyId,
      Policy: Policy.replace('AROAAPPEXAMPLE000001', app),
    });
    expect(encrypt(engine, app)).toBe('succeeded');
  });

  test.each([
    ['the account with IAM policies', { Principal: { AWS: root } }],
    [
      'everyone with aws:PrincipalArn',
      { Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': app } } },
    ],
  ])('is the same to %s', (_what, statement) => {
    const engine = withPolicy(statement);
    recreate(engine);
    expect(encrypt(engine, app)).toBe('succeeded');
  });

  test('is no longer stopped by a Deny that named the first', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        ...delegating.Statement,
        { Effect: 'Deny', Principal: { AWS: app }, Action: 'kms:Encrypt', Resource: '*' },
      ],
    };
    const engine = engineOf({ ...estate, keys: [{ arn: keyArn, policy }] });
    expect(encrypt(engine, app)).toBe('AccessDeniedException');
    recreate(engine);
    expect(encrypt(engine, app)).toBe('succeeded');
  });

  test('has nothing of the grants of the first', () => {
    const engine = engineOf({
      ...estate,
      keys: [{ arn: keyArn, policy: policyFor({ AWS: roleArn('admin') }) }],
    });
    ok(engine, 'CreateGrant', {
      KeyId: keyId,
      GranteePrincipal: app,
      Operations: ['Encrypt'],
      RetiringPrincipal: app,
    });
    expect(encrypt(engine, app)).toBe('succeeded');
    recreate(engine);
    expect(encrypt(engine, app)).toBe('AccessDeniedException');
    expect(ok(engine, 'ListGrants', { KeyId: keyId }).Grants).toMatchObject([
      { GranteePrincipal: 'AROAAPPEXAMPLE000001', RetiringPrincipal: 'AROAAPPEXAMPLE000001' },
    ]);
  });

  test('while it is gone it cannot call, nor be named', () => {
    const engine = withPolicy({ Principal: { AWS: root } });
    iam(engine, 'DeletePrincipal', app);
    expect(encrypt(engine, app)).toBe('UnrecognizedClientException');
    expect(encrypt(engine, `arn:aws:sts::${account}:assumed-role/app/session`)).toBe(
      'UnrecognizedClientException',
    );
    const naming = {
      KeyId: keyId,
      Policy: JSON.stringify(policyFor({ AWS: [roleArn('admin'), app] })),
    };
    expect(errorOf(call(engine, 'PutKeyPolicy', naming))).toBe('MalformedPolicyDocumentException');
    expect(
      errorOf(
        call(engine, 'CreateGrant', {
          KeyId: keyId,
          GranteePrincipal: app,
          Operations: ['Decrypt'],
        }),
      ),
    ).toBe('InvalidArnException');
  });

  test('may be one that only a policy names', () => {
    const unlisted = roleArn('path/ghost');
    const engine = withPolicy({ Principal: { AWS: unlisted } });
    expect(encrypt(engine, unlisted)).toBe('succeeded');
    iam(engine, 'DeletePrincipal', unlisted);
    iam(engine, 'CreatePrincipal', unlisted);
    expect(encrypt(engine, unlisted)).toBe('AccessDeniedException');
  });

  test('users go the same way', () => {
    const user = `arn:aws:iam::${account}:user/alice`;
    const engine = withPolicy({ Principal: { AWS: user } });
    iam(engine, 'DeletePrincipal', user);
    expect(ok(engine, 'GetKeyPolicy', { KeyId: keyId }).Policy).toMatch(/AIDA[A-Z2-7]{17}/);
  });

  test('a key that only the deleted one could manage is lost to everybody (facts kms-authz 56, 57)', () => {
    const engine = engineOf({
      ...estate,
      keys: [{ arn: keyArn, policy: policyFor({ AWS: app }) }],
    });
    recreate(engine);
    const Policy = JSON.stringify(delegating);
    for (const caller of [app, roleArn('admin'), root]) {
      expect(errorOf(call(engine, 'PutKeyPolicy', { KeyId: keyId, Policy }, { caller }))).toBe(
        'AccessDeniedException',
      );
      expect(errorOf(call(engine, 'ScheduleKeyDeletion', { KeyId: keyId }, { caller }))).toBe(
        'AccessDeniedException',
      );
    }
  });
});

describe('IAM events that make no sense', () => {
  test.each([
    ['CreatePrincipal', app, 'EntityAlreadyExists'],
    ['DeletePrincipal', root, 'ValidationError'],
    ['DeletePrincipal', 'nonsense', 'ValidationError'],
  ] as const)('%s %s: %s', (event, arn, error) => {
    expect(errorOf(iam(engineOf(), event, arn))).toBe(error);
  });

  test('nobody dies twice', () => {
    const engine = engineOf();
    iam(engine, 'DeletePrincipal', app);
    expect(errorOf(iam(engine, 'DeletePrincipal', app))).toBe('NoSuchEntity');
  });

  test('a policy that is none', () => {
    expect(errorOf(iam(engineOf(), 'CreatePrincipal', stranger, ['{']))).toBe(
      'MalformedPolicyDocument',
    );
  });
});

describe('an outsider with policies of its own', () => {
  const all = [JSON.stringify(allow('*'))];

  test('gets in where the key policy is open to everyone', () => {
    const engine = withPolicy({ Principal: '*' });
    expect(encrypt(engine, stranger)).toBe('AccessDeniedException');
    iam(engine, 'CreatePrincipal', stranger, all);
    expect(encrypt(engine, stranger)).toBe('succeeded');
  });

  test('does not get in through the delegation to another account', () => {
    const engine = engineOf();
    iam(engine, 'CreatePrincipal', stranger, all);
    expect(encrypt(engine, stranger)).toBe('AccessDeniedException');
  });

  test('can say that it belongs to no organization', () => {
    const open = (operator: string) => {
      const engine = withPolicy({
        Principal: '*',
        Condition: { [operator]: { 'aws:PrincipalOrgID': 'o-home' } },
      });
      iam(engine, 'CreatePrincipal', stranger, all);
      return encrypt(engine, stranger, { 'aws:PrincipalOrgID': null });
    };
    expect([open('StringEquals'), open('StringEqualsIfExists')]).toEqual([
      'AccessDeniedException',
      'succeeded',
    ]);
  });
});

describe('who cannot call KMS at all', () => {
  test.each([
    ['anonymous', 'MissingAuthenticationTokenException'],
    [`arn:aws:iam::${account}:group/dev`, 'UnrecognizedClientException'],
    ['nonsense', 'UnrecognizedClientException'],
  ])('%s: %s', (caller, error) => {
    expect(encrypt(withPolicy({ Principal: '*' }), caller)).toBe(error);
  });
});
