import { describe, expect, test } from 'vitest';
import {
  account,
  allow,
  bytes,
  call,
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
} from './estate.js';

const aliasArn = `arn:aws:kms:${region}:${account}:alias/orders`;
const missing = '00000000-0000-0000-0000-000000000000';
const outsider = 'arn:aws:iam::999988887777:role/reader';

describe('how a request names its key (facts kms-authz 86 to 89)', () => {
  test.each([keyId, keyArn, 'alias/orders', aliasArn])(
    '%s names it where aliases are allowed',
    (KeyId) => {
      expect(ok(engineOf(), 'DescribeKey', { KeyId }).KeyMetadata.Arn).toBe(keyArn);
    },
  );

  test.each([keyId, keyArn])('%s names it everywhere', (KeyId) => {
    ok(engineOf(), 'GetKeyPolicy', { KeyId });
  });

  test.each([
    ['alias/orders', 'NotFoundException', 'Invalid keyId alias/orders'],
    [aliasArn, 'InvalidArnException', 'Key Aliases are not supported for this operation'],
  ])('%s does not where aliases are not', (KeyId, name, message) => {
    const exchange = call(engineOf(), 'GetKeyPolicy', { KeyId });
    expect([errorOf(exchange), messageOf(exchange)]).toEqual([name, message]);
  });

  test.each([
    [
      missing,
      'NotFoundException',
      `Key 'arn:aws:kms:${region}:${account}:key/${missing}' does not exist`,
    ],
    ['orders', 'NotFoundException', 'Invalid keyId orders'],
    [
      'alias/none',
      'NotFoundException',
      `Alias arn:aws:kms:${region}:${account}:alias/none is not found.`,
    ],
    [
      `arn:aws:kms:${region}:${account}:key/${missing}`,
      'NotFoundException',
      `Key 'arn:aws:kms:${region}:${account}:key/${missing}' does not exist`,
    ],
    ['arn:aws:s3:::orders', 'InvalidArnException', 'Invalid arn arn:aws:s3:::orders'],
    ['arn:aws:kms', 'InvalidArnException', 'Invalid arn arn:aws:kms'],
    [
      '',
      'ValidationException',
      "1 validation error detected: Value at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])('`%s` is a %s', (KeyId, name, message) => {
    const exchange = call(engineOf(), 'DescribeKey', { KeyId });
    expect([errorOf(exchange), messageOf(exchange)]).toEqual([name, message]);
  });

  test('a key is found in its own Region only', () => {
    const elsewhere = { region: 'eu-west-1' };
    const byArn = call(engineOf(), 'DescribeKey', { KeyId: keyArn }, elsewhere);
    expect([errorOf(byArn), messageOf(byArn)]).toEqual([
      'NotFoundException',
      `Invalid arn ${region}`,
    ]);
    for (const KeyId of [keyId, 'alias/orders']) {
      expect(errorOf(call(engineOf(), 'DescribeKey', { KeyId }, elsewhere))).toBe(
        'NotFoundException',
      );
    }
  });

  test('a single-Region ciphertext is denied elsewhere, as if its key did not exist', () => {
    const engine = engineOf();
    const { CiphertextBlob } = ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') });
    const exchange = call(engine, 'Decrypt', { CiphertextBlob }, { region: 'eu-west-1' });
    expect(errorOf(exchange)).toBe('AccessDeniedException');
    expect(messageOf(exchange)).toContain('does not exist in this Region');
  });

  test('ids and alias names are those of the caller’s account; ARNs reach further', () => {
    const engine = engineOf({
      ...estate,
      principals: [{ arn: outsider, policies: [allow('kms:*')] }],
      keys: [
        {
          arn: keyArn,
          policy: policyFor({ AWS: [root, '999988887777'] }),
          aliases: ['alias/orders'],
        },
      ],
    });
    const describe = (KeyId: string) =>
      errorOf(call(engine, 'DescribeKey', { KeyId }, { caller: outsider }));
    expect([keyId, 'alias/orders', keyArn, aliasArn].map(describe)).toEqual([
      'NotFoundException',
      'NotFoundException',
      'succeeded',
      'succeeded',
    ]);
  });

  test('a foreign key that does not exist looks like a forbidden one', () => {
    const engine = engineOf();
    const [absent, forbidden] = [`arn:aws:kms:${region}:${account}:key/${missing}`, keyArn].map(
      (KeyId) => messageOf(call(engine, 'DescribeKey', { KeyId }, { caller: outsider })),
    );
    expect(absent).toBe(forbidden);
    expect(absent).toContain(
      'kms:DescribeKey on this resource because the resource does not exist',
    );
  });
});

describe('what of the name enters the decision', () => {
  test('kms:RequestAlias is there only where an alias names the key', () => {
    const engine = engineOf();
    const aliasOf = (KeyId: string) =>
      call(engine, 'DescribeKey', { KeyId }).authorizations[0]?.request.context.get(
        'kms:requestalias',
      );
    expect([keyId, keyArn, 'alias/orders', aliasArn].map(aliasOf)).toEqual([
      undefined,
      undefined,
      'alias/orders',
      'alias/orders',
    ]);
  });

  test('a Deny on kms:RequestAlias is got around by the key id (facts gotchas 21)', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        ...policyFor({ AWS: root }).Statement,
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:Encrypt',
          Resource: '*',
          Condition: { StringEquals: { 'kms:RequestAlias': 'alias/orders' } },
        },
      ],
    };
    const engine = engineOf({
      ...estate,
      keys: [{ arn: keyArn, policy, aliases: ['alias/orders'] }],
    });
    const encrypt = (KeyId: string) =>
      errorOf(
        call(engine, 'Encrypt', { KeyId, Plaintext: bytes('x') }, { caller: roleArn('app') }),
      );
    expect([encrypt('alias/orders'), encrypt(keyId)]).toEqual([
      'AccessDeniedException',
      'succeeded',
    ]);
  });
});
