import { describe, expect, test } from 'vitest';
import { matchesAction } from '../../src/policy/index.js';
import { hole } from '../../src/source/index.js';

describe('an entry of Action', () => {
  // SOURCE: facts evaluation 3.1, 3.3
  test.each([
    ['*', 'kms:Decrypt', true],
    ['kms:*', 'kms:Decrypt', true],
    ['kms:Decrypt', 'kms:Decrypt', true],
    ['KMS:dECRYPT', 'kms:Decrypt', true],
    ['kms:ReEncrypt*', 'kms:ReEncryptFrom', true],
    ['kms:Decryp?', 'kms:Decrypt', true],
    ['kms:*Key*', 'kms:GenerateDataKeyWithoutPlaintext', true],
    ['kms:Delete*', 'kms:ScheduleKeyDeletion', false],
    ['kms:ReEncrypt', 'kms:ReEncryptFrom', false],
    ['s3:*', 'kms:Decrypt', false],
    ['*:Decrypt', 'kms:Decrypt', false],
    ['k*:Decrypt', 'kms:Decrypt', false],
    ['kms', 'kms:Decrypt', false],
    ['kms:', 'kms:Decrypt', false],
    [':Decrypt', 'kms:Decrypt', false],
    ['', 'kms:Decrypt', false],
    ['kms: Decrypt', 'kms:Decrypt', false],
    ['kms:Encrypt,Decrypt', 'kms:Decrypt', false],
    ['kms*', 'kms:Decrypt', false],
  ])('`%s` against `%s` is %s', (pattern, action, expected) => {
    expect(matchesAction(pattern, action)).toBe(expected);
  });

  const unknown = hole('stack', 'Name');
  test.each([
    [unknown, undefined],
    [`kms:${unknown}`, undefined],
    [`kms:De${unknown}`, undefined],
    [`kms:En${unknown}`, false],
    [`s3:${unknown}`, false],
    [`*:${unknown}`, false],
    [`${unknown}:Decrypt`, undefined],
    [`${unknown}:Encrypt`, false],
  ])('with holes answers only what no filling changes (%#)', (pattern, expected) => {
    expect(matchesAction(pattern, 'kms:Decrypt')).toBe(expected);
  });
});
