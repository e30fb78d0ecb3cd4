import { describe, expect, test } from 'vitest';
import { matchesResource, type PolicyKind } from '../../src/policy/index.js';
import { hole } from '../../src/source/index.js';

const key = 'arn:aws:kms:us-east-1:111122223333:key/1234';
const kinds: readonly PolicyKind[] = [
  'key-policy',
  'identity',
  'boundary',
  'session',
  'scp',
  'rcp',
  'endpoint',
  'trust',
  'resource',
];

describe('an entry of Resource', () => {
  test.each(kinds)('that is `*` matches in a policy of kind %s', (kind) => {
    expect(matchesResource('*', key, kind)).toBe('match');
    expect(matchesResource('*', '*', kind)).toBe('match');
  });

  test.each(kinds)('that is a whole ARN matches part by part in one of kind %s', (kind) => {
    expect(matchesResource('arn:aws:kms:*:*:key/*', key, kind)).toBe('match');
    expect(matchesResource('arn:aws:kms:*:*:alias/*', key, kind)).toBe('no-match');
  });

  // SOURCE: facts evaluation 4.7
  test('that is an ARN does not match an action without a resource', () => {
    expect(matchesResource('arn:aws:kms:*:*:*', '*', 'identity')).toBe('no-match');
    expect(matchesResource('arn:*:*:*:*:*', '*', 'identity')).toBe('no-match');
  });

  // SOURCE: facts evaluation 4.5
  test.each<[string, PolicyKind, string]>([
    ['arn:aws:kms', 'identity', 'match'],
    ['arn:aws:kms', 'boundary', 'match'],
    ['arn:aws:kms', 'session', 'match'],
    ['arn:aws:s3', 'identity', 'no-match'],
    ['arn:aws:kms', 'key-policy', 'no-match'],
    ['arn:aws:kms', 'resource', 'no-match'],
    ['arn:aws:kms:*', 'resource', 'match'],
    ['arn:aws:kms:*:111122223333', 'endpoint', 'match'],
    ['arn:aws:kms:*:444455556666', 'endpoint', 'no-match'],
    ['arn:aws:kms', 'scp', 'void'],
    ['arn:*:kms', 'scp', 'void'],
    ['arn:aws:kms:*', 'scp', 'match'],
    ['arn:aws:s3:*', 'scp', 'no-match'],
    ['arn:aws:*', 'rcp', 'void'],
    ['arn:aws:kms', 'unknown', 'unknown'],
  ])('that is short, `%s`, in one of kind %s: %s', (pattern, kind, expected) => {
    expect(matchesResource(pattern, key, kind)).toBe(expected);
  });

  // SOURCE: facts evaluation 4.5
  test('that is short and does not match makes a NotResource void', () => {
    expect(matchesResource('arn:aws:s3', key, 'identity', 'NotResource')).toBe('void');
    expect(matchesResource('arn:aws:kms', key, 'identity', 'NotResource')).toBe('match');
    expect(matchesResource('arn:aws:s3:::b', key, 'identity', 'NotResource')).toBe('no-match');
  });

  const unknown = hole('stack', 'X');
  test.each([
    [unknown, key, 'unknown'],
    [unknown, '*', 'unknown'],
    [`${unknown}*`, '*', 'unknown'],
    [`arn:aws:s3:::${unknown}`, '*', 'no-match'],
    [`arn:aws:s3:::${unknown}`, key, 'no-match'],
    [`arn:aws:kms:us-east-1:${unknown}:key/*`, key, 'unknown'],
  ])('with a hole is unknown only as far as it must be (%#)', (pattern, resource, expected) => {
    expect(matchesResource(pattern, resource, 'identity')).toBe(expected);
  });
});
