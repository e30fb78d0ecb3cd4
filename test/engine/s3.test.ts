import { describe, expect, test } from 'vitest';
import type { Engine, ServiceCall } from '../../src/engine/index.js';
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
} from './estate.js';

const bucketArn = 'arn:aws:s3:::orders-bucket';
const objectArn = `${bucketArn}/2026/a.csv`;
const s3 = (engine: Engine, action: ServiceCall['action'], more: Partial<ServiceCall> = {}) =>
  engine.call({
    kind: 's3',
    action,
    bucket: 'orders-bucket',
    objectKey: '2026/a.csv',
    caller: roleArn('uploader'),
    ...more,
  });

interface World {
  readonly bucket?: Readonly<Record<string, unknown>>;
  readonly actions?: readonly string[];
  readonly policy?: unknown;
}

/** A bucket that encrypts with the key, and an uploader that may use S3 and the given KMS actions. */
function world({
  bucket = {},
  actions = ['kms:GenerateDataKey', 'kms:Decrypt'],
  policy = delegating,
}: World = {}): Engine {
  return engineOf({
    ...estate,
    principals: [
      { arn: roleArn('uploader'), policies: [allow(['s3:*', ...actions])], tags: {} },
      { arn: roleArn('admin'), policies: [allow('*')], tags: {} },
    ],
    keys: [{ arn: keyArn, policy, spec: 'SYMMETRIC_DEFAULT', aliases: ['alias/orders'] }],
    resources: [
      {
        arn: bucketArn,
        account,
        region: 'us-east-1',
        key: keyArn,
        encryption: 'aws:kms',
        ...bucket,
      },
    ],
  });
}

const viaOnly = (context: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: root },
      Action: 'kms:*',
      Resource: '*',
      Condition: {
        StringLike: {
          'kms:EncryptionContext:aws:s3:arn': context,
          'kms:ViaService': 's3.us-east-1.amazonaws.com',
        },
      },
    },
  ],
});

describe('S3 with SSE-KMS (facts kms-services, S3)', () => {
  test('what was put is read back', () => {
    const engine = world();
    expect(errorOf(s3(engine, 'PutObject', { body: bytes('a,b') }))).toBe('succeeded');
    const { outcome } = s3(engine, 'GetObject');
    expect(outcome).toMatchObject({
      output: { Body: bytes('a,b'), SSEKMSKeyId: keyArn, ServerSideEncryption: 'aws:kms' },
    });
  });

  test('KMS is asked as the caller, through S3, with the object as encryption context', () => {
    const { authorizations } = s3(world(), 'PutObject');
    expect(authorizations.map(({ request, purpose }) => [request.action, purpose])).toEqual([
      ['s3:PutObject', 'service-permission'],
      ['kms:GenerateDataKey', undefined],
    ]);
    const request = authorizations[1]?.request;
    expect(request?.caller).toMatchObject({ roleArn: roleArn('uploader') });
    expect(request?.context.get('kms:viaservice')).toBe('s3.us-east-1.amazonaws.com');
    expect(request?.context.get('kms:encryptioncontext:aws:s3:arn')).toBe(objectArn);
  });

  test.each([
    [false, `${bucketArn}/*`, 'succeeded'],
    [false, bucketArn, 'AccessDenied'],
    [true, `${bucketArn}/*`, 'AccessDenied'],
    [true, bucketArn, 'succeeded'],
  ])('with Bucket Key %s and a condition on %s: %s', (bucketKey, pattern, outcome) => {
    const engine = world({ bucket: { bucketKey }, policy: viaOnly(pattern) });
    expect(errorOf(s3(engine, 'PutObject'))).toBe(outcome);
    expect(errorOf(s3(engine, 'GetObject'))).toBe(outcome);
  });

  test.each([
    [
      ['kms:GenerateDataKey', 'kms:Decrypt'],
      ['succeeded', 'succeeded', 'succeeded'],
    ],
    [['kms:GenerateDataKey'], ['succeeded', 'AccessDenied', 'AccessDenied']],
    [['kms:Decrypt'], ['AccessDenied', 'NoSuchUpload', 'NoSuchUpload']],
    [
      ['kms:Encrypt', 'kms:GenerateDataKey'],
      ['succeeded', 'AccessDenied', 'AccessDenied'],
    ],
  ])('a multipart upload with %j: %j (facts gotchas G3)', (actions, outcomes) => {
    const engine = world({ actions });
    const steps = (['CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload'] as const).map(
      (action) => errorOf(s3(engine, action, { body: bytes('part') })),
    );
    expect(steps).toEqual(outcomes);
  });

  test('the parts are the object', () => {
    const engine = world();
    s3(engine, 'CreateMultipartUpload');
    for (const part of ['one ', 'two']) s3(engine, 'UploadPart', { body: bytes(part) });
    s3(engine, 'CompleteMultipartUpload');
    expect(s3(engine, 'GetObject').outcome).toMatchObject({ output: { Body: bytes('one two') } });
  });

  test('a small object needs no kms:Decrypt', () => {
    expect(errorOf(s3(world({ actions: ['kms:GenerateDataKey'] }), 'PutObject'))).toBe('succeeded');
  });

  test('an object that was there before is read under the key of its bucket', () => {
    expect(errorOf(s3(world(), 'GetObject'))).toBe('succeeded');
    expect(errorOf(s3(world({ actions: ['kms:GenerateDataKey'] }), 'GetObject'))).toBe(
      'AccessDenied',
    );
  });

  test('the message is KMS’s', () => {
    const message = messageOf(s3(world({ actions: [] }), 'PutObject'));
    expect(message).toBe(
      `User: ${roleArn('uploader')} is not authorized to perform: kms:GenerateDataKey on resource: ${keyArn} because no identity-based policy allows the kms:GenerateDataKey action`,
    );
  });

  test('a key that is unusable, or not in the Region of the bucket, is named as S3 names it', () => {
    const engine = world();
    ok(engine, 'DisableKey', { KeyId: keyId });
    expect(errorOf(s3(engine, 'PutObject'))).toBe('KMS.DisabledException');
    const elsewhere = s3(world({ bucket: { region: 'eu-west-1' } }), 'PutObject');
    expect([errorOf(elsewhere), messageOf(elsewhere)]).toEqual([
      'KMS.NotFoundException',
      'Invalid arn us-east-1',
    ]);
  });

  test('the network of the caller is not that of S3 (facts gotchas 12)', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        ...delegating.Statement,
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:*',
          Resource: '*',
          Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
        },
      ],
    };
    const context = { 'aws:SourceIp': '192.0.2.1' };
    const engine = world({ policy });
    expect(errorOf(s3(engine, 'PutObject', { context }))).toBe('AccessDenied');
    const direct = call(
      engine,
      'GenerateDataKey',
      { KeyId: keyId, KeySpec: 'AES_256' },
      { caller: roleArn('uploader'), context },
    );
    expect(errorOf(direct)).toBe('succeeded');
  });
});

describe('which key S3 uses', () => {
  test.each([
    ['no key and no encryption', { key: undefined, encryption: undefined }, 'AES256'],
    ['SSE-S3', { key: undefined, encryption: 'AES256' }, 'AES256'],
    ['a key alone', { encryption: undefined }, 'aws:kms'],
    ['DSSE-KMS', { encryption: 'aws:kms:dsse' }, 'aws:kms:dsse'],
    ['an alias', { key: 'alias/orders' }, 'aws:kms'],
    ['a key id', { key: keyId }, 'aws:kms'],
  ])('%s: %s', (_what, bucket, ServerSideEncryption) => {
    expect(s3(world({ bucket }), 'PutObject').outcome).toMatchObject({
      output: { ServerSideEncryption },
    });
  });

  test('without KMS, KMS is not asked', () => {
    const { authorizations } = s3(
      world({ bucket: { key: undefined, encryption: 'AES256' } }),
      'PutObject',
    );
    expect(authorizations.map(({ request }) => request.action)).toEqual(['s3:PutObject']);
  });

  test('DSSE-KMS has no Bucket Keys', () => {
    const { authorizations } = s3(
      world({ bucket: { encryption: 'aws:kms:dsse', bucketKey: true } }),
      'PutObject',
    );
    expect(authorizations.at(-1)?.request.context.get('kms:encryptioncontext:aws:s3:arn')).toBe(
      objectArn,
    );
  });

  test('aws/s3 is there when it is needed, for its account, through S3', () => {
    const engine = world({ bucket: { key: undefined }, actions: [] });
    expect(errorOf(s3(engine, 'PutObject'))).toBe('succeeded');
    const managed = engine.inventory().keys.find(({ manager }) => manager === 'AWS');
    expect(managed?.aliases).toEqual(['alias/aws/s3']);
    const direct = call(engine, 'GenerateDataKey', { KeyId: 'alias/aws/s3', KeySpec: 'AES_256' });
    expect(errorOf(direct)).toBe('AccessDeniedException');
  });

  test('of a listed aws/s3 the policy need not be supplied', () => {
    const arn = `arn:aws:kms:us-east-1:${account}:key/0987dcba-09fe-87dc-65ba-ab0987654321`;
    const engine = engineOf({
      ...estate,
      principals: [{ arn: roleArn('uploader'), policies: [allow('s3:*')], tags: {} }],
      keys: [{ arn, aliases: ['alias/aws/s3'] }],
      resources: [{ arn: bucketArn, account, region: 'us-east-1', encryption: 'aws:kms' }],
    });
    expect(s3(engine, 'PutObject').outcome).toMatchObject({ output: { SSEKMSKeyId: arn } });
  });

  test('the request may ask for another key, or none', () => {
    const algorithm = s3(world(), 'PutObject', { encryption: { algorithm: 'AES256' } });
    expect(algorithm.outcome).toMatchObject({ output: { ServerSideEncryption: 'AES256' } });
    const managed = s3(world({ actions: [] }), 'PutObject', {
      encryption: { algorithm: 'aws:kms', keyId: 'alias/aws/s3' },
    });
    expect(errorOf(managed)).toBe('succeeded');
    const extra = s3(world(), 'PutObject', {
      encryption: { algorithm: 'aws:kms', context: { tenant: 'a' } },
    });
    expect(extra.authorizations.at(-1)?.request.context.get('kms:encryptioncontextkeys')).toEqual([
      'tenant',
      'aws:s3:arn',
    ]);
  });
});

describe('S3’s own permission', () => {
  const without = (bucket: Readonly<Record<string, unknown>>) =>
    engineOf({
      ...estate,
      principals: [{ arn: roleArn('uploader'), policies: [allow('kms:*')], tags: {} }],
      resources: [{ arn: bucketArn, account, region: 'us-east-1', key: keyArn, ...bucket }],
      complete: ['resources'],
    });

  test('is needed, and KMS is not asked without it', () => {
    const exchange = s3(without({}), 'PutObject');
    expect(errorOf(exchange)).toBe('AccessDenied');
    expect(exchange.authorizations.map(({ request }) => request.action)).toEqual(['s3:PutObject']);
  });

  test('may come from the bucket policy', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: roleArn('uploader') },
          Action: 's3:PutObject',
          Resource: `${bucketArn}/*`,
        },
      ],
    };
    expect(errorOf(s3(without({ policy }), 'PutObject'))).toBe('succeeded');
  });

  test('can be taken for granted', () => {
    const exchange = s3(without({}), 'PutObject', { servicePermission: 'assumed' });
    expect(errorOf(exchange)).toBe('succeeded');
    expect(exchange.authorizations.map(({ request }) => request.action)).toEqual([
      'kms:GenerateDataKey',
    ]);
  });

  test('does not stop the call where it is unknown', () => {
    const engine = engineOf({
      ...estate,
      principals: [],
      keys: [{ arn: keyArn, policy: policyFor({ AWS: roleArn('uploader') }) }],
      resources: [{ arn: bucketArn, account, region: 'us-east-1', key: keyArn }],
    });
    const exchange = s3(engine, 'PutObject');
    expect(exchange.authorizations.map(({ authorization }) => authorization.decision)).toEqual([
      'Unknown',
      'Allow',
    ]);
    expect(errorOf(exchange)).toBe('succeeded');
  });

  test('a bucket that is not there', () => {
    expect(errorOf(s3(world(), 'PutObject', { bucket: 'other' }))).toBe('NoSuchBucket');
  });
});

test('across accounts both halves are needed for the key, too', () => {
  const partner = 'arn:aws:iam::999988887777:role/partner';
  const bucketPolicy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: partner }, Action: 's3:*', Resource: `${bucketArn}/*` },
    ],
  };
  const partners = (policy: unknown) =>
    engineOf({
      ...estate,
      principals: [{ arn: partner, policies: [allow(['s3:*', 'kms:Decrypt'])], tags: {} }],
      keys: [{ arn: keyArn, policy }],
      resources: [
        { arn: bucketArn, account, region: 'us-east-1', key: keyArn, policy: bucketPolicy },
      ],
    });
  expect(errorOf(s3(partners(delegating), 'GetObject', { caller: partner }))).toBe('AccessDenied');
  expect(
    errorOf(
      s3(partners(policyFor({ AWS: [root, '999988887777'] })), 'GetObject', { caller: partner }),
    ),
  ).toBe('succeeded');
});
