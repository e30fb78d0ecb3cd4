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
  ok,
  region,
  roleArn,
  root,
} from './estate.js';

const otherId = '0987dcba-09fe-87dc-65ba-ab0987654321';
const otherArn = `arn:aws:kms:${region}:${account}:key/${otherId}`;
const twoKeys = {
  ...estate,
  keys: [
    ...estate.keys,
    { arn: otherArn, policy: delegating, spec: 'SYMMETRIC_DEFAULT', aliases: [] },
  ],
};
const aliasArn = (name: string) => `arn:aws:kms:${region}:${account}:${name}`;
const targets = (engine: ReturnType<typeof engineOf>) =>
  ok(engine, 'ListAliases', {}).Aliases.map(({ AliasName, TargetKeyId }) => [
    AliasName,
    TargetKeyId,
  ]);

describe('aliases', () => {
  test('are made, moved, listed and deleted', () => {
    const engine = engineOf(twoKeys);
    ok(engine, 'CreateAlias', { AliasName: 'alias/new', TargetKeyId: keyArn });
    expect(targets(engine)).toEqual([
      ['alias/new', keyId],
      ['alias/orders', keyId],
    ]);
    ok(engine, 'UpdateAlias', { AliasName: 'alias/new', TargetKeyId: otherId });
    expect(ok(engine, 'DescribeKey', { KeyId: 'alias/new' }).KeyMetadata.Arn).toBe(otherArn);
    expect(ok(engine, 'ListAliases', { KeyId: otherId }).Aliases).toEqual([
      { AliasName: 'alias/new', AliasArn: aliasArn('alias/new'), TargetKeyId: otherId },
    ]);
    ok(engine, 'DeleteAlias', { AliasName: 'alias/new' });
    ok(engine, 'DeleteAlias', { AliasName: 'alias/orders' });
    expect(targets(engine)).toEqual([]);
    expect(errorOf(call(engine, 'DescribeKey', { KeyId: 'alias/orders' }))).toBe(
      'NotFoundException',
    );
  });

  test('the inventory knows all aliases of a key as long as it did before', () => {
    const engine = engineOf(twoKeys);
    ok(engine, 'UpdateAlias', { AliasName: 'alias/orders', TargetKeyId: otherId });
    expect(engine.inventory().keys.map(({ aliases }) => aliases)).toEqual([[], ['alias/orders']]);
  });

  test('belong to one Region', () => {
    const engine = engineOf(twoKeys);
    expect(ok(engine, 'ListAliases', {}, { region: 'eu-west-1' }).Aliases).toEqual([]);
  });

  test.each([
    ['alias/orders', 'AlreadyExistsException'],
    ['alias/aws/orders', 'NotAuthorizedException'],
    ['orders', 'InvalidAliasNameException'],
    ['alias/', 'InvalidAliasNameException'],
    ['alias/a b', 'ValidationException'],
  ])('CreateAlias %s: %s', (AliasName, error) => {
    expect(errorOf(call(engineOf(), 'CreateAlias', { AliasName, TargetKeyId: keyId }))).toBe(error);
  });

  test('a key has at most 50', () => {
    const aliases = Array.from({ length: 50 }, (_, index) => `alias/a${index}`);
    const engine = engineOf({ ...estate, keys: [{ arn: keyArn, policy: delegating, aliases }] });
    expect(
      errorOf(call(engine, 'CreateAlias', { AliasName: 'alias/more', TargetKeyId: keyId })),
    ).toBe('LimitExceededException');
  });

  test('move only between keys of one type and usage (facts kms-authz 92)', () => {
    const engine = engineOf({
      ...estate,
      keys: [
        ...estate.keys,
        { arn: otherArn, policy: delegating, spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' },
      ],
    });
    expect(
      errorOf(call(engine, 'UpdateAlias', { AliasName: 'alias/orders', TargetKeyId: otherId })),
    ).toBe('ValidationException');
  });

  test.each([
    [['CreateAlias', keyArn, aliasArn('alias/new')], 'succeeded'],
    [['CreateAlias', keyArn], 'AccessDeniedException'],
    [['CreateAlias', aliasArn('alias/new')], 'AccessDeniedException'],
  ])('CreateAlias needs alias and key: %j', ([action, ...resources], outcome) => {
    const policies = resources.map((resource) => allow(`kms:${action ?? ''}`, resource));
    const engine = engineOf({ ...estate, principals: [{ arn: roleArn('namer'), policies }] });
    const input = { AliasName: 'alias/new', TargetKeyId: keyId };
    expect(errorOf(call(engine, 'CreateAlias', input, { caller: roleArn('namer') }))).toBe(outcome);
  });

  test.each([
    [[keyArn, otherArn, aliasArn('alias/orders')], 'succeeded'],
    [[keyArn, otherArn], 'AccessDeniedException'],
    [[keyArn, aliasArn('alias/orders')], 'AccessDeniedException'],
    [[otherArn, aliasArn('alias/orders')], 'AccessDeniedException'],
  ])('UpdateAlias needs alias, old and new key (facts kms-authz 91): %j', (resources, outcome) => {
    const policies = resources.map((resource) => allow('kms:UpdateAlias', resource));
    const engine = engineOf({ ...twoKeys, principals: [{ arn: roleArn('namer'), policies }] });
    const input = { AliasName: 'alias/orders', TargetKeyId: otherId };
    expect(errorOf(call(engine, 'UpdateAlias', input, { caller: roleArn('namer') }))).toBe(outcome);
  });

  test('an alias in an IAM policy gives nothing on the key (facts kms-authz 90)', () => {
    const policies = [allow('kms:DescribeKey', aliasArn('alias/orders'))];
    const engine = engineOf({ ...estate, principals: [{ arn: roleArn('reader'), policies }] });
    const exchange = call(
      engine,
      'DescribeKey',
      { KeyId: 'alias/orders' },
      { caller: roleArn('reader') },
    );
    expect(errorOf(exchange)).toBe('AccessDeniedException');
  });

  test('the root user of the account may', () => {
    ok(engineOf(), 'CreateAlias', { AliasName: 'alias/new', TargetKeyId: keyId }, { caller: root });
  });
});
