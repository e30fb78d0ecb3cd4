import { describe, expect, test } from 'vitest';
import {
  account,
  allow,
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

const LOCKOUT = 'The new key policy will not allow you to update the key policy in the future.';
const PRINCIPALS = 'Policy contains a statement with one or more invalid principals.';

const put = (policy: unknown, parts: Readonly<Record<string, unknown>> = estate) =>
  call(engineOf(parts), 'PutKeyPolicy', {
    KeyId: keyId,
    Policy: typeof policy === 'string' ? policy : JSON.stringify(policy),
  });

describe('the lockout safety check (facts kms-authz 50 to 57)', () => {
  const withoutAdmin = policyFor({ AWS: roleArn('app') });

  test('refuses a policy under which the caller could not put the next one', () => {
    const exchange = put(withoutAdmin);
    expect(errorOf(exchange)).toBe('MalformedPolicyDocumentException');
    expect(messageOf(exchange)).toBe(LOCKOUT);
  });

  test('leaves the key as it was', () => {
    const engine = engineOf();
    call(engine, 'PutKeyPolicy', { KeyId: keyId, Policy: JSON.stringify(withoutAdmin) });
    expect(JSON.parse(ok(engine, 'GetKeyPolicy', { KeyId: keyId }).Policy)).toEqual(delegating);
  });

  test('is shown among the questions, after the permission itself', () => {
    const { authorizations } = put(withoutAdmin);
    expect(
      authorizations.map(({ purpose, authorization }) => [purpose, authorization.decision]),
    ).toEqual([
      [undefined, 'Allow'],
      ['lockout-safety-check', 'ImplicitDeny'],
    ]);
  });

  test('is waived by the bypass flag, after which the caller is locked out', () => {
    const engine = engineOf();
    const Policy = JSON.stringify(withoutAdmin);
    ok(engine, 'PutKeyPolicy', { KeyId: keyId, Policy, BypassPolicyLockoutSafetyCheck: true });
    expect(errorOf(call(engine, 'PutKeyPolicy', { KeyId: keyId, Policy }))).toBe(
      'AccessDeniedException',
    );
    expect(errorOf(call(engine, 'ScheduleKeyDeletion', { KeyId: keyId }))).toBe(
      'AccessDeniedException',
    );
  });

  test('the bypass itself can be forbidden', () => {
    const policy = {
      ...delegating,
      Statement: [
        ...delegating.Statement,
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:PutKeyPolicy',
          Resource: '*',
          Condition: { Bool: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' } },
        },
      ],
    };
    const engine = engineOf({ ...estate, keys: [{ ...estate.keys[0], policy }] });
    const Policy = JSON.stringify(delegating);
    const bypassing = call(engine, 'PutKeyPolicy', {
      KeyId: keyId,
      Policy,
      BypassPolicyLockoutSafetyCheck: true,
    });
    expect(errorOf(bypassing)).toBe('AccessDeniedException');
    ok(engine, 'PutKeyPolicy', { KeyId: keyId, Policy });
  });

  test('delegation is not enough where the IAM policies of the caller lack kms:PutKeyPolicy', () => {
    const engine = engineOf({
      ...estate,
      principals: [{ arn: roleArn('deployer'), policies: [allow('kms:CreateKey')] }],
    });
    const caller = roleArn('deployer');
    expect(messageOf(call(engine, 'CreateKey', {}, { caller }))).toBe(LOCKOUT);
    ok(engine, 'CreateKey', { BypassPolicyLockoutSafetyCheck: true }, { caller });
  });

  test('looks at the caller only: a key that one role alone can manage passes', () => {
    const policy = policyFor({ AWS: roleArn('admin') });
    expect(errorOf(put(policy))).toBe('succeeded');
  });

  test('fails closed, saying what is missing, where nobody knows what the caller may do', () => {
    const engine = engineOf({
      ...estate,
      keys: [{ arn: keyArn, policy: policyFor({ AWS: stranger }) }],
    });
    const exchange = call(
      engineOf({
        ...estate,
        principals: [],
        keys: [{ arn: keyArn, policy: policyFor({ AWS: roleArn('admin') }) }],
      }),
      'PutKeyPolicy',
      { KeyId: keyId, Policy: JSON.stringify(delegating) },
    );
    expect(messageOf(exchange)).toContain(`the identity-based policies of ${roleArn('admin')}`);
    expect(engine.inventory().keys).toHaveLength(1);
  });
});

describe('what a key policy may say (facts kms-authz 36 to 48)', () => {
  const statement = { Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' };
  const of = (...statements: readonly unknown[]) => ({
    Version: '2012-10-17',
    Statement: [statement, ...statements],
  });
  const without = (element: keyof typeof statement) =>
    Object.fromEntries(Object.entries(statement).filter(([name]) => name !== element));
  const withoutAction = without('Action');
  const withoutResource = without('Resource');
  const withoutPrincipal = without('Principal');

  test.each([
    ['no statements', { Version: '2012-10-17', Statement: [] }],
    ['no JSON', '{ "Version": '],
    ['a statement without Action', of(withoutAction)],
    ['a statement without Resource', of(withoutResource)],
    ['an Effect that is neither', of({ ...statement, Effect: 'allow' })],
    ['an unknown element', of({ ...statement, Effects: 'Allow' })],
    [
      'an unknown operator',
      of({ ...statement, Condition: { StringIs: { 'kms:ViaService': 's3' } } }),
    ],
    ['an unknown version', { ...of(), Version: '2013-10-17' }],
  ])('%s is refused', (_what, policy) => {
    expect(errorOf(put(policy))).toBe('MalformedPolicyDocumentException');
  });

  test.each([
    ['a statement without Principal', of(withoutPrincipal)],
    ['a group', of({ ...statement, Principal: { AWS: `arn:aws:iam::${account}:group/dev` } })],
    ['a wildcard inside an ARN', of({ ...statement, Principal: { AWS: roleArn('*') } })],
    ['a service under AWS', of({ ...statement, Principal: { AWS: 's3.amazonaws.com' } })],
    [
      'an id of a principal that is gone',
      of({ ...statement, Principal: { AWS: 'AROAGONEEXAMPLE00001' } }),
    ],
  ])('%s is an invalid principal', (_what, policy) => {
    expect(messageOf(put(policy))).toBe(PRINCIPALS);
  });

  test.each([
    ['the version of 2008', { ...of(), Version: '2008-10-17' }],
    ['a service', of({ ...statement, Principal: { Service: 'logs.us-east-1.amazonaws.com' } })],
    ['everyone', of({ ...statement, Principal: '*', Effect: 'Deny', Action: 'kms:Encrypt' })],
    ['an action that KMS does not know', of({ ...statement, Action: 'kms:ReEncrypt' })],
    ['a Sid with spaces', of({ ...statement, Sid: 'Allow use of the key' })],
    ['a bare account id', of({ ...statement, Principal: { AWS: account } })],
    ['a role of an account that nobody knows', of({ ...statement, Principal: { AWS: stranger } })],
    [
      'a role that is not listed, where others may exist',
      of({ ...statement, Principal: { AWS: roleArn('new') } }),
    ],
  ])('%s is accepted', (_what, policy) => {
    expect(errorOf(put(policy))).toBe('succeeded');
  });

  test('a role that does not exist is refused where all principals are listed', () => {
    const policy = of({ ...statement, Principal: { AWS: roleArn('new') } });
    expect(messageOf(put(policy, { ...estate, complete: ['principals'] }))).toBe(PRINCIPALS);
  });

  test.each(['kms:EncryptionContext:tenant', 'aws:RequestTag/team'])(
    'ForAllValues over %s in an Allow is an OverlyPermissiveCondition',
    (key) => {
      const condition = { 'ForAllValues:StringEquals': { [key]: 'a' } };
      const exchange = put(of({ ...statement, Condition: condition }));
      expect(errorOf(exchange)).toBe('MalformedPolicyDocumentException');
      expect(messageOf(exchange)).toContain('OverlyPermissiveCondition');
      expect(
        errorOf(
          put(of({ ...statement, Effect: 'Deny', Action: 'kms:Encrypt', Condition: condition })),
        ),
      ).toBe('succeeded');
    },
  );

  test('32,768 bytes fit and one more does not', () => {
    const text = JSON.stringify(of());
    const filled = text + ' '.repeat(32_768 - text.length);
    expect(errorOf(put(filled))).toBe('succeeded');
    expect(errorOf(put(`${filled} `))).toBe('LimitExceededException');
  });

  test('a Latin-1 letter takes two bytes, and other scripts are not allowed', () => {
    const half = { ...statement, Sid: 'é'.repeat(16_384) };
    expect(errorOf(put(of(half)))).toBe('LimitExceededException');
    expect(errorOf(put(of({ ...statement, Sid: 'ключ' })))).toBe('ValidationException');
  });

  test('what was loaded is taken as stored, whatever it says', () => {
    const policy = { Version: '2012-10-17', Statement: [statement, withoutResource] };
    const engine = engineOf({ ...estate, keys: [{ arn: keyArn, policy }] });
    ok(engine, 'DescribeKey', { KeyId: keyId });
  });
});

describe('reading a key policy', () => {
  test('gives what was put, letter by letter', () => {
    const engine = engineOf();
    const Policy = JSON.stringify(delegating, undefined, 4);
    ok(engine, 'PutKeyPolicy', { KeyId: keyId, Policy });
    expect(ok(engine, 'GetKeyPolicy', { KeyId: keyId })).toEqual({ Policy, PolicyName: 'default' });
  });

  test('a key made without one has the default policy', () => {
    const engine = engineOf();
    const { KeyMetadata } = ok(engine, 'CreateKey', {});
    const { Policy } = ok(engine, 'GetKeyPolicy', { KeyId: KeyMetadata.KeyId });
    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: root },
          Action: 'kms:*',
        },
      ],
    });
  });

  test('there is no policy but `default`', () => {
    const exchange = call(engineOf(), 'GetKeyPolicy', { KeyId: keyId, PolicyName: 'other' });
    expect(errorOf(exchange)).toBe('NotFoundException');
  });
});
