import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEngine, seededPorts, type Call, type Engine } from '../../src/engine/index.js';
import {
  account,
  allow,
  bytes,
  call,
  delegating,
  engineOf,
  errorOf,
  estate,
  inventoryOf,
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

const kms = (
  operation: string,
  input: Readonly<Record<string, unknown>>,
  caller = roleArn('admin'),
) => ({ kind: 'kms', operation, input, caller, region }) as unknown as Call;

const calls: readonly Call[] = [
  kms('CreateKey', { Description: 'a' }),
  kms('CreateKey', { MultiRegion: true }),
  kms('Encrypt', { KeyId: keyId, Plaintext: bytes('x') }),
  kms('GenerateDataKey', { KeyId: 'alias/orders', KeySpec: 'AES_256' }, roleArn('app')),
  kms('CreateGrant', {
    KeyId: keyId,
    GranteePrincipal: roleArn('nobody'),
    Operations: ['Decrypt'],
  }),
  kms('PutKeyPolicy', {
    KeyId: keyId,
    Policy: JSON.stringify(policyFor({ AWS: roleArn('admin') })),
  }),
  kms('CreateAlias', { AliasName: 'alias/new', TargetKeyId: keyId }),
  kms('DeleteAlias', { AliasName: 'alias/orders' }),
  kms('DisableKey', { KeyId: keyId }),
  kms('EnableKey', { KeyId: keyId }),
  kms('ScheduleKeyDeletion', { KeyId: keyId, PendingWindowInDays: 7 }),
  kms('CancelKeyDeletion', { KeyId: keyId }),
  { kind: 'iam', event: 'DeletePrincipal', arn: roleArn('app') },
  { kind: 'iam', event: 'CreatePrincipal', arn: roleArn('app') },
  { kind: 'clock', advanceMs: 4 * 86_400_000 },
];
const sequences = fc.array(fc.constantFrom(...calls), { maxLength: 12 });
const seeded = { seed: 20_260_102, numRuns: 300 };

/** All that can be seen of an engine. */
const seen = (engine: Engine): unknown => [engine.inventory(), engine.events()];

describe('laws', () => {
  test('two engines of one inventory never affect each other', () => {
    const inventory = inventoryOf(estate);
    const before = structuredClone(inventory);
    fc.assert(
      fc.property(sequences, sequences, (one, other) => {
        const [alone, beside, another] = [1, 1, 2].map((seed) =>
          createEngine(inventory, seededPorts(seed)),
        );
        one.forEach((step) => alone?.call(step));
        for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
          const [mine, theirs] = [one[at], other[at]];
          if (theirs !== undefined) another?.call(theirs);
          if (mine !== undefined) beside?.call(mine);
        }
        expect(beside && seen(beside)).toEqual(alone && seen(alone));
      }),
      seeded,
    );
    expect(inventory).toEqual(before);
  });

  test('the same calls with the same seed give the same exchanges', () => {
    const inventory = inventoryOf(estate);
    fc.assert(
      fc.property(sequences, fc.nat(), (steps, seed) => {
        const run = () => {
          const engine = createEngine(inventory, seededPorts(seed));
          return steps.map((step) => engine.call(step));
        };
        expect(run()).toEqual(run());
      }),
      seeded,
    );
  });

  test('a call that fails changes nothing', () => {
    const inventory = inventoryOf(estate);
    fc.assert(
      fc.property(sequences, (steps) => {
        const engine = createEngine(inventory, seededPorts(1));
        for (const step of steps) {
          const before = engine.inventory();
          const { outcome } = engine.call(step);
          if (outcome.kind === 'failed') expect(engine.inventory()).toBe(before);
        }
      }),
      seeded,
    );
  });

  test('reading shares the inventory: nothing is copied', () => {
    const inventory = inventoryOf(estate);
    const engine = createEngine(inventory, seededPorts(1));
    ok(engine, 'Encrypt', { KeyId: keyId, Plaintext: bytes('x') });
    ok(engine, 'ListAliases', {});
    expect(engine.inventory()).toBe(inventory);
  });
});

describe('what a refusal says (facts kms-authz 116)', () => {
  const decrypt = (parts: Readonly<Record<string, unknown>>, caller = roleArn('app')) =>
    messageOf(
      call(engineOf({ ...estate, ...parts }), 'DescribeKey', { KeyId: keyArn }, { caller }),
    );
  const principals = (more: Readonly<Record<string, unknown>>) => ({
    principals: [{ arn: roleArn('app'), tags: {}, policies: [allow('kms:*')], ...more }],
  });
  const deny = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'kms:DescribeKey', Resource: '*' }],
  };
  const keyWith = (policy: unknown) => ({ keys: [{ arn: keyArn, policy }] });
  const full = allow('*');
  const start = `User: ${roleArn('app')} is not authorized to perform: kms:DescribeKey on resource: ${keyArn}`;

  test.each([
    [
      'no IAM policy',
      principals({ policies: [] }),
      'because no identity-based policy allows the kms:DescribeKey action',
    ],
    [
      'a key policy that does not delegate',
      { ...principals({}), ...keyWith(policyFor({ AWS: roleArn('admin') })) },
      'because no resource-based policy allows the kms:DescribeKey action',
    ],
    [
      'a Deny in IAM',
      principals({ policies: [allow('kms:*'), deny] }),
      'with an explicit deny in an identity-based policy',
    ],
    [
      'a Deny in the key policy',
      {
        ...principals({}),
        ...keyWith({
          Version: '2012-10-17',
          Statement: [
            ...delegating.Statement,
            { Effect: 'Deny', Principal: '*', Action: 'kms:DescribeKey', Resource: '*' },
          ],
        }),
      },
      'with an explicit deny in a resource-based policy',
    ],
    [
      'a boundary',
      principals({ permissionsBoundary: allow('s3:*') }),
      'because no permissions boundary allows the kms:DescribeKey action',
    ],
    [
      'a Deny in the boundary',
      principals({
        permissionsBoundary: { ...deny, Statement: [...full.Statement, ...deny.Statement] },
      }),
      'with an explicit deny in a permissions boundary',
    ],
    [
      'an SCP',
      { ...principals({}), accounts: [{ id: account, scps: [[allow('s3:*')]] }] },
      'because no service control policy allows the kms:DescribeKey action',
    ],
    [
      'a Deny in an SCP',
      { ...principals({}), accounts: [{ id: account, scps: [[full, deny]] }] },
      'with an explicit deny in a service control policy',
    ],
    [
      'a Deny in an RCP',
      {
        ...principals({}),
        accounts: [
          {
            id: account,
            rcps: [
              [
                {
                  Version: '2012-10-17',
                  Statement: [
                    { Effect: 'Deny', Principal: '*', Action: 'kms:DescribeKey', Resource: '*' },
                  ],
                },
              ],
            ],
          },
        ],
      },
      'with an explicit deny in a resource control policy',
    ],
    [
      'what nobody knows',
      { principals: [] },
      `because this is unknown: the identity-based policies of ${roleArn('app')}`,
    ],
  ])('%s', (_what, parts, end) => {
    expect(decrypt(parts)).toBe(`${start} ${end}`);
  });

  test('of CreateKey, that there is no resource', () => {
    expect(messageOf(call(engineOf(), 'CreateKey', {}, { caller: roleArn('nobody') }))).toBe(
      `User: ${roleArn('nobody')} is not authorized to perform: kms:CreateKey on resource: * because no identity-based policy allows the kms:CreateKey action`,
    );
  });

  test('to a stranger, nothing', () => {
    expect(decrypt({}, stranger)).toBe(
      `User: ${stranger} is not authorized to perform: kms:DescribeKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    );
  });
});

describe('across accounts', () => {
  const partner = 'arn:aws:iam::999988887777:role/partner';
  const engine = (policies: readonly unknown[]) =>
    engineOf({
      ...estate,
      principals: [...estate.principals, { arn: partner, policies }],
      keys: [{ arn: keyArn, policy: policyFor({ AWS: [root, partner] }) }],
    });

  test('both halves are needed (facts kms-authz 26)', () => {
    const describe = (policies: readonly unknown[]) =>
      errorOf(call(engine(policies), 'DescribeKey', { KeyId: keyArn }, { caller: partner }));
    expect([describe([]), describe([allow('kms:DescribeKey')])]).toEqual([
      'AccessDeniedException',
      'succeeded',
    ]);
  });

  test('management never works (facts kms-authz 29)', () => {
    const open = engine([allow('kms:*')]);
    expect(errorOf(call(open, 'DisableKey', { KeyId: keyArn }, { caller: partner }))).toBe(
      'AccessDeniedException',
    );
    ok(open, 'ListGrants', { KeyId: keyArn }, { caller: partner });
  });

  test('a success is recorded in both accounts, a denial in the caller’s only (facts kms-authz 34)', () => {
    const open = engine([allow('kms:DescribeKey')]);
    call(open, 'DescribeKey', { KeyId: keyArn }, { caller: partner });
    call(open, 'ListGrants', { KeyId: keyArn }, { caller: partner });
    expect(
      open
        .events()
        .map(({ eventName, recipientAccountId, errorCode }) => [
          eventName,
          recipientAccountId,
          errorCode,
        ]),
    ).toEqual([
      ['DescribeKey', '999988887777', undefined],
      ['DescribeKey', account, undefined],
      ['ListGrants', '999988887777', 'AccessDenied'],
    ]);
  });
});

describe('CloudTrail', () => {
  test('an event says who did what to which key, and keeps the secrets', () => {
    const engine = engineOf();
    ok(
      engine,
      'Encrypt',
      { KeyId: 'alias/orders', Plaintext: bytes('secret'), EncryptionContext: { tenant: 'a' } },
      { caller: `arn:aws:sts::${account}:assumed-role/app/session` },
    );
    expect(engine.events()).toEqual([
      {
        eventTime: '2026-01-01T00:00:00Z',
        eventSource: 'kms.amazonaws.com',
        eventName: 'Encrypt',
        awsRegion: region,
        recipientAccountId: account,
        userIdentity: {
          type: 'AssumedRole',
          arn: `arn:aws:sts::${account}:assumed-role/app/session`,
          accountId: account,
          sessionContext: {
            sessionIssuer: {
              type: 'Role',
              arn: roleArn('app'),
              accountId: account,
              userName: 'app',
            },
          },
        },
        readOnly: true,
        requestParameters: { keyId: 'alias/orders', encryptionContext: { tenant: 'a' } },
        resources: [{ ARN: keyArn, accountId: account, type: 'AWS::KMS::Key' }],
      },
    ]);
  });

  test('time is that of the call', () => {
    const engine = engineOf();
    engine.call({ kind: 'clock', advanceMs: 90_000 });
    ok(engine, 'DescribeKey', { KeyId: keyId });
    expect(engine.events()[0]?.eventTime).toBe('2026-01-01T00:01:30Z');
  });

  test('a new key is named in the event that made it', () => {
    const engine = engineOf();
    const { KeyMetadata } = ok(engine, 'CreateKey', {});
    expect(engine.events()[0]?.resources.map(({ ARN }) => ARN)).toEqual([KeyMetadata.Arn]);
  });

  test('who has no credentials leaves no trace', () => {
    const engine = engineOf();
    call(engine, 'DescribeKey', { KeyId: keyId }, { caller: 'anonymous' });
    expect(engine.events()).toEqual([]);
  });
});

describe('a service as the caller', () => {
  const logs = 'logs.us-east-1.amazonaws.com';
  const policy = {
    Version: '2012-10-17',
    Statement: [
      ...delegating.Statement,
      {
        Effect: 'Allow',
        Principal: { Service: logs },
        Action: 'kms:GenerateDataKey*',
        Resource: '*',
        Condition: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:*` },
        },
      },
    ],
  };

  test.each([
    [`arn:aws:logs:${region}:${account}:log-group:orders`, 'succeeded'],
    [`arn:aws:logs:${region}:999988887777:log-group:orders`, 'AccessDeniedException'],
  ])('is decided by the key policy alone: %s', (arn, outcome) => {
    const engine = engineOf({ ...estate, keys: [{ arn: keyArn, policy }] });
    const input = {
      KeyId: keyArn,
      KeySpec: 'AES_256',
      EncryptionContext: { 'aws:logs:arn': arn },
    } as const;
    expect(errorOf(call(engine, 'GenerateDataKey', input, { caller: logs }))).toBe(outcome);
  });
});

describe('time in conditions', () => {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        ...delegating.Statement[0],
        Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-02T00:00:00Z' } },
      },
    ],
  };

  test('moves with the clock', () => {
    const engine = engineOf({ ...estate, keys: [{ arn: keyArn, policy }] });
    ok(engine, 'DescribeKey', { KeyId: keyId });
    engine.call({ kind: 'clock', advanceMs: 86_400_000 });
    expect(errorOf(call(engine, 'DescribeKey', { KeyId: keyId }))).toBe('AccessDeniedException');
  });
});

describe('the shape of a request', () => {
  test('every problem is told at once', () => {
    const exchange = engineOf().call(kms('Encrypt', { Plaintext: new Uint8Array(4_097) }));
    expect(messageOf(exchange)).toBe(
      "2 validation errors detected: Value at 'keyId' failed to satisfy constraint: Member must not be null; Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
    );
  });

  test.each([
    ['GrantTokens', { KeyId: keyId, GrantTokens: Array.from({ length: 11 }, () => 't') }],
    ['a long KeyId', { KeyId: 'k'.repeat(2_049) }],
  ])('%s', (_what, input) => {
    expect(errorOf(call(engineOf(), 'DescribeKey', input))).toBe('ValidationException');
  });

  test('it is looked at before anybody is asked', () => {
    const exchange = call(
      engineOf(),
      'Encrypt',
      { KeyId: keyId, Plaintext: new Uint8Array(0) },
      { caller: roleArn('nobody') },
    );
    expect([errorOf(exchange), exchange.authorizations]).toEqual(['ValidationException', []]);
  });
});

test('a second definition of a key gives way when the key is changed', () => {
  const other = { ...estate.keys[0], policy: policyFor({ AWS: [root, stranger] }) };
  const engine = engineOf({ ...estate, keys: [estate.keys[0], other] });
  ok(engine, 'DisableKey', { KeyId: keyId });
  expect(engine.inventory().keys).toHaveLength(1);
});
