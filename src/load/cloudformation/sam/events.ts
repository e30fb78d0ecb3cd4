import { find, itemsOf, textOf, type Node } from '../../../source/index.js';
import { mappingNode, textNode } from '../../make-node.js';
import type { Resource } from '../template.js';
import { allowing, inlinePolicy } from './policies.js';
import { madeFor } from './role.js';

/** What triggers a function or state machine. */
export interface Event {
  readonly id: string;
  readonly type: string;
  readonly properties: Node | undefined;
}

export function eventsOf(properties: Node | undefined): readonly Event[] {
  const events = find(properties, 'Events');
  if (events?.kind !== 'mapping') return [];
  return events.entries.map(({ key: id, value }) => ({
    id,
    type: textOf(find(value, 'Type')) ?? '',
    properties: find(value, 'Properties'),
  }));
}

/** Brokers and clusters take their credentials from a secret: what reading it and its key needs. */
export function secretsOf(events: readonly Event[], id: string): readonly Node[] {
  return events.flatMap(({ id: event, properties }) => {
    const secrets = itemsOf(find(properties, 'SourceAccessConfigurations')).flatMap((access) => {
      const uri = find(access, 'URI');
      return uri && isSecret(textOf(find(access, 'Type'))) ? [uri] : [];
    });
    const secretKey = find(properties, 'SecretsManagerKmsKeyId');
    const keyId = textOf(secretKey);
    return [
      ...secrets.map((uri) => allowing(['secretsmanager:GetSecretValue'], uri)),
      ...(secretKey && keyId !== undefined ? [decryptWith(keyId, secretKey)] : []),
    ].map((document, index) => inlinePolicy(`${id}${event}Policy${String(index)}`, document));
  });
}

function isSecret(type: string | undefined): boolean {
  return type !== undefined && !/^(?:VPC_|VIRTUAL_HOST)/.test(type);
}

function decryptWith(keyId: string, { span }: Node): Node {
  const arn = `arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:key/${keyId}`;
  return allowing(['kms:Decrypt'], mappingNode({ 'Fn::Sub': textNode(arn, span) }, span));
}

/** Event sources and schedules may have keys of their own. */
export function sourcesOf(resource: Resource, events: readonly Event[]): readonly Resource[] {
  return events.flatMap(({ id, type, properties }) => {
    const KmsKeyArn = find(properties, 'KmsKeyArn');
    if (!KmsKeyArn) return [];
    const made =
      type === 'ScheduleV2' ? 'AWS::Scheduler::Schedule' : 'AWS::Lambda::EventSourceMapping';
    return [madeFor(resource, resource.id + id, made, { KmsKeyArn })];
  });
}
