import type { Group, LooseDocument, Principal } from '../../../inventory/index.js';
import type { Text } from '../../../source/index.js';
import { textsIn } from '../../passed.js';
import { serviceLinkedRoleName } from '../../service-linked-role.js';
import { arnOf, isNamed, nameOf } from '../attributes.js';
import { attributeHole, definedAt, type Report, type Resource } from '../resource.js';
import { textAt, textMap, valueAt } from '../values.js';
import { createAttachments, type Attachments } from './attachments.js';
import { readPolicy } from './documents.js';

export interface Identities {
  readonly principals: readonly Principal[];
  readonly groups: readonly Group[];
  /** Policies of principals that the configuration does not have. */
  readonly documents: readonly LooseDocument[];
}

/** The users, roles and groups that a configuration creates, each with all policies that reach it. */
export function identitiesOf(resources: readonly Resource[], report: Report): Identities {
  const attachments = createAttachments(resources, report);
  const memberships = membershipsOf(resources);
  const principals = resources.flatMap((each): Principal[] => {
    switch (each.type) {
      case 'aws_iam_role':
        return [roleOf(each, attachments, report)];
      case 'aws_iam_user': {
        const groups = (memberships.get(nameOf(each)) ?? []).map((name) =>
          attachments.groupArn(name, each),
        );
        return [{ ...principalOf(each, 'user', attachments), groups: [...new Set(groups)] }];
      }
      case 'aws_iam_service_linked_role':
        return [serviceLinkedRoleOf(each)];
    }
    return [];
  });
  const groups = resources
    .filter(({ type }) => type === 'aws_iam_group')
    .map((each) => ({
      ...definedAt(each),
      arn: arnOf(each),
      policies: attachments.policiesOf(each),
    }));
  return { principals, groups, documents: attachments.loose };
}

function roleOf(each: Resource, attachments: Attachments, report: Report): Principal {
  const trust = valueAt(each.body, 'assume_role_policy');
  return {
    ...principalOf(each, 'role', attachments),
    ...(trust && { trust: readPolicy(trust, 'trust', report) }),
  };
}

function principalOf(each: Resource, kind: Principal['kind'], attachments: Attachments): Principal {
  const tags = textMap(valueAt(each.body, 'tags_all') ?? valueAt(each.body, 'tags'));
  const uniqueId = textAt(each, 'unique_id');
  return {
    ...definedAt(each),
    kind,
    arn: arnOf(each),
    account: each.place.account,
    name: nameOf(each),
    ...(uniqueId !== undefined && { uniqueId }),
    ...(tags && { tags }),
    policies: attachments.policiesOf(each),
    boundary: attachments.boundaryOf(each),
    serviceLinked: false,
    fixedName: isNamed(each),
    ...(each.change === 'replace' && { replaced: true }),
  };
}

/** Users by name, with the groups that memberships add them to, from either end. */
function membershipsOf(resources: readonly Resource[]): ReadonlyMap<Text, readonly Text[]> {
  const memberships = new Map<Text, readonly Text[]>();
  const add = (user: Text, group: Text): void => {
    memberships.set(user, [...(memberships.get(user) ?? []), group]);
  };
  for (const each of resources) {
    const texts = (argument: string): readonly Text[] =>
      textsIn(valueAt(each.body, argument)).map(({ text }) => text);
    if (each.type === 'aws_iam_user_group_membership') {
      for (const user of texts('user')) for (const group of texts('groups')) add(user, group);
    }
    if (each.type === 'aws_iam_group_membership') {
      for (const user of texts('users')) for (const group of texts('group')) add(user, group);
    }
  }
  return memberships;
}

// Its name follows from the service by no rule that holds for all; that it has a fixed one is known.
function serviceLinkedRoleOf(each: Resource): Principal {
  const { account, partition } = each.place;
  const service = textAt(each, 'aws_service_name') ?? attributeHole(each, 'aws_service_name');
  const name =
    textAt(each, 'name') ??
    serviceLinkedRoleName(service, textAt(each, 'custom_suffix')) ??
    attributeHole(each, 'name');
  return {
    ...definedAt(each),
    kind: 'role',
    arn: `arn:${partition}:iam::${account}:role/aws-service-role/${service}/${name}`,
    account,
    name,
    serviceLinked: true,
    fixedName: true,
  };
}
