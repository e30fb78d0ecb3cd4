import { describe, expect, test } from 'vitest';
import { matchesArn, parseArn } from '../../src/policy/index.js';
import { hole, type Text } from '../../src/source/index.js';

const arnOf = (name: string): Text => hole('stack', `${name}.Arn`);
const account = hole('stack', 'AWS::AccountId');
const partition = hole('stack', 'AWS::Partition');

describe('an ARN', () => {
  test('is split at its first five colons only', () => {
    expect(parseArn('arn:aws:logs:eu-west-1:111122223333:log-group:app:*')).toEqual({
      partition: 'aws',
      service: 'logs',
      region: 'eu-west-1',
      account: '111122223333',
      resource: 'log-group:app:*',
    });
  });

  test('keeps the colons inside its holes', () => {
    expect(parseArn(`arn:${partition}:iam::${account}:role/app`)).toEqual({
      partition,
      service: 'iam',
      region: '',
      account,
      resource: 'role/app',
    });
  });

  test.each(['', '*', 'arn:aws:iam', 'urn:aws:iam::111122223333:root', arnOf('Role')])(
    'is not seen in %j',
    (text) => {
      expect(parseArn(text)).toBeUndefined();
    },
  );
});

describe('an ARN pattern', () => {
  const key = 'arn:aws:kms:us-east-1:111122223333:key/1234';

  // SOURCE: facts evaluation 4.2, 4.3, 6.13, 6.14
  test.each<[Text, Text, boolean | undefined]>([
    [key, key, true],
    ['arn:aws:kms:*:111122223333:key/*', key, true],
    ['arn:*:kms:us-????-1:*:*', key, true],
    ['arn:aws:kms:us-east-1:111122223333:KEY/1234', key, false],
    ['arn:aws:kms:*:key/1234', key, false],
    ['arn:aws:*', key, false],
    ['*', key, true],
    ['*', 'not an ARN', false],
    ['not an ARN', 'not an ARN', false],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/c:d/e', true],
    ['arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:eu-west-1:1:log-group:a:log-stream:b', true],
    ['arn:aws:iam::*:role/x', 'arn:aws:iam::1:y:role/x', false],
    ['arn:aws:iam::1:u*', 'arn:aws:iam::1:user/a', true],
    ['arn:aws:iam::*:*', 'foo:aws:iam::1:user/a', false],
  ])('`%s` against `%s` is %s', (pattern, arn, expected) => {
    expect(matchesArn(pattern, arn)).toBe(expected);
  });

  test.each<[Text, Text, boolean | undefined]>([
    [`arn:aws:s3:::${arnOf('A')}/*`, `arn:aws:s3:::${arnOf('A')}/k`, true],
    [`arn:aws:s3:::${arnOf('A')}/*`, 'arn:aws:sqs:us-east-1:1:q', false],
    [`arn:aws:s3:::${arnOf('A')}/*`, 'arn:aws:s3:::b/k', undefined],
    [`arn:${partition}:iam::${account}:role/a`, `arn:${partition}:iam::${account}:role/a`, true],
    [`arn:${partition}:iam::1:role/a`, 'arn:aws:iam::1:role/b', false],
    [`arn:aws:iam::${account}:role/a`, 'arn:aws:iam::111122223333:role/a', undefined],
    [arnOf('Key'), arnOf('Key'), true],
    [arnOf('Key'), arnOf('Other'), undefined],
    [arnOf('Key'), key, undefined],
    [`${arnOf('Bucket')}/*`, `${arnOf('Bucket')}/k`, true],
    [`${arnOf('Bucket')}/a*`, `${arnOf('Bucket')}/b`, undefined],
    ['arn:aws:kms:*:*:key/*', arnOf('Key'), undefined],
    ['arn:aws:kms:*:*:key/*', `${arnOf('Bucket')}/object`, undefined],
    ['arn:aws:kms:*:*:key/1', `${arnOf('Bucket')}/object`, false],
    ['arn:aws', arnOf('Key'), false],
  ])('with holes answers only what no filling changes (%#)', (pattern, arn, expected) => {
    expect(matchesArn(pattern, arn)).toBe(expected);
  });
});
