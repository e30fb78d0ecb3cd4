/**
 * How a service uses the KMS key of one of its resources.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/service-integration.html
 */
export interface ServiceProfile {
  /** The prefix of its actions, and what `kms:ViaService` begins with: `<prefix>.<Region>.amazonaws.com`. */
  readonly service: string;
  /** What KMS is asked for on each action that touches encrypted data. */
  readonly calls: readonly ServiceCallProfile[];
  /** The pairs of the encryption context. */
  readonly pairs: readonly EncryptionPair[];
  /** Whether callers may add pairs of their own. */
  readonly otherPairs: 'allowed' | 'none';
  /** What it encrypts with where no key was chosen: an AWS managed key, or none that takes KMS. */
  readonly unchosen: 'managed-key' | 'no-kms';
  /** The alias of its AWS managed key. */
  readonly managedAlias: string;
  /** In whose account an alias or a bare key id is looked up when something is written. */
  readonly namesResolveIn: 'caller' | 'owner';
  /** Service principals that call KMS here without `aws:SourceArn` and its like. */
  readonly callersWithoutSource: readonly string[];
}

export interface ServiceCallProfile {
  /** `s3:GetObject`. */
  readonly action: string;
  /** Whether it stores data or gives it back. */
  readonly direction: 'reads' | 'writes';
  readonly kms: readonly KmsUse[];
}

export interface KmsUse {
  readonly action: string;
  /** Set where only some calls need it: which ones, in words. */
  readonly only?: string;
}

export interface EncryptionPair {
  readonly name: string;
  /**
   * `resource`: the ARN that the request is about. `container`: as `resource`, but the ARN of the bucket
   * where S3 Bucket Keys are on. `any`: a text that the request does not tell.
   */
  readonly value: 'resource' | 'container' | 'any';
}

const decrypt: KmsUse = { action: 'kms:Decrypt' };
const generate: KmsUse = { action: 'kms:GenerateDataKey' };

/**
 * Services whose resources are encrypted with a key that whoever calls them must be allowed to use.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
const serviceProfiles: readonly ServiceProfile[] = [
  {
    service: 's3',
    calls: [
      { action: 's3:GetObject', direction: 'reads', kms: [decrypt] },
      { action: 's3:GetObjectVersion', direction: 'reads', kms: [decrypt] },
      {
        action: 's3:PutObject',
        direction: 'writes',
        kms: [generate, { ...decrypt, only: 'multipart uploads' }],
      },
    ],
    pairs: [{ name: 'aws:s3:arn', value: 'container' }],
    otherPairs: 'allowed',
    unchosen: 'no-kms',
    managedAlias: 'alias/aws/s3',
    namesResolveIn: 'caller',
    callersWithoutSource: [],
  },
  {
    service: 'sqs',
    calls: [
      { action: 'sqs:SendMessage', direction: 'writes', kms: [generate, decrypt] },
      { action: 'sqs:ReceiveMessage', direction: 'reads', kms: [decrypt] },
    ],
    // In no official text; the queue's ARN is what published policies compare.
    pairs: [{ name: 'aws:sqs:arn', value: 'resource' }],
    otherPairs: 'none',
    unchosen: 'no-kms',
    managedAlias: 'alias/aws/sqs',
    namesResolveIn: 'owner',
    callersWithoutSource: [],
  },
  {
    service: 'sns',
    calls: [{ action: 'sns:Publish', direction: 'writes', kms: [generate, decrypt] }],
    pairs: [{ name: 'aws:sns:topicArn', value: 'resource' }],
    otherPairs: 'none',
    unchosen: 'no-kms',
    managedAlias: 'alias/aws/sns',
    namesResolveIn: 'owner',
    callersWithoutSource: ['events.amazonaws.com'],
  },
  {
    service: 'secretsmanager',
    calls: [
      { action: 'secretsmanager:GetSecretValue', direction: 'reads', kms: [decrypt] },
      { action: 'secretsmanager:PutSecretValue', direction: 'writes', kms: [generate, decrypt] },
    ],
    pairs: [
      { name: 'SecretARN', value: 'resource' },
      { name: 'SecretVersionId', value: 'any' },
    ],
    otherPairs: 'none',
    unchosen: 'managed-key',
    managedAlias: 'alias/aws/secretsmanager',
    namesResolveIn: 'owner',
    callersWithoutSource: [],
  },
];

/** How a service's action uses KMS, compared without case; `undefined` where it does not, or nothing is known. */
export function findServiceCall(
  action: string,
): { readonly profile: ServiceProfile; readonly call: ServiceCallProfile } | undefined {
  const name = action.toLowerCase();
  for (const profile of serviceProfiles) {
    const call = profile.calls.find((one) => one.action.toLowerCase() === name);
    if (call !== undefined) return { profile, call };
  }
  return undefined;
}

/**
 * The policy of an AWS managed key as JSON: everybody in the account may use the key, through its service
 * only.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export function managedKeyPolicy(
  partition: string,
  account: string,
  region: string,
  service: string,
): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: `auto-${service}-1`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:ViaService': `${service}.${region}.amazonaws.com`,
            'kms:CallerAccount': account,
          },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
        Resource: '*',
      },
    ],
  });
}
