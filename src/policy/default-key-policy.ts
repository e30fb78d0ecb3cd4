import type { Text } from '../source/index.js';

/**
 * The policy that KMS gives a key which is created without one, as JSON: all power to the account, and so
 * to its IAM policies.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function defaultKeyPolicyJson(partition: Text, account: Text): DefaultKeyPolicy {
  return {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}

type DefaultKeyPolicy = Readonly<{
  Version: string;
  Id: string;
  Statement: readonly Readonly<{
    Sid: string;
    Effect: string;
    Principal: Readonly<{ AWS: Text }>;
    Action: string;
    Resource: string;
  }>[];
}>;
