import { describe, expect, test } from 'vitest';
import { grammarKinds } from '../../src/policy/index.js';
import { nodeOf } from './policies.js';

const root = { AWS: 'arn:aws:iam::111122223333:root' };
const role = { AWS: 'arn:aws:iam::111122223333:role/app' };
const object = 'arn:aws:s3:::bucket/*';

const kindsOf = (...statements: readonly object[]): readonly string[] =>
  grammarKinds(
    nodeOf(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
      }),
    ),
  );

const withoutPrincipal = ['identity', 'boundary', 'session', 'scp'];

describe('by its grammar', () => {
  // SOURCE: facts evaluation 2.5, 2.6, 7.8, 11.4
  test.each<[string, readonly object[], readonly string[]]>([
    ['no principal', [{ Action: 'kms:*', Resource: '*' }], withoutPrincipal],
    [
      'the default key policy',
      [{ Principal: root, Action: 'kms:*', Resource: '*' }],
      ['key-policy'],
    ],
    [
      'a key policy open to everyone, with its account',
      [
        { Principal: root, Action: 'kms:*', Resource: '*' },
        { Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
      ],
      ['key-policy'],
    ],
    [
      'a key policy with a statement that misses its principal',
      [
        { Principal: root, Action: 'kms:*', Resource: '*' },
        { Action: 'kms:Decrypt', Resource: '*' },
      ],
      ['key-policy'],
    ],
    ['a key policy without Resource', [{ Principal: role, Action: 'kms:Decrypt' }], ['key-policy']],
    [
      'KMS actions for everyone',
      [{ Principal: '*', Action: 'kms:Decrypt', Resource: '*' }],
      ['key-policy', 'endpoint'],
    ],
    [
      'a Deny of KMS actions for everyone',
      [{ Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }],
      ['key-policy', 'endpoint', 'rcp'],
    ],
    [
      'a service that assumes a role',
      [{ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      ['trust'],
    ],
    [
      'a web identity that assumes a role',
      [
        {
          Principal: { Federated: 'cognito-identity.amazonaws.com' },
          Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
        },
      ],
      ['trust'],
    ],
    [
      'a bucket policy',
      [{ Principal: role, Action: 's3:GetObject', Resource: object }],
      ['resource'],
    ],
    [
      'a bucket policy for everyone',
      [{ Principal: '*', Action: 's3:*', Resource: [object, 'arn:aws:s3:::bucket'] }],
      ['resource', 'endpoint'],
    ],
    [
      'every action on a bucket',
      [{ Principal: role, Action: '*', Resource: object }],
      ['resource'],
    ],
    [
      'a queue policy for a topic',
      [{ Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' }],
      ['resource'],
    ],
    [
      'every action on everything',
      [{ Principal: '*', Action: '*', Resource: '*' }],
      ['key-policy', 'resource', 'endpoint', 'rcp'],
    ],
  ])('%s', (_, statements, kinds) => {
    expect(kindsOf(...statements)).toEqual(kinds);
  });

  test('a policy in a string is as good as one outside', () => {
    const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
    expect(grammarKinds(nodeOf(JSON.stringify(policy)))).toEqual(withoutPrincipal);
  });

  test('nothing that can be read may be anything', () => {
    expect(grammarKinds(nodeOf('{"Statement": []}'))).toHaveLength(9);
  });
});
