import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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
  region,
  roleArn,
  root,
  stranger,
} from './estate.js';

const app = { caller: roleArn('app') };
const otherId = '0987dcba-09fe-87dc-65ba-ab0987654321';
const otherArn = `arn:aws:kms:${region}:${account}:key/${otherId}`;
const twoKeys = { ...estate, keys: [...estate.keys, { arn: otherArn, policy: delegating }] };

const contexts = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 5 });
const plaintexts = fc.uint8Array({ minLength: 1, maxLength: 200 });
const seeded = { seed: 20_260_101, numRuns: 1_000 };

describe('encryption context', () => {
  test('decrypts with the same pairs in any order', () => {
    const engine = engineOf();
    fc.assert(
      fc.property(plaintexts, contexts, (Plaintext, EncryptionContext) => {
        const { CiphertextBlob } = ok(engine, 'Encrypt', {
          KeyId: keyId,
          Plaintext,
          EncryptionContext,
        });
        const reversed = Object.fromEntries(Object.entries(EncryptionContext).reverse());
        const back = ok(engine, 'Decrypt', { CiphertextBlob, EncryptionContext: reversed });
        expect(back.Plaintext).toEqual(Plaintext);
      }),
      seeded,
    );
  });

  test('any other pairs fail', () => {
    const engine = engineOf();
    fc.assert(
      fc.property(plaintexts, contexts, contexts, (Plaintext, EncryptionContext, other) => {
        fc.pre(!sameContext(EncryptionContext, other));
        const { CiphertextBlob } = ok(engine, 'Encrypt', {
          KeyId: keyId,
          Plaintext,
          EncryptionContext,
        });
        const exchange = call(engine, 'Decrypt', { CiphertextBlob, EncryptionContext: other });
        expect(errorOf(exchange)).toBe('InvalidCiphertextException');
      }),
      seeded,
    );
  });

  test('pairs that would read alike end to end are not alike', () => {
    const engine = engineOf();
    const { CiphertextBlob } = ok(engine, 'Encrypt', {
      KeyId: keyId,
      Plaintext: bytes('x'),
      EncryptionContext: { ab: 'c' },
    });
    const exchange = call(engine, 'Decrypt', { CiphertextBlob, EncryptionContext: { a: 'bc' } });
    expect(errorOf(exchange)).toBe('InvalidCiphertextException');
  });

  test('its case counts, though a condition on it compares keys without case', () => {
    const policy = {
      ...delegating,
      Statement: [
        ...delegating.Statement,
        {
          Effect: 'Allow',
          Principal: { AWS: roleArn('nobody') },
          Action: ['kms:Encrypt', 'kms:Decrypt'],
          Resource: '*',
          Condition: { StringEquals: { 'kms:EncryptionContext:Department': 'IT' } },
        },
      ],
    };
    const engine = engineOf({ ...estate, keys: [{ arn: keyArn, policy }] });
    const caller = roleArn('nobody');
    const { CiphertextBlob } = ok(
      engine,
      'Encrypt',
      { KeyId: keyId, Plaintext: bytes('x'), EncryptionContext: { department: 'IT' } },
      { caller },
    );
    const exchange = call(
      engine,
      'Decrypt',
      { CiphertextBlob, EncryptionContext: { Department: 'IT' } },
      { caller },
    );
    expect(errorOf(exchange)).toBe('InvalidCiphertextException');
    const without = call(engine, 'Decrypt', { CiphertextBlob }, { caller });
    expect(errorOf(without)).toBe('AccessDeniedException');
  });
});

function sameContext(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const sorted = (pairs: Readonly<Record<string, string>>) =>
    JSON.stringify(Object.entries(pairs).sort());
  return sorted(a) === sorted(b);
}

describe('ciphertexts', () => {
  test('one that was changed anywhere is refused, or seems to belong to nobody', () => {
    const engine = engineOf();
    const { CiphertextBlob } = ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('secret') });
    fc.assert(
      fc.property(
        fc.nat({ max: CiphertextBlob.byteLength - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, flip) => {
          const changed = CiphertextBlob.slice();
          changed[at] = (changed[at] ?? 0) ^ flip;
          const exchange = call(engine, 'Decrypt', { CiphertextBlob: changed });
          expect(['InvalidCiphertextException', 'AccessDeniedException']).toContain(
            errorOf(exchange),
          );
        },
      ),
      seeded,
    );
  });

  test('bytes that are none are refused', () => {
    const engine = engineOf();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (CiphertextBlob) => {
        expect(['InvalidCiphertextException', 'AccessDeniedException']).toContain(
          errorOf(call(engine, 'Decrypt', { CiphertextBlob })),
        );
      }),
      seeded,
    );
  });

  test('the same plaintext never gives the same ciphertext twice', () => {
    const engine = engineOf();
    const once = () =>
      ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') }).CiphertextBlob;
    expect(once()).not.toEqual(once());
  });

  test('decrypt without KeyId, and tell the key', () => {
    const engine = engineOf();
    const { CiphertextBlob } = ok(
      engine,
      'Encrypt',
      { KeyId: 'alias/orders', Plaintext: bytes('x') },
      app,
    );
    expect(ok(engine, 'Decrypt', { CiphertextBlob }, app).KeyId).toBe(keyArn);
  });

  test('the wrong KeyId is an IncorrectKeyException', () => {
    const engine = engineOf(twoKeys);
    const { CiphertextBlob } = ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') });
    const exchange = call(engine, 'Decrypt', { CiphertextBlob, KeyId: otherId });
    expect(errorOf(exchange)).toBe('IncorrectKeyException');
  });

  test('an alias that moved no longer decrypts what it encrypted', () => {
    const engine = engineOf(twoKeys);
    const { CiphertextBlob } = ok(engine, 'Encrypt', {
      KeyId: 'alias/orders',
      Plaintext: bytes('x'),
    });
    ok(engine, 'UpdateAlias', { AliasName: 'alias/orders', TargetKeyId: otherId });
    expect(errorOf(call(engine, 'Decrypt', { CiphertextBlob, KeyId: 'alias/orders' }))).toBe(
      'IncorrectKeyException',
    );
    ok(engine, 'Decrypt', { CiphertextBlob });
  });

  test('the bare id of a foreign key is enough to decrypt (facts kms-authz 35)', () => {
    const outsider = 'arn:aws:iam::999988887777:role/reader';
    const engine = engineOf({
      ...estate,
      principals: [...estate.principals, { arn: outsider, policies: [policyless] }],
      keys: [{ arn: keyArn, policy: policyFor({ AWS: [root, '999988887777'] }) }],
    });
    const { CiphertextBlob } = ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') });
    ok(engine, 'Decrypt', { CiphertextBlob, KeyId: keyId }, { caller: outsider });
    expect(errorOf(call(engine, 'DescribeKey', { KeyId: keyId }, { caller: outsider }))).toBe(
      'NotFoundException',
    );
  });
});

const policyless = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
};

describe('sizes (facts gotchas G1)', () => {
  const rsa = (spec: string) => ({
    ...estate,
    keys: [{ arn: keyArn, policy: delegating, spec, usage: 'ENCRYPT_DECRYPT' }],
  });

  test.each([
    ['SYMMETRIC_DEFAULT', 'SYMMETRIC_DEFAULT', 4_096],
    ['RSA_2048', 'RSAES_OAEP_SHA_1', 214],
    ['RSA_2048', 'RSAES_OAEP_SHA_256', 190],
    ['RSA_3072', 'RSAES_OAEP_SHA_1', 342],
    ['RSA_3072', 'RSAES_OAEP_SHA_256', 318],
    ['RSA_4096', 'RSAES_OAEP_SHA_1', 470],
    ['RSA_4096', 'RSAES_OAEP_SHA_256', 446],
  ])('%s with %s takes %i bytes and not one more', (spec, EncryptionAlgorithm, max) => {
    const engine = engineOf(rsa(spec));
    const encrypt = (size: number) =>
      call(engine, 'Encrypt', {
        KeyId: keyId,
        Plaintext: new Uint8Array(size),
        EncryptionAlgorithm,
      });
    expect(errorOf(encrypt(max))).toBe('succeeded');
    expect(errorOf(encrypt(max + 1))).toBe('ValidationException');
    expect(errorOf(encrypt(0))).toBe('ValidationException');
  });

  test('an asymmetric ciphertext needs its key and its algorithm to decrypt', () => {
    const engine = engineOf(rsa('RSA_2048'));
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    const { CiphertextBlob } = ok(engine, 'Encrypt', {
      KeyId: keyId,
      Plaintext: bytes('x'),
      EncryptionAlgorithm,
    });
    const decrypt = (algorithm: string, KeyId?: string) =>
      call(engine, 'Decrypt', {
        CiphertextBlob,
        EncryptionAlgorithm: algorithm,
        ...(KeyId === undefined ? {} : { KeyId }),
      });
    expect(errorOf(decrypt(EncryptionAlgorithm, keyId))).toBe('succeeded');
    expect(errorOf(decrypt('RSAES_OAEP_SHA_1', keyId))).toBe('InvalidCiphertextException');
    expect(errorOf(decrypt(EncryptionAlgorithm))).toBe('ValidationException');
    expect(errorOf(decrypt('SYMMETRIC_DEFAULT', keyId))).toBe('InvalidKeyUsageException');
  });

  test.each([
    ['SIGN_VERIFY', 'RSA_2048', 'Encrypt'],
    ['SIGN_VERIFY', 'ECC_NIST_P256', 'Encrypt'],
    ['GENERATE_VERIFY_MAC', 'HMAC_256', 'Encrypt'],
    ['ENCRYPT_DECRYPT', 'RSA_2048', 'GenerateDataKey'],
  ] as const)('a %s key of spec %s is not for %s', (usage, spec, operation) => {
    const engine = engineOf({
      ...estate,
      keys: [{ arn: keyArn, policy: delegating, spec, usage }],
    });
    const exchange =
      operation === 'Encrypt'
        ? call(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') })
        : call(engine, 'GenerateDataKey', { KeyId: keyId, KeySpec: 'AES_256' });
    expect(errorOf(exchange)).toBe('InvalidKeyUsageException');
  });
});

describe('data keys', () => {
  test.each([
    [{ KeySpec: 'AES_256' }, 32],
    [{ KeySpec: 'AES_128' }, 16],
    [{ NumberOfBytes: 64 }, 64],
    [{ NumberOfBytes: 1_024 }, 1_024],
  ] as const)('%j gives %i bytes, which the ciphertext holds', (size, count) => {
    const engine = engineOf();
    const made = ok(engine, 'GenerateDataKey', { KeyId: keyId, ...size }, app);
    expect(made.Plaintext).toHaveLength(count);
    const { CiphertextBlob } = made;
    expect(ok(engine, 'Decrypt', { CiphertextBlob }, app).Plaintext).toEqual(made.Plaintext);
  });

  test.each([
    {},
    { KeySpec: 'AES_256', NumberOfBytes: 32 },
    { NumberOfBytes: 1_025 },
    { NumberOfBytes: 0 },
  ] as const)('%j is a ValidationException', (size) => {
    expect(errorOf(call(engineOf(), 'GenerateDataKey', { KeyId: keyId, ...size }))).toBe(
      'ValidationException',
    );
  });

  test('without plaintext there is only the ciphertext', () => {
    const made = ok(engineOf(), 'GenerateDataKeyWithoutPlaintext', {
      KeyId: keyId,
      KeySpec: 'AES_256',
    });
    expect(Object.keys(made).sort()).toEqual(['CiphertextBlob', 'KeyId']);
  });
});

describe('ReEncrypt', () => {
  const reEncrypt = { CiphertextBlob: new Uint8Array(1), DestinationKeyId: otherId };

  test('moves a ciphertext to another key and context', () => {
    const engine = engineOf(twoKeys);
    const { CiphertextBlob } = ok(engine, 'Encrypt', {
      KeyId: keyId,
      Plaintext: bytes('x'),
      EncryptionContext: { a: '1' },
    });
    const moved = ok(
      engine,
      'ReEncrypt',
      {
        CiphertextBlob,
        DestinationKeyId: otherId,
        SourceEncryptionContext: { a: '1' },
        DestinationEncryptionContext: { b: '2' },
      },
      app,
    );
    expect([moved.SourceKeyId, moved.KeyId]).toEqual([keyArn, otherArn]);
    const back = ok(engine, 'Decrypt', {
      CiphertextBlob: moved.CiphertextBlob,
      EncryptionContext: { b: '2' },
    });
    expect(back.Plaintext).toEqual(bytes('x'));
  });

  test('asks for ReEncryptFrom on the source and ReEncryptTo on the destination (facts kms-authz 113)', () => {
    const engine = engineOf(twoKeys);
    const { CiphertextBlob } = ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') });
    const { authorizations } = call(engine, 'ReEncrypt', { ...reEncrypt, CiphertextBlob }, app);
    expect(authorizations.map(({ request }) => [request.action, request.resource])).toEqual([
      ['kms:ReEncryptFrom', keyArn],
      ['kms:ReEncryptTo', otherArn],
    ]);
  });

  test.each(['kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:ReEncrypt'])(
    '%s alone is not enough',
    (action) => {
      const engine = engineOf({
        ...twoKeys,
        principals: [
          ...estate.principals,
          {
            arn: roleArn('mover'),
            policies: [
              { ...policyless, Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] },
            ],
          },
        ],
      });
      const { CiphertextBlob } = ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') });
      const exchange = call(
        engine,
        'ReEncrypt',
        { ...reEncrypt, CiphertextBlob },
        { caller: roleArn('mover') },
      );
      expect(errorOf(exchange)).toBe('AccessDeniedException');
    },
  );

  test('kms:ReEncryptOnSameKey says whether the key stays', () => {
    const engine = engineOf(twoKeys);
    const { CiphertextBlob } = ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') });
    const same = (DestinationKeyId: string) =>
      call(engine, 'ReEncrypt', { CiphertextBlob, DestinationKeyId }).authorizations.map(
        ({ request }) => request.context.get('kms:reencryptonsamekey'),
      );
    expect(same(keyId)).toEqual(['true', 'true']);
    expect(same(otherId)).toEqual(['false', 'false']);
  });
});

describe('DryRun (facts kms-authz 115)', () => {
  test('what would have succeeded says so, and changes nothing', () => {
    const engine = engineOf();
    const exchange = call(engine, 'CreateGrant', {
      KeyId: keyId,
      GranteePrincipal: roleArn('nobody'),
      Operations: ['Decrypt'],
      DryRun: true,
    });
    expect(errorOf(exchange)).toBe('DryRunOperationException');
    expect(ok(engine, 'ListGrants', { KeyId: keyId }).Grants).toEqual([]);
  });

  test('what would have failed fails as ever', () => {
    const engine = engineOf();
    const input = { KeyId: keyId, Plaintext: bytes('x'), DryRun: true };
    expect(errorOf(call(engine, 'Encrypt', input, { caller: roleArn('nobody') }))).toBe(
      'AccessDeniedException',
    );
    ok(engine, 'DisableKey', { KeyId: keyId });
    expect(errorOf(call(engine, 'Encrypt', input))).toBe('DisabledException');
  });
});

test('a stranger is told nothing about the key behind a ciphertext', () => {
  const engine = engineOf();
  const { CiphertextBlob } = ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') });
  const exchange = call(engine, 'Decrypt', { CiphertextBlob }, { caller: stranger });
  expect(messageOf(exchange)).toContain('the resource associated with this ciphertext');
  expect(messageOf(exchange)).not.toContain(keyId);
});
