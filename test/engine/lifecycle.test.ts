import { describe, expect, test } from 'vitest';
import { keyStates } from '../../src/facts/index.js';
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
  region,
  roleArn,
} from './estate.js';

const DAY_MS = 86_400_000;
const inState = (state: string) => engineOf({ ...estate, keys: [{ ...estate.keys[0], state }] });
const advance = (engine: ReturnType<typeof engineOf>, days: number) =>
  engine.call({ kind: 'clock', advanceMs: days * DAY_MS });

describe('key states (the table of the developer guide)', () => {
  const D = 'DisabledException';
  const S = 'KMSInvalidStateException';
  const OK = 'succeeded';
  // In the order of the fact table: Creating, Enabled, Disabled, PendingDeletion, PendingImport,
  // PendingReplicaDeletion, Unavailable, Updating.
  const table: readonly (readonly [
    string,
    (engine: ReturnType<typeof engineOf>) => string,
    readonly string[],
  ])[] = [
    [
      'DescribeKey',
      (engine) => errorOf(call(engine, 'DescribeKey', { KeyId: keyId })),
      [OK, OK, OK, OK, OK, OK, OK, OK],
    ],
    [
      'GetKeyPolicy',
      (engine) => errorOf(call(engine, 'GetKeyPolicy', { KeyId: keyId })),
      [OK, OK, OK, OK, OK, OK, OK, OK],
    ],
    [
      'ListGrants',
      (engine) => errorOf(call(engine, 'ListGrants', { KeyId: keyId })),
      [OK, OK, OK, OK, OK, OK, OK, OK],
    ],
    [
      'Encrypt',
      (engine) => errorOf(call(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') })),
      [S, OK, D, S, S, S, S, OK],
    ],
    [
      'GenerateDataKey',
      (engine) => errorOf(call(engine, 'GenerateDataKey', { KeyId: keyId, KeySpec: 'AES_256' })),
      [S, OK, D, S, S, S, S, OK],
    ],
    [
      'CreateGrant',
      (engine) =>
        errorOf(
          call(engine, 'CreateGrant', {
            KeyId: keyId,
            GranteePrincipal: roleArn('app'),
            Operations: ['Decrypt'],
          }),
        ),
      [S, OK, D, S, S, S, OK, OK],
    ],
    [
      'CreateAlias',
      (engine) =>
        errorOf(call(engine, 'CreateAlias', { AliasName: 'alias/b', TargetKeyId: keyId })),
      [OK, OK, OK, S, OK, S, OK, OK],
    ],
    [
      'EnableKey',
      (engine) => errorOf(call(engine, 'EnableKey', { KeyId: keyId })),
      [S, OK, OK, S, S, S, OK, S],
    ],
    [
      'DisableKey',
      (engine) => errorOf(call(engine, 'DisableKey', { KeyId: keyId })),
      [S, OK, OK, S, S, S, OK, S],
    ],
    [
      'ScheduleKeyDeletion',
      (engine) => errorOf(call(engine, 'ScheduleKeyDeletion', { KeyId: keyId })),
      [OK, OK, OK, S, OK, S, OK, S],
    ],
    [
      'CancelKeyDeletion',
      (engine) => errorOf(call(engine, 'CancelKeyDeletion', { KeyId: keyId })),
      [S, S, S, OK, S, OK, S, S],
    ],
  ];

  test.each(table)('%s', (_name, run, expected) => {
    expect(keyStates.map((state) => run(inState(state)))).toEqual(expected);
  });

  test('an unavailable key stays so until its key store is back', () => {
    const engine = inState('Unavailable');
    ok(engine, 'EnableKey', { KeyId: keyId });
    expect(ok(engine, 'DescribeKey', { KeyId: keyId }).KeyMetadata.KeyState).toBe('Unavailable');
  });

  test('the message names key and state', () => {
    const exchange = call(inState('Disabled'), 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') });
    expect(messageOf(exchange)).toBe(`${keyArn} is disabled.`);
  });

  test('without permission the state stays unknown to the caller', () => {
    const exchange = call(
      inState('Disabled'),
      'Encrypt',
      { KeyId: keyId, Plaintext: bytes('x') },
      { caller: roleArn('nobody') },
    );
    expect(errorOf(exchange)).toBe('AccessDeniedException');
  });
});

describe('deleting a key', () => {
  test('takes 30 days, or 7 to 30 as asked', () => {
    const { DeletionDate, PendingWindowInDays, KeyState } = ok(engineOf(), 'ScheduleKeyDeletion', {
      KeyId: keyId,
    });
    expect([DeletionDate?.toISOString(), PendingWindowInDays, KeyState]).toEqual([
      '2026-01-31T00:00:00.000Z',
      30,
      'PendingDeletion',
    ]);
    const after = (PendingWindowInDays: number) =>
      errorOf(call(engineOf(), 'ScheduleKeyDeletion', { KeyId: keyId, PendingWindowInDays }));
    expect([6, 7, 30, 31].map(after)).toEqual([
      'ValidationException',
      'succeeded',
      'succeeded',
      'ValidationException',
    ]);
  });

  test('the key is unusable while it waits, and then gone with its aliases and ciphertexts', () => {
    const engine = engineOf();
    const { CiphertextBlob } = ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') });
    ok(engine, 'ScheduleKeyDeletion', { KeyId: keyId, PendingWindowInDays: 7 });
    advance(engine, 6);
    expect(errorOf(call(engine, 'Decrypt', { CiphertextBlob }))).toBe('KMSInvalidStateException');
    advance(engine, 1);
    expect(errorOf(call(engine, 'DescribeKey', { KeyId: keyId }))).toBe('NotFoundException');
    expect(errorOf(call(engine, 'DescribeKey', { KeyId: 'alias/orders' }))).toBe(
      'NotFoundException',
    );
    expect(errorOf(call(engine, 'Decrypt', { CiphertextBlob }))).toBe('AccessDeniedException');
    expect(ok(engine, 'ListAliases', {}).Aliases).toEqual([]);
    expect(engine.events().at(-5)?.eventName).toBe('DeleteKey');
  });

  test('cancelled in time leaves it disabled', () => {
    const engine = engineOf();
    ok(engine, 'ScheduleKeyDeletion', { KeyId: keyId, PendingWindowInDays: 7 });
    ok(engine, 'CancelKeyDeletion', { KeyId: keyId });
    advance(engine, 40);
    const { KeyMetadata } = ok(engine, 'DescribeKey', { KeyId: keyId });
    expect([KeyMetadata.KeyState, KeyMetadata.Enabled, KeyMetadata.DeletionDate]).toEqual([
      'Disabled',
      false,
      undefined,
    ]);
  });

  test('a key that was loaded as pending goes when its time comes', () => {
    const engine = engineOf({
      ...estate,
      keys: [{ ...estate.keys[0], state: 'PendingDeletion', deletionDate: '2026-01-02T00:00:00Z' }],
    });
    ok(engine, 'DescribeKey', { KeyId: keyId });
    advance(engine, 1);
    expect(errorOf(call(engine, 'DescribeKey', { KeyId: keyId }))).toBe('NotFoundException');
  });

  test('kms:ScheduleKeyDeletionPendingWindowInDays is 30 where the request gives none', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        ...delegating.Statement,
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:ScheduleKeyDeletion',
          Resource: '*',
          Condition: { NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' } },
        },
      ],
    };
    const engine = engineOf({ ...estate, keys: [{ arn: keyArn, policy }] });
    expect(
      errorOf(call(engine, 'ScheduleKeyDeletion', { KeyId: keyId, PendingWindowInDays: 7 })),
    ).toBe('AccessDeniedException');
    ok(engine, 'ScheduleKeyDeletion', { KeyId: keyId });
  });
});

describe('making a key', () => {
  test('gives one that is enabled, symmetric and ours', () => {
    const { KeyMetadata } = ok(engineOf(), 'CreateKey', { Description: 'orders' });
    expect(KeyMetadata).toMatchObject({
      AWSAccountId: account,
      Description: 'orders',
      Enabled: true,
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Origin: 'AWS_KMS',
    });
    expect(KeyMetadata.Arn).toMatch(
      /^arn:aws:kms:us-east-1:111122223333:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
  });

  test.each([
    [{ KeySpec: 'RSA_2048' }, 'ValidationException'],
    [{ KeySpec: 'RSA_2048', KeyUsage: 'GENERATE_VERIFY_MAC' }, 'ValidationException'],
    [{ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }, 'succeeded'],
    [{ KeySpec: 'HMAC_256' }, 'ValidationException'],
    [{ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }, 'succeeded'],
    [{ KeySpec: 'AES_256' }, 'ValidationException'],
    [{ Origin: 'AWS_CLOUDHSM' }, 'ValidationException'],
    [{ Origin: 'AWS_CLOUDHSM', MultiRegion: true }, 'UnsupportedOperationException'],
    [{ Tags: [{ TagKey: 'aws:x', TagValue: 'y' }] }, 'TagException'],
    [
      {
        Tags: [
          { TagKey: 'a', TagValue: '1' },
          { TagKey: 'a', TagValue: '2' },
        ],
      },
      'TagException',
    ],
    [{ Tags: [{ TagKey: 'a', TagValue: '1' }] }, 'succeeded'],
  ])('%j: %s', (input, outcome) => {
    expect(errorOf(call(engineOf(), 'CreateKey', input))).toBe(outcome);
  });

  test('with tags needs kms:TagResource as well (facts kms-authz 112)', () => {
    const Tags = [{ TagKey: 'team', TagValue: 'orders' }];
    const caller = roleArn('maker');
    const withActions = (...actions: readonly string[]) =>
      engineOf({ ...estate, principals: [{ arn: caller, policies: [allow(actions)] }] });
    const input = { Tags, BypassPolicyLockoutSafetyCheck: true };
    expect(errorOf(call(withActions('kms:CreateKey'), 'CreateKey', input, { caller }))).toBe(
      'AccessDeniedException',
    );
    ok(withActions('kms:CreateKey', 'kms:TagResource'), 'CreateKey', input, { caller });
  });

  test('for imported material waits for it', () => {
    const engine = engineOf();
    const { KeyMetadata } = ok(engine, 'CreateKey', { Origin: 'EXTERNAL' });
    expect(KeyMetadata.KeyState).toBe('PendingImport');
    expect(
      errorOf(call(engine, 'Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext: bytes('x') })),
    ).toBe('KMSInvalidStateException');
  });

  test('no key policy gives kms:CreateKey (facts kms-authz 111)', () => {
    const engine = engineOf({ ...estate, keys: [{ arn: keyArn, policy: policyFor('*') }] });
    expect(errorOf(call(engine, 'CreateKey', {}, { caller: roleArn('nobody') }))).toBe(
      'AccessDeniedException',
    );
  });
});

describe('multi-Region keys (facts kms-authz 101 to 110)', () => {
  const west = { region: 'eu-west-1' };
  const primary = () => {
    const engine = engineOf();
    const { KeyMetadata } = ok(engine, 'CreateKey', { MultiRegion: true });
    return { engine, id: KeyMetadata.KeyId };
  };

  test('a replica has the id, and decrypts what the primary encrypted', () => {
    const { engine, id } = primary();
    const { ReplicaKeyMetadata } = ok(engine, 'ReplicateKey', {
      KeyId: id,
      ReplicaRegion: 'eu-west-1',
    });
    expect(ReplicaKeyMetadata.Arn).toBe(`arn:aws:kms:eu-west-1:${account}:key/${id}`);
    const { CiphertextBlob } = ok(engine, 'Encrypt', { KeyId: id, Plaintext: bytes('x') });
    expect(ok(engine, 'Decrypt', { CiphertextBlob }, west).KeyId).toBe(ReplicaKeyMetadata.Arn);
    expect(
      ok(engine, 'DescribeKey', { KeyId: id }).KeyMetadata.MultiRegionConfiguration,
    ).toMatchObject({
      MultiRegionKeyType: 'PRIMARY',
      ReplicaKeys: [{ Arn: ReplicaKeyMetadata.Arn, Region: 'eu-west-1' }],
    });
  });

  test('a replica has its own policy, the default one unless given, and its own state and grants', () => {
    const { engine, id } = primary();
    const Policy = JSON.stringify(policyFor({ AWS: roleArn('admin') }));
    ok(engine, 'PutKeyPolicy', { KeyId: id, Policy });
    ok(engine, 'CreateGrant', {
      KeyId: id,
      GranteePrincipal: roleArn('nobody'),
      Operations: ['Encrypt'],
    });
    ok(engine, 'ReplicateKey', { KeyId: id, ReplicaRegion: 'eu-west-1' });
    expect(ok(engine, 'GetKeyPolicy', { KeyId: id }, west).Policy).toContain(':root');
    expect(ok(engine, 'ListGrants', { KeyId: id }, west).Grants).toEqual([]);
    ok(engine, 'DisableKey', { KeyId: id });
    ok(
      engine,
      'Encrypt',
      { KeyId: id, Plaintext: bytes('x') },
      { ...west, caller: roleArn('app') },
    );
  });

  test('replicating needs kms:ReplicateKey on the primary and kms:CreateKey in the other Region', () => {
    const { engine, id } = primary();
    const { authorizations } = call(engine, 'ReplicateKey', {
      KeyId: id,
      ReplicaRegion: 'eu-west-1',
    });
    expect(
      authorizations.map(({ request }) => [
        request.action,
        request.context.get('aws:requestedregion'),
      ]),
    ).toEqual([
      ['kms:ReplicateKey', region],
      ['kms:CreateKey', 'eu-west-1'],
      ['kms:PutKeyPolicy', 'eu-west-1'],
    ]);
  });

  test.each([
    [keyId, 'eu-west-1', 'UnsupportedOperationException'],
    ['mrk', region, 'ValidationException'],
    ['mrk', 'nowhere', 'ValidationException'],
  ])('%s to %s: %s', (which, ReplicaRegion, error) => {
    const { engine, id } = primary();
    expect(
      errorOf(call(engine, 'ReplicateKey', { KeyId: which === 'mrk' ? id : which, ReplicaRegion })),
    ).toBe(error);
  });

  test('there is one replica a Region', () => {
    const { engine, id } = primary();
    ok(engine, 'ReplicateKey', { KeyId: id, ReplicaRegion: 'eu-west-1' });
    expect(errorOf(call(engine, 'ReplicateKey', { KeyId: id, ReplicaRegion: 'eu-west-1' }))).toBe(
      'AlreadyExistsException',
    );
    const fromReplica = call(
      engine,
      'ReplicateKey',
      { KeyId: id, ReplicaRegion: 'eu-west-2' },
      west,
    );
    expect(errorOf(fromReplica)).toBe('UnsupportedOperationException');
  });

  test('the primary waits for its last replica, and then its own time (facts kms-authz 108)', () => {
    const { engine, id } = primary();
    ok(engine, 'ReplicateKey', { KeyId: id, ReplicaRegion: 'eu-west-1' });
    const scheduled = ok(engine, 'ScheduleKeyDeletion', { KeyId: id, PendingWindowInDays: 10 });
    expect([scheduled.KeyState, scheduled.DeletionDate]).toEqual([
      'PendingReplicaDeletion',
      undefined,
    ]);
    advance(engine, 60);
    const waiting = ok(engine, 'DescribeKey', { KeyId: id }).KeyMetadata;
    expect([waiting.KeyState, waiting.PendingDeletionWindowInDays]).toEqual([
      'PendingReplicaDeletion',
      10,
    ]);
    ok(engine, 'ScheduleKeyDeletion', { KeyId: id, PendingWindowInDays: 7 }, west);
    advance(engine, 7);
    expect(ok(engine, 'DescribeKey', { KeyId: id }).KeyMetadata.KeyState).toBe('PendingDeletion');
    advance(engine, 10);
    expect(errorOf(call(engine, 'DescribeKey', { KeyId: id }))).toBe('NotFoundException');
  });
});
