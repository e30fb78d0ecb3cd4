import { find, findPath } from '../../source/index.js';
import type { Node, Text } from '../../source/index.js';
import type { Fact } from './facts.js';
import { flag, list, present, text } from './fields.js';
import { shows } from './output.js';
import type { Output, Saved } from './output.js';
import { nameInPath } from './subject.js';

/** An output that describes resources by ARN, with the key of each at a path of members. */
interface Description {
  readonly command: string;
  /** The member that holds the resources, one or many; absent where the output is the resource. */
  readonly holder?: string;
  readonly members: readonly string[];
  readonly service: string;
  readonly type: string;
  readonly arn: string;
  readonly key: readonly string[];
}

const descriptions: readonly Description[] = [
  described(
    'secretsmanager list-secrets',
    'SecretList',
    'secretsmanager',
    'secret',
    'ARN',
    'KmsKeyId',
  ),
  described('lambda list-functions', 'Functions', 'lambda', 'function', 'FunctionArn', 'KMSKeyArn'),
  described(
    'rds describe-db-instances',
    'DBInstances',
    'rds',
    'db-instance',
    'DBInstanceArn',
    'KmsKeyId',
  ),
  described(
    'rds describe-db-clusters',
    'DBClusters',
    'rds',
    'db-cluster',
    'DBClusterArn',
    'KmsKeyId',
  ),
  described('logs describe-log-groups', 'logGroups', 'logs', 'log-group', 'arn', 'kmsKeyId'),
  described(
    'efs describe-file-systems',
    'FileSystems',
    'elasticfilesystem',
    'file-system',
    'FileSystemArn',
    'KmsKeyId',
  ),
  described(
    'kinesis describe-stream',
    'StreamDescription',
    'kinesis',
    'stream',
    'StreamARN',
    'KeyId',
  ),
  described(
    'kinesis describe-stream-summary',
    'StreamDescriptionSummary',
    'kinesis',
    'stream',
    'StreamARN',
    'KeyId',
  ),
  described(
    'ecr describe-repositories',
    'repositories',
    'ecr',
    'repository',
    'repositoryArn',
    'encryptionConfiguration',
    'kmsKey',
  ),
  described(
    'backup list-backup-vaults',
    'BackupVaultList',
    'backup',
    'backup-vault',
    'BackupVaultArn',
    'EncryptionKeyArn',
  ),
  described(
    'dynamodb describe-table',
    'Table',
    'dynamodb',
    'table',
    'TableArn',
    'SSEDescription',
    'KMSMasterKeyArn',
  ),
  described(
    'lambda get-function',
    'Configuration',
    'lambda',
    'function',
    'FunctionArn',
    'KMSKeyArn',
  ),
  {
    command: 'lambda get-function-configuration',
    members: ['FunctionArn', 'FunctionName'],
    service: 'lambda',
    type: 'function',
    arn: 'FunctionArn',
    key: ['KMSKeyArn'],
  },
];

export const dependantOutputs: readonly Output[] = [
  {
    command: 's3api get-bucket-encryption',
    members: ['ServerSideEncryptionConfiguration'],
    others: [],
    read: readBucketEncryption,
  },
  {
    command: 's3api get-bucket-policy',
    members: ['Policy'],
    others: [],
    marks: ({ path, text: output }) =>
      /get-?bucket-?policy|bucket-policy/i.test(path) ||
      (!/get-?key-?policy/i.test(path) &&
        /\bs3:[\w*]/.test(output) &&
        !/\bkms:[A-Z*]/.test(output)),
    read: readBucketPolicy,
  },
  {
    command: 'sns get-topic-attributes',
    members: ['Attributes'],
    others: [],
    marks: shows(/\bTopicArn\b/),
    read: ({ root }) => attributes(root, 'sns', 'topic', 'TopicArn'),
  },
  {
    command: 'sqs get-queue-attributes',
    members: ['Attributes'],
    others: [],
    marks: shows(/\b(?:QueueArn|KmsMasterKeyId|SqsManagedSseEnabled|VisibilityTimeout)\b/),
    read: ({ root, path }) =>
      attributes(root, 'sqs', 'queue', 'QueueArn', nameInPath(path, 'sqs get-queue-attributes')),
  },
  {
    command: 'secretsmanager get-secret-value',
    members: ['ARN', 'Name', 'VersionId'],
  },
  {
    command: 'secretsmanager get-resource-policy',
    members: ['ARN', 'Name'],
    others: ['ResourcePolicy'],
    marks: shows(/:secretsmanager:/),
    read: function* ({ root }) {
      const resource = text(root, 'ARN');
      if (resource === undefined) return;
      const policy = find(root, 'ResourcePolicy');
      yield {
        kind: 'dependant',
        service: 'secretsmanager',
        type: 'secret',
        resource,
        ...present({ policy }),
        span: root.span,
      };
    },
  },
  {
    command: 'secretsmanager describe-secret',
    members: ['ARN', 'Name'],
    marks: shows(/:secretsmanager:/),
    read: function* ({ root }) {
      yield* dependant(root, {
        service: 'secretsmanager',
        type: 'secret',
        arn: 'ARN',
        key: ['KmsKeyId'],
      });
    },
  },
  { command: 'ec2 describe-vpc-endpoints', members: ['VpcEndpoints'], read: readEndpoints },
  ...descriptions.map((description): Output => ({
    command: description.command,
    members: description.members,
    ...(description.holder === undefined
      ? {}
      : { marks: shows(new RegExp(`\\b${description.arn}\\b|\\[\\s*\\]`)) }),
    read: function* ({ root }) {
      const nodes = description.holder === undefined ? [root] : list(root, description.holder);
      for (const node of nodes) yield* dependant(node, description);
    },
  })),
];

function described(
  command: string,
  holder: string,
  service: string,
  type: string,
  arn: string,
  ...key: readonly string[]
): Description {
  return { command, holder, members: [holder], service, type, arn, key };
}

function* dependant(
  node: Node,
  { service, type, arn, key }: Pick<Description, 'service' | 'type' | 'arn' | 'key'>,
): Iterable<Fact> {
  const resource = text(node, arn);
  if (resource === undefined) return;
  yield {
    kind: 'dependant',
    service,
    type,
    resource,
    ...present({ key: findPath(node, ...key) }),
    span: node.span,
  };
}

function* readBucketEncryption({ root, path }: Saved): Iterable<Fact> {
  const name = nameInPath(path, 's3api get-bucket-encryption');
  if (name === undefined) {
    yield bucketUnknown(root);
    return;
  }
  const [rule] = list(find(root, 'ServerSideEncryptionConfiguration'), 'Rules');
  const byDefault = find(rule, 'ApplyServerSideEncryptionByDefault');
  yield {
    kind: 'dependant',
    service: 's3',
    type: 'bucket',
    resource: { name },
    ...present({
      key: find(byDefault, 'KMSMasterKeyID'),
      encryption: text(byDefault, 'SSEAlgorithm'),
      bucketKey: flag(rule, 'BucketKeyEnabled'),
    }),
    span: root.span,
  };
}

function* readBucketPolicy({ root, path }: Saved): Iterable<Fact> {
  const name = nameInPath(path, 's3api get-bucket-policy');
  const policy = find(root, 'Policy');
  if (policy === undefined) return;
  if (name === undefined) {
    yield bucketUnknown(root);
    return;
  }
  yield {
    kind: 'dependant',
    service: 's3',
    type: 'bucket',
    resource: { name },
    policy,
    span: policy.span,
  };
}

function bucketUnknown(root: Node): Fact {
  return {
    kind: 'diagnostic',
    diagnostic: {
      code: 'aws-cli-subject-unknown',
      severity: 'warning',
      message: 'nothing says which bucket this is about, so that it is not used',
      span: root.span,
      hint: 'name the file or its folder for the bucket',
    },
  };
}

function* attributes(
  root: Node,
  service: string,
  type: string,
  arn: string,
  name?: Text,
): Iterable<Fact> {
  const node = find(root, 'Attributes');
  const resource = text(node, arn) ?? (name === undefined ? undefined : { name });
  if (node === undefined || resource === undefined) return;
  yield {
    kind: 'dependant',
    service,
    type,
    resource,
    ...present({ key: find(node, 'KmsMasterKeyId'), policy: find(node, 'Policy') }),
    span: node.span,
  };
}

function* readEndpoints({ root }: Saved): Iterable<Fact> {
  for (const node of list(root, 'VpcEndpoints')) {
    const id = text(node, 'VpcEndpointId');
    const name = text(node, 'ServiceName');
    if (id === undefined || name === undefined) continue;
    yield {
      kind: 'endpoint',
      id,
      // `com.amazonaws.us-east-1.kms`, or of another party: `com.amazonaws.vpce.…`.
      service: name.slice(name.lastIndexOf('.') + 1),
      ...present({ vpc: text(node, 'VpcId'), policy: find(node, 'PolicyDocument') }),
      span: node.span,
    };
  }
}
