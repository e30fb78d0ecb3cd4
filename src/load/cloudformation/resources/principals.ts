import { textsIn } from '../../passed.js';
import type { Group, LooseDocument, Principal } from '../../../inventory/index.js';
import type { Text } from '../../../source/index.js';
import { serviceLinkedRoleName } from '../../service-linked-role.js';
import { arnOf, isNamed, nameOf, refOf } from '../references.js';
import type { Report } from '../report.js';
import { createAttachments, type Attachments } from './attachments.js';
import { readPolicy } from './documents.js';
import { definedAt, tagsOf, textAt, valueOf, type Placed } from './placed.js';

export interface Identities {
  readonly principals: readonly Principal[];
  readonly groups: readonly Group[];
  /** Policies of principals that the template does not have. */
  readonly documents: readonly LooseDocument[];
}

/** The users, roles and groups that a template creates, each with all policies that reach it. */
export function identitiesOf(placed: readonly Placed[], report: Report): Identities {
  const attachments = createAttachments(placed, report);
  const memberships = membershipsOf(placed);
  const principals = placed.flatMap((at): Principal[] => {
    switch (at.resource.type) {
      case 'AWS::IAM::Role':
        return [roleOf(at, attachments, report)];
      case 'AWS::IAM::User':
        return [userOf(at, attachments, memberships)];
      case 'AWS::IAM::ServiceLinkedRole':
        return [serviceLinkedRoleOf(at)];
    }
    return [];
  });
  const groups = placed
    .filter(({ resource }) => resource.type === 'AWS::IAM::Group')
    .map((at) => ({
      ...definedAt(at),
      arn: arnOf(at.resource, at.stack),
      policies: attachments.policiesOf(at),
    }));
  return { principals, groups, documents: attachments.loose };
}

function roleOf(at: Placed, attachments: Attachments, report: Report): Principal {
  const trust = valueOf(at, 'AssumeRolePolicyDocument');
  return {
    ...principalOf(at, 'role', attachments),
    ...(trust && { trust: readPolicy(trust, 'trust', report) }),
  };
}

function userOf(
  at: Placed,
  attachments: Attachments,
  memberships: ReadonlyMap<Text, readonly Text[]>,
): Principal {
  const named = textsIn(valueOf(at, 'Groups')).map(({ text }) => text);
  const added = memberships.get(refOf(at.resource, at.stack)) ?? [];
  const groups = [...new Set([...named, ...added])].map((name) => attachments.groupArn(name, at));
  return { ...principalOf(at, 'user', attachments), groups };
}

function principalOf(at: Placed, kind: Principal['kind'], attachments: Attachments): Principal {
  const { resource, stack } = at;
  const tags = tagsOf(at);
  return {
    ...definedAt(at),
    kind,
    arn: arnOf(resource, stack),
    account: stack.place.account,
    name: nameOf(resource, stack),
    ...(tags && { tags }),
    policies: attachments.policiesOf(at),
    boundary: attachments.boundaryOf(at),
    serviceLinked: false,
    fixedName: isNamed(resource, stack),
  };
}

/** Users by name, with the groups that `AWS::IAM::UserToGroupAddition` adds them to. */
function membershipsOf(placed: readonly Placed[]): ReadonlyMap<Text, readonly Text[]> {
  const memberships = new Map<Text, Text[]>();
  for (const at of placed) {
    if (at.resource.type !== 'AWS::IAM::UserToGroupAddition') continue;
    const group = textAt(at, 'GroupName');
    for (const { text } of textsIn(valueOf(at, 'Users'))) {
      if (group !== undefined) memberships.set(text, [...(memberships.get(text) ?? []), group]);
    }
  }
  return memberships;
}

// Its name follows from the service by no rule that holds for all, so it is unknown here; that it has
// a fixed one is known.
function serviceLinkedRoleOf(at: Placed): Principal {
  const { stack } = at;
  const { account, partition } = stack.place;
  const service = textAt(at, 'AWSServiceName') ?? nameOf(at.resource, stack);
  const name =
    serviceLinkedRoleName(service, textAt(at, 'CustomSuffix')) ?? nameOf(at.resource, stack);
  return {
    ...definedAt(at),
    kind: 'role',
    arn: `arn:${partition}:iam::${account}:role/aws-service-role/${service}/${name}`,
    account,
    name,
    serviceLinked: true,
    fixedName: true,
  };
}
