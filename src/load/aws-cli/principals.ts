import { find } from '../../source/index.js';
import type { Node } from '../../source/index.js';
import type { ManagedReference, PrincipalFact, PrincipalType } from './facts.js';
import { list, present, text } from './fields.js';

const members = { user: 'UserId', role: 'RoleId', group: 'GroupId' } as const;

/** What every output about a user, role or group says of it. */
export function principalOf(node: Node, type: PrincipalType): PrincipalFact | undefined {
  const arn = text(node, 'Arn');
  if (arn === undefined) return undefined;
  return {
    kind: 'principal',
    type,
    principal: { by: 'arn', arn },
    ...present({
      uniqueId: text(node, members[type]),
      trust: find(node, 'AssumeRolePolicyDocument'),
    }),
    span: node.span,
  };
}

export function managedReferences(node: Node, member: string): readonly ManagedReference[] {
  return list(node, member).flatMap((item) => {
    const arn = text(item, 'PolicyArn');
    return arn === undefined ? [] : [{ arn, span: item.span }];
  });
}
