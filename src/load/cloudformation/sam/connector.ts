import { find, itemsOf, textOf, type Node, type Span } from '../../../source/index.js';
import { lookup } from '../../lookup.js';
import { listNode, mappingNode, textNode } from '../../make-node.js';
import type { Resource, Template } from '../template.js';
import { allowing } from './policies.js';
import { madeFor } from './role.js';

interface Access {
  readonly Read?: readonly string[];
  readonly Write?: readonly string[];
  /** What the actions apply to, beside the ARN itself. */
  readonly inside?: string;
}

/**
 * What the role of a function or state machine gets for each type of destination. Connectors from
 * other sources give rights to services, not to roles.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
 */
const accesses: Readonly<Record<string, Access>> = {
  'AWS::S3::Bucket': {
    Read: [
      ...['GetObject', 'GetObjectAcl', 'GetObjectLegalHold', 'GetObjectRetention'],
      ...['GetObjectTorrent', 'GetObjectVersion', 'GetObjectVersionAcl'],
      ...['GetObjectVersionForReplication', 'GetObjectVersionTorrent', 'ListBucket'],
      ...['ListBucketMultipartUploads', 'ListBucketVersions', 'ListMultipartUploadParts'],
    ].map((name) => `s3:${name}`),
    Write: [
      ...['AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion', 'PutObject'],
      ...['PutObjectLegalHold', 'PutObjectRetention', 'RestoreObject'],
    ].map((name) => `s3:${name}`),
    inside: '/*',
  },
  'AWS::DynamoDB::Table': {
    Read: ['GetItem', 'Query', 'Scan', 'BatchGetItem', 'ConditionCheckItem', 'PartiQLSelect'].map(
      (name) => `dynamodb:${name}`,
    ),
    Write: [
      ...['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLDelete'],
      ...['PartiQLInsert', 'PartiQLUpdate'],
    ].map((name) => `dynamodb:${name}`),
    inside: '/index/*',
  },
  'AWS::SQS::Queue': {
    Read: ['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'],
    Write: [
      ...['sqs:DeleteMessage', 'sqs:SendMessage'],
      ...['sqs:ChangeMessageVisibility', 'sqs:PurgeQueue'],
    ],
  },
  'AWS::SNS::Topic': { Write: ['sns:Publish'] },
  'AWS::Lambda::Function': { Write: ['lambda:InvokeAsync', 'lambda:InvokeFunction'] },
  'AWS::StepFunctions::StateMachine': {
    Read: ['states:DescribeStateMachine', 'states:ListExecutions'],
    Write: ['states:StartExecution', 'states:StartSyncExecution'],
  },
  'AWS::Events::EventBus': { Write: ['events:PutEvents'] },
};

const serverlessTypes: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
};

/** The managed policies that a connector, or a resource's own `Connectors`, attaches to the source's role. */
export function expandConnector(
  resource: Resource,
  properties: Node | undefined,
  template: Template,
): readonly Resource[] {
  const source = template.resources.get(textOf(find(find(properties, 'Source'), 'Id')) ?? '');
  return source ? connect(resource, source, properties, template) : [];
}

export function expandOwnConnectors(resource: Resource, template: Template): readonly Resource[] {
  if (resource.connectors?.kind !== 'mapping') return [];
  return resource.connectors.entries.flatMap(({ key, value }) =>
    connect({ ...resource, id: resource.id + key }, resource, find(value, 'Properties'), template),
  );
}

function connect(
  connector: Resource,
  source: Resource,
  properties: Node | undefined,
  template: Template,
): readonly Resource[] {
  const role = roleOf(source);
  if (role === undefined) return [];
  const permissions = itemsOf(find(properties, 'Permissions')).map(textOf);
  return itemsOf(find(properties, 'Destination')).flatMap((destination, index) => {
    const id = textOf(find(destination, 'Id'));
    const target = id === undefined ? undefined : template.resources.get(id);
    const type = target?.type ?? textOf(find(destination, 'Type')) ?? '';
    const access = lookup(accesses, lookup(serverlessTypes, type) ?? type);
    const arn = id === undefined ? find(destination, 'Arn') : arnOf(id, destination.span);
    if (!access || !arn) return [];
    const actions = (['Read', 'Write'] as const)
      .filter((permission) => permissions.includes(permission))
      .flatMap((permission) => access[permission] ?? []);
    return madeFor(connector, `${connector.id}Policy${index === 0 ? '' : String(index)}`, MANAGED, {
      PolicyDocument: allowing(actions, reachOf(arn, access)),
      Roles: listNode([role], destination.span),
    });
  });
}

const MANAGED = 'AWS::IAM::ManagedPolicy';

function reachOf(arn: Node, { inside }: Access): Node {
  if (inside === undefined) return arn;
  const { span } = arn;
  const template = textNode(`\${Destination}${inside}`, span);
  const sub = listNode([template, mappingNode({ Destination: arn }, span)], span);
  return listNode([arn, mappingNode({ 'Fn::Sub': sub }, span)], span);
}

function arnOf(id: string, span: Span): Node {
  const words = listNode([textNode(id, span), textNode('Arn', span)], span);
  return mappingNode({ 'Fn::GetAtt': words }, span);
}

/** The name of the role that the source runs with. */
function roleOf({ id, type, properties, idSpan }: Resource): Node | undefined {
  if (!/::(?:Function|StateMachine)$/.test(type)) return undefined;
  const given = find(properties, 'Role') ?? find(properties, 'RoleArn');
  if (!given) {
    if (!type.startsWith('AWS::Serverless::')) return undefined;
    return mappingNode({ Ref: textNode(`${id}Role`, idSpan) }, idSpan);
  }
  const [owner] = itemsOf(find(given, 'Fn::GetAtt')).map(textOf);
  return owner === undefined
    ? undefined
    : mappingNode({ Ref: textNode(owner.replace(/\..*$/, ''), given.span) }, given.span);
}
