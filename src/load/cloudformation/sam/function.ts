import { find, findPath, textOf, type Node } from '../../../source/index.js';
import { lookup } from '../../lookup.js';
import { listNode, mappingNode, textNode } from '../../make-node.js';
import type { Resource } from '../template.js';
import { eventsOf, secretsOf, sourcesOf, type Event } from './events.js';
import { allowing, inlinePolicy, managedNamed } from './policies.js';
import { madeFor, roleFor } from './role.js';

/** What `AWS::Serverless::Function` becomes. */
export function expandFunction(
  resource: Resource,
  properties: Node | undefined,
): readonly Resource[] {
  const events = eventsOf(properties);
  const role = roleFor(resource, properties, {
    service: 'lambda.amazonaws.com',
    trust: find(properties, 'AssumeRolePolicyDocument'),
    managed: managedFor(resource, properties, events),
    inline: [...destinationsOf(properties, resource.id), ...secretsOf(events, resource.id)],
  });
  const sourceKey = find(properties, 'SourceKMSKeyArn');
  const code = sourceKey && mappingNode({ SourceKMSKeyArn: sourceKey }, sourceKey.span);
  const own = code ? withEntry(properties, 'Code', code) : properties;
  return [
    { ...resource, type: 'AWS::Lambda::Function', ...(own && { properties: own }) },
    ...(role ? [role] : []),
    ...aliasOf(resource, properties),
    ...sourcesOf(resource, events),
  ];
}

const pollers: Readonly<Record<string, string>> = {
  Kinesis: 'AWSLambdaKinesisExecutionRole',
  DynamoDB: 'AWSLambdaDynamoDBExecutionRole',
  SQS: 'AWSLambdaSQSQueueExecutionRole',
  MSK: 'AWSLambdaMSKExecutionRole',
};

function managedFor(
  { idSpan }: Resource,
  properties: Node | undefined,
  events: readonly Event[],
): readonly Node[] {
  const tracing = find(properties, 'Tracing');
  const isDurable = find(properties, 'DurableConfig') !== undefined;
  const names = [
    isDurable
      ? 'service-role/AWSLambdaBasicDurableExecutionRolePolicy'
      : 'service-role/AWSLambdaBasicExecutionRole',
    ...(tracing && textOf(tracing) !== 'Disabled' ? ['AWSXrayWriteOnlyAccess'] : []),
    ...(find(properties, 'VpcConfig') ? ['service-role/AWSLambdaVPCAccessExecutionRole'] : []),
    ...events.flatMap(({ type }) => {
      const poller = lookup(pollers, type);
      return poller === undefined ? [] : [`service-role/${poller}`];
    }),
  ];
  return [...new Set(names)].map((name) => managedNamed(name, idSpan));
}

/** Where failed or finished invocations go, which the function must be allowed to send to. */
function destinationsOf(properties: Node | undefined, id: string): readonly Node[] {
  const invoke = findPath(properties, 'EventInvokeConfig', 'DestinationConfig');
  const targets = [
    ['DeadLetterQueue', find(properties, 'DeadLetterQueue'), 'TargetArn'],
    ['OnSuccess', find(invoke, 'OnSuccess'), 'Destination'],
    ['OnFailure', find(invoke, 'OnFailure'), 'Destination'],
  ] as const;
  return targets.flatMap(([name, node, property]) => {
    const arn = find(node, property);
    const actions = lookup(sending, textOf(find(node, 'Type')) ?? '');
    if (!arn || !actions) return [];
    const inside = mappingNode({ 'Fn::Sub': subOf('${arn}/*', arn) }, arn.span);
    const resource = actions.includes('s3:PutObject') ? listNode([arn, inside], arn.span) : arn;
    return [inlinePolicy(`${id}${name}Policy`, allowing(actions, resource))];
  });
}

function subOf(text: string, arn: Node): Node {
  return listNode([textNode(text, arn.span), mappingNode({ arn }, arn.span)], arn.span);
}

const sending: Readonly<Record<string, readonly string[]>> = {
  SQS: ['sqs:SendMessage'],
  SNS: ['sns:Publish'],
  EventBridge: ['events:PutEvents'],
  Lambda: ['lambda:InvokeFunction'],
  S3Bucket: ['s3:PutObject', 's3:ListBucket'],
};

function aliasOf(resource: Resource, properties: Node | undefined): readonly Resource[] {
  const name = textOf(find(properties, 'AutoPublishAlias'));
  if (name === undefined) return [];
  return [madeFor(resource, `${resource.id}Alias${name}`, 'AWS::Lambda::Alias', {})];
}

function withEntry(node: Node | undefined, key: string, value: Node): Node {
  const entry = { key, keySpan: value.span, value };
  return node?.kind === 'mapping'
    ? { ...node, entries: [...node.entries, entry] }
    : { kind: 'mapping', entries: [entry], span: value.span };
}
