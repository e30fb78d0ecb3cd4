import { findServiceCall } from '../facts/index.js';
import { createContext, findDependant, findKey } from '../inventory/index.js';
import type { CodeCall, Inventory } from '../inventory/index.js';
import { hole, type Text } from '../source/index.js';
import { codeInput, fieldIn, textIn } from './code-input.js';
import type { Need } from './needs.js';

/** What a call to a service requires: its own permissions, and those that the service asks of KMS for it. */
export function serviceNeeds(inventory: Inventory, call: CodeCall): readonly Need[] {
  const resource = resourceOf(call);
  return actionsOf(call).flatMap((action) => {
    const own: Need = { action, resource, context: new Map(), absent: [], sites: [call] };
    return [own, ...keyNeeds(inventory, call, action, resource)];
  });
}

/**
 * The permissions of an operation, where they are not called as it is.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const actionsByOperation: Readonly<Record<string, readonly string[]>> = {
  's3:HeadObject': ['s3:GetObject'],
  's3:CopyObject': ['s3:GetObject', 's3:PutObject'],
  's3:Upload': ['s3:PutObject'],
  's3:CreateMultipartUpload': ['s3:PutObject'],
  's3:UploadPart': ['s3:PutObject'],
  's3:CompleteMultipartUpload': ['s3:PutObject'],
  's3:ListObjects': ['s3:ListBucket'],
  's3:ListObjectsV2': ['s3:ListBucket'],
  's3:HeadBucket': ['s3:ListBucket'],
  's3:DeleteObjects': ['s3:DeleteObject'],
  'sqs:SendMessageBatch': ['sqs:SendMessage'],
  'sns:PublishBatch': ['sns:Publish'],
};

function actionsOf({ service, operation }: CodeCall): readonly string[] {
  const name = `${service}:${operation}`;
  return actionsByOperation[name] ?? [name];
}

/** The resource of a call: an object or bucket, a queue, a topic, a secret. */
function resourceOf(call: CodeCall): Text {
  const input = codeInput(call);
  const { unit, service } = call;
  const unknown = (what: string): Text => hole(unit, `the ${what} of ${call.address}`);
  switch (service) {
    case 's3': {
      const bucket = textIn(input, 'Bucket') ?? unknown('bucket');
      const key = textIn(input, 'Key');
      const arn = bucket.startsWith('arn:') ? bucket : `arn:aws:s3:::${bucket}`;
      return /Object|Upload/.test(call.operation) && !/^List/.test(call.operation)
        ? `${arn}/${key ?? unknown('object')}`
        : arn;
    }
    case 'sqs': {
      const url = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/(.+)$/.exec(
        textIn(input, 'QueueUrl') ?? '',
      );
      return url === null
        ? unknown('queue')
        : `arn:aws:sqs:${url[1] ?? ''}:${url[2] ?? ''}:${url[3] ?? ''}`;
    }
    case 'sns':
      return textIn(input, 'TopicArn') ?? unknown('topic');
    case 'secretsmanager':
      return textIn(input, 'SecretId') ?? unknown('secret');
    default:
      return '*';
  }
}

function keyNeeds(
  inventory: Inventory,
  call: CodeCall,
  action: string,
  resource: Text,
): readonly Need[] {
  const found = findServiceCall(action);
  if (found === undefined) return [];
  const listed = findDependant(inventory, resource);
  const own = call.keys.find(({ field }) => field === 'SSEKMSKeyId')?.text;
  const reference = own ?? listed?.key;
  if (reference === undefined) return [];
  const region = listed?.region ?? call.region ?? hole(call.unit, `the Region of ${call.address}`);
  const key = findKey(inventory, reference, { region });
  const isMultipart = /Upload/.test(call.operation);
  const context = createContext({
    'kms:ViaService': `${found.profile.service}.${region}.amazonaws.com`,
    ...(addsNoPairs(call, found.call.direction)
      ? { 'kms:EncryptionContextKeys': found.profile.pairs.map(({ name }) => name) }
      : {}),
  });
  return found.call.kms
    .filter(({ only }) => only === undefined || isMultipart)
    .map((use) => ({
      action: use.action,
      resource: key?.arn ?? reference,
      ...(key === undefined ? {} : { key }),
      context,
      absent: [],
      through: { action, resource },
      sites: [call],
    }));
}

/** Whether S3 encrypts what a call writes with its own pair alone; what is read was written by others. */
function addsNoPairs(call: CodeCall, direction: 'reads' | 'writes'): boolean {
  const input = codeInput(call);
  const isKnown = input?.kind === 'object' && !input.open;
  const adds = fieldIn(input, 'SSEKMSEncryptionContext') !== undefined;
  return call.service === 's3' && direction === 'writes' && isKnown && !adds;
}
