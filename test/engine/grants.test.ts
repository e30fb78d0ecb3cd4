import { describe, expect, test } from 'vitest';
import type { Engine, KmsInputs } from '../../src/engine/index.js';
import {
  account,
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
} from './estate.js';

const nobody = { caller: roleArn('nobody') };
const foreign = 'arn:aws:iam::999988887777:role/partner';
const decryptGrant = { KeyId: keyId, GranteePrincipal: roleArn('nobody'), Operations: ['Decrypt'] };

const grant = (engine: Engine, input: Partial<KmsInputs['CreateGrant']> = {}) =>
  ok(engine, 'CreateGrant', { ...decryptGrant, ...input });
const sealed = (engine: Engine, EncryptionContext: Readonly<Record<string, string>> = {}) =>
  ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x'), EncryptionContext }).CiphertextBlob;

describe('a grant', () => {
  test('allows its grantee its operations, and no others', () => {
    const engine = engineOf();
    const CiphertextBlob = sealed(engine);
    expect(errorOf(call(engine, 'Decrypt', { CiphertextBlob }, nobody))).toBe(
      'AccessDeniedException',
    );
    grant(engine);
    ok(engine, 'Decrypt', { CiphertextBlob }, nobody);
    expect(errorOf(call(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') }, nobody))).toBe(
      'AccessDeniedException',
    );
  });

  test('is enough in another account (facts kms-authz 28)', () => {
    const engine = engineOf();
    grant(engine, { GranteePrincipal: foreign, Operations: ['Decrypt', 'DescribeKey'] });
    const CiphertextBlob = sealed(engine);
    ok(engine, 'Decrypt', { CiphertextBlob }, { caller: foreign });
  });

  test('outlives the policy, until it is revoked (facts gotchas 14)', () => {
    const engine = engineOf();
    const { GrantId } = grant(engine);
    const CiphertextBlob = sealed(engine);
    ok(engine, 'PutKeyPolicy', {
      KeyId: keyId,
      Policy: JSON.stringify(policyFor({ AWS: roleArn('admin') })),
    });
    ok(engine, 'Decrypt', { CiphertextBlob }, nobody);
    ok(engine, 'RevokeGrant', { KeyId: keyId, GrantId });
    expect(errorOf(call(engine, 'Decrypt', { CiphertextBlob }, nobody))).toBe(
      'AccessDeniedException',
    );
  });

  test('loses against a Deny (facts kms-authz 11)', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        ...delegating.Statement,
        {
          Effect: 'Deny',
          Principal: { AWS: roleArn('nobody') },
          Action: 'kms:Decrypt',
          Resource: '*',
        },
      ],
    };
    const engine = engineOf({ ...estate, keys: [{ arn: keyArn, policy }] });
    grant(engine);
    const exchange = call(engine, 'Decrypt', { CiphertextBlob: sealed(engine) }, nobody);
    expect(messageOf(exchange)).toContain('with an explicit deny in a resource-based policy');
  });

  test('by who holds kms:CreateGrant alone gives what its maker lacks (facts gotchas 13)', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        ...delegating.Statement,
        {
          Effect: 'Allow',
          Principal: { AWS: roleArn('nobody') },
          Action: 'kms:CreateGrant',
          Resource: '*',
        },
      ],
    };
    const engine = engineOf({ ...estate, keys: [{ arn: keyArn, policy }] });
    const CiphertextBlob = sealed(engine);
    ok(engine, 'CreateGrant', decryptGrant, nobody);
    ok(engine, 'Decrypt', { CiphertextBlob }, nobody);
  });
});

describe('constraints (facts kms-authz 71 to 73)', () => {
  test.each([
    [{ EncryptionContextSubset: { a: '1' } }, { a: '1' }, true],
    [{ EncryptionContextSubset: { a: '1' } }, { a: '1', b: '2' }, true],
    [{ EncryptionContextSubset: { a: '1' } }, { b: '2' }, false],
    [{ EncryptionContextSubset: { a: '1' } }, { A: '1' }, false],
    [{ EncryptionContextEquals: { a: '1' } }, { a: '1' }, true],
    [{ EncryptionContextEquals: { a: '1' } }, { a: '1', b: '2' }, false],
    [{ EncryptionContextEquals: { a: '1' } }, {}, false],
  ])('%j with %j: %s', (Constraints, EncryptionContext, allowed) => {
    const engine = engineOf();
    grant(engine, { Constraints });
    const CiphertextBlob = sealed(engine, EncryptionContext);
    const exchange = call(engine, 'Decrypt', { CiphertextBlob, EncryptionContext }, nobody);
    expect(errorOf(exchange)).toBe(allowed ? 'succeeded' : 'AccessDeniedException');
  });

  test('SourceArn has to be that of the request', () => {
    const engine = engineOf();
    const SourceArn = `arn:aws:lambda:us-east-1:${account}:function:orders`;
    grant(engine, { Constraints: { SourceArn } });
    const CiphertextBlob = sealed(engine);
    const from = (arn: string) =>
      errorOf(
        call(
          engine,
          'Decrypt',
          { CiphertextBlob },
          { ...nobody, context: { 'aws:SourceArn': arn } },
        ),
      );
    expect([from(SourceArn), from(`${SourceArn}2`)]).toEqual([
      'succeeded',
      'AccessDeniedException',
    ]);
    expect(errorOf(call(engine, 'Decrypt', { CiphertextBlob }, nobody))).toBe(
      'AccessDeniedException',
    );
  });

  test('do not bind DescribeKey', () => {
    const engine = engineOf();
    grant(engine, {
      Operations: ['DescribeKey'],
      Constraints: { EncryptionContextEquals: { a: '1' } },
    });
    ok(engine, 'DescribeKey', { KeyId: keyId }, nobody);
  });
});

describe('a grant made under a grant (facts kms-authz 70)', () => {
  const parent = { Operations: ['CreateGrant', 'Decrypt', 'Encrypt'] };
  const child = (engine: Engine, input: Partial<KmsInputs['CreateGrant']>) =>
    errorOf(
      call(
        engine,
        'CreateGrant',
        { ...decryptGrant, GranteePrincipal: roleArn('other'), ...input },
        nobody,
      ),
    );

  test.each([
    [['Decrypt'], 'succeeded'],
    [['Decrypt', 'Encrypt', 'CreateGrant'], 'succeeded'],
    [['GenerateDataKey'], 'AccessDeniedException'],
    [['Decrypt', 'RetireGrant'], 'AccessDeniedException'],
  ])('%j: %s', (Operations, outcome) => {
    const engine = engineOf();
    grant(engine, parent);
    expect(child(engine, { Operations })).toBe(outcome);
  });

  test.each([
    [{ EncryptionContextSubset: { a: '1' } }, undefined, 'AccessDeniedException'],
    [{ EncryptionContextSubset: { a: '1' } }, { EncryptionContextSubset: { a: '1' } }, 'succeeded'],
    [
      { EncryptionContextSubset: { a: '1' } },
      { EncryptionContextSubset: { a: '1', b: '2' } },
      'succeeded',
    ],
    [{ EncryptionContextSubset: { a: '1' } }, { EncryptionContextEquals: { a: '1' } }, 'succeeded'],
    [
      { EncryptionContextSubset: { a: '1' } },
      { EncryptionContextSubset: { b: '2' } },
      'AccessDeniedException',
    ],
    [
      { EncryptionContextEquals: { a: '1' } },
      { EncryptionContextSubset: { a: '1' } },
      'AccessDeniedException',
    ],
    [{ EncryptionContextEquals: { a: '1' } }, { EncryptionContextEquals: { a: '1' } }, 'succeeded'],
  ])('%j over %j: %s', (ofParent, Constraints, outcome) => {
    const engine = engineOf();
    grant(engine, { ...parent, Constraints: ofParent });
    expect(child(engine, Constraints === undefined ? {} : { Constraints })).toBe(outcome);
  });
});

describe('what CreateGrant refuses', () => {
  const service = { GranteeServicePrincipal: 'dynamodb.us-east-1.amazonaws.com' };
  const SourceArn = `arn:aws:dynamodb:us-east-1:${account}:table/orders`;
  const pairs = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

  test.each([
    ['a group', { GranteePrincipal: `arn:aws:iam::${account}:group/dev` }, 'InvalidArnException'],
    [
      'a service as GranteePrincipal',
      { GranteePrincipal: 's3.amazonaws.com' },
      'InvalidArnException',
    ],
    ['a wildcard', { GranteePrincipal: `${root}*` }, 'ValidationException'],
    ['no operation', { Operations: [] }, 'ValidationException'],
    ['an operation that cannot be granted', { Operations: ['RevokeGrant'] }, 'ValidationException'],
    ['an operation of another kind of key', { Operations: ['Sign'] }, 'ValidationException'],
    ['nine pairs', { Constraints: { EncryptionContextSubset: pairs(9) } }, 'ValidationException'],
    [
      'a value of 385 characters',
      { Constraints: { EncryptionContextSubset: { a: 'v'.repeat(385) } } },
      'ValidationException',
    ],
    [
      'both constraint types',
      { Constraints: { EncryptionContextSubset: { a: '1' }, EncryptionContextEquals: { a: '1' } } },
      'ValidationException',
    ],
    ['both grantees', service, 'ValidationException'],
    ['a name with blanks', { Name: 'a b' }, 'ValidationException'],
    ['an unknown grant token', { GrantTokens: ['none'] }, 'InvalidGrantTokenException'],
  ])('%s: %s', (_what, input, error) => {
    expect(errorOf(call(engineOf(), 'CreateGrant', { ...decryptGrant, ...input }))).toBe(error);
  });

  test('a service needs SourceArn and somebody who retires (facts kms-authz 67)', () => {
    const create = (input: Partial<KmsInputs['CreateGrant']>) =>
      errorOf(
        call(engineOf(), 'CreateGrant', {
          KeyId: keyId,
          Operations: ['Decrypt'],
          ...service,
          ...input,
        }),
      );
    expect(create({})).toBe('ValidationException');
    expect(create({ Constraints: { SourceArn } })).toBe('ValidationException');
    expect(create({ Constraints: { SourceArn }, RetiringPrincipal: roleArn('app') })).toBe(
      'succeeded',
    );
    expect(
      create({ Constraints: { SourceArn }, RetiringServicePrincipal: 'dynamodb.amazonaws.com' }),
    ).toBe('succeeded');
  });

  test('what is right is accepted', () => {
    const engine = engineOf();
    grant(engine, { Constraints: { EncryptionContextSubset: pairs(8) } });
    grant(engine, { GranteePrincipal: root });
    grant(engine, { GranteePrincipal: foreign });
  });

  test('encryption context constraints on an asymmetric key', () => {
    const engine = engineOf({
      ...estate,
      keys: [{ arn: keyArn, policy: delegating, spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' }],
    });
    const Constraints = { EncryptionContextSubset: { a: '1' } };
    expect(errorOf(call(engine, 'CreateGrant', { ...decryptGrant, Constraints }))).toBe(
      'ValidationException',
    );
    grant(engine);
  });

  test('a grantee that does not exist, where all principals are listed', () => {
    const engine = engineOf({ ...estate, complete: ['principals'] });
    const exchange = call(engine, 'CreateGrant', {
      ...decryptGrant,
      GranteePrincipal: roleArn('ghost'),
    });
    expect(errorOf(exchange)).toBe('InvalidArnException');
  });
});

describe('names (facts kms-authz 77)', () => {
  test('the same grant of the same name is the same grant, with a new token', () => {
    const engine = engineOf();
    const [first, second] = [grant(engine, { Name: 'n' }), grant(engine, { Name: 'n' })];
    expect(second.GrantId).toBe(first.GrantId);
    expect(second.GrantToken).not.toBe(first.GrantToken);
  });

  test('without a name, or with other properties, it is another', () => {
    const engine = engineOf();
    const ids = [
      grant(engine),
      grant(engine),
      grant(engine, { Name: 'n' }),
      grant(engine, { Name: 'n', Operations: ['Encrypt'] }),
    ];
    expect(new Set(ids.map(({ GrantId }) => GrantId)).size).toBe(4);
  });
});

describe('listing', () => {
  test('shows all but the token', () => {
    const engine = engineOf();
    const { GrantId } = grant(engine, {
      Name: 'n',
      Constraints: { EncryptionContextSubset: { a: '1' } },
    });
    expect(ok(engine, 'ListGrants', { KeyId: keyId }).Grants).toEqual([
      {
        KeyId: keyArn,
        GrantId,
        Name: 'n',
        CreationDate: new Date('2026-01-01T00:00:00Z'),
        GranteePrincipal: roleArn('nobody'),
        IssuingAccount: root,
        Operations: ['Decrypt'],
        Constraints: { EncryptionContextSubset: { a: '1' } },
      },
    ]);
  });

  test('can be narrowed', () => {
    const engine = engineOf();
    const { GrantId } = grant(engine);
    grant(engine, { GranteePrincipal: roleArn('app') });
    const list = (input: Partial<KmsInputs['ListGrants']>) =>
      ok(engine, 'ListGrants', { KeyId: keyId, ...input }).Grants;
    expect(
      [list({}), list({ GrantId }), list({ GranteePrincipal: roleArn('app') })].map(
        ({ length }) => length,
      ),
    ).toEqual([2, 1, 1]);
    expect(errorOf(call(engine, 'ListGrants', { KeyId: keyId, GrantId: 'none' }))).toBe(
      'NotFoundException',
    );
  });
});

describe('retiring (facts kms-authz 80)', () => {
  const retire = (engine: Engine, GrantId: string, caller: string) =>
    errorOf(call(engine, 'RetireGrant', { KeyId: keyArn, GrantId }, { caller }));

  test('the retiring principal may', () => {
    const engine = engineOf();
    const { GrantId } = grant(engine, { RetiringPrincipal: roleArn('app') });
    expect(retire(engine, GrantId, roleArn('app'))).toBe('succeeded');
    expect(ok(engine, 'ListGrants', { KeyId: keyId }).Grants).toEqual([]);
  });

  test('the grantee may only where the grant says so', () => {
    const engine = engineOf();
    const plain = grant(engine);
    const retirable = grant(engine, { Operations: ['Decrypt', 'RetireGrant'] });
    expect(retire(engine, plain.GrantId, roleArn('nobody'))).toBe('AccessDeniedException');
    expect(retire(engine, retirable.GrantId, roleArn('nobody'))).toBe('succeeded');
  });

  test('somebody else may not, and the root of the account may', () => {
    const engine = engineOf();
    const { GrantId } = grant(engine);
    expect(retire(engine, GrantId, foreign)).toBe('AccessDeniedException');
    expect(retire(engine, GrantId, root)).toBe('succeeded');
  });

  test('by its token, once', () => {
    const engine = engineOf();
    const { GrantToken } = grant(engine, { RetiringPrincipal: roleArn('app') });
    const byToken = () =>
      errorOf(call(engine, 'RetireGrant', { GrantToken }, { caller: roleArn('app') }));
    expect([byToken(), byToken()]).toEqual(['succeeded', 'InvalidGrantTokenException']);
  });

  test.each([
    [{}, 'ValidationException'],
    [{ KeyId: keyArn }, 'ValidationException'],
    [{ KeyId: keyId, GrantId: 'x' }, 'InvalidArnException'],
    [{ KeyId: keyArn, GrantId: 'none' }, 'NotFoundException'],
    [{ GrantToken: 'none' }, 'InvalidGrantTokenException'],
  ])('%j: %s', (input, error) => {
    expect(errorOf(call(engineOf(), 'RetireGrant', input))).toBe(error);
  });
});

test('RevokeGrant of a grant that is not there', () => {
  expect(errorOf(call(engineOf(), 'RevokeGrant', { KeyId: keyId, GrantId: 'none' }))).toBe(
    'NotFoundException',
  );
});

describe('a new grant, where it takes time to arrive (facts kms-authz 74)', () => {
  const settings = { grantPropagationMs: 300_000 };

  test('counts with its token only, and later without', () => {
    const engine = engineOf(estate, settings);
    const CiphertextBlob = sealed(engine);
    const { GrantToken } = grant(engine);
    expect(errorOf(call(engine, 'Decrypt', { CiphertextBlob }, nobody))).toBe(
      'AccessDeniedException',
    );
    ok(engine, 'Decrypt', { CiphertextBlob, GrantTokens: [GrantToken] }, nobody);
    engine.call({ kind: 'clock', advanceMs: 300_000 });
    ok(engine, 'Decrypt', { CiphertextBlob }, nobody);
  });

  test('its token gives nothing to others (facts kms-authz 76)', () => {
    const engine = engineOf(estate, settings);
    const { GrantToken } = grant(engine, { GranteePrincipal: roleArn('app') });
    const exchange = call(
      engine,
      'Decrypt',
      { CiphertextBlob: sealed(engine), GrantTokens: [GrantToken] },
      nobody,
    );
    expect(errorOf(exchange)).toBe('AccessDeniedException');
  });

  test('loaded grants are there from the start', () => {
    const grants = [{ id: 'g1', grantee: roleArn('nobody'), operations: ['Decrypt'] }];
    const engine = engineOf({ ...estate, keys: [{ ...estate.keys[0], grants }] }, settings);
    ok(engine, 'Decrypt', { CiphertextBlob: sealed(engine) }, nobody);
  });
});
