import { passedText, textsIn } from '../../passed.js';
import type { LooseDocument } from '../../../inventory/index.js';
import type { PolicyDocument } from '../../../policy/index.js';
import type { Text } from '../../../source/index.js';
import { lookup } from '../../lookup.js';
import { arnOf, refOf } from '../references.js';
import type { Report } from '../report.js';
import { readPolicy } from './documents.js';
import { createManagedPolicies, type ManagedPolicies } from './managed-policies.js';
import { definedAt, itemsAt, memberOf, textAt, valueOf, type Placed } from './placed.js';

/** Which policies reach which principal, whatever end they are attached from. */
export interface Attachments {
  /** All identity-based policies of a role, user or group, inline ones first. */
  policiesOf(principal: Placed): readonly PolicyDocument[];
  boundaryOf(principal: Placed): PolicyDocument | 'none';
  groupArn(name: Text, from: Placed): Text;
  /** Policies for principals that are not in the template, and managed policies attached to none. */
  readonly loose: readonly LooseDocument[];
}

const sorts: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'Roles',
  'AWS::IAM::User': 'Users',
  'AWS::IAM::Group': 'Groups',
};

/** Types of policies that name whom they are for, and the properties that do. */
const outerPolicies: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::IAM::Policy': { Roles: 'Roles', Users: 'Users', Groups: 'Groups' },
  'AWS::IAM::ManagedPolicy': { Roles: 'Roles', Users: 'Users', Groups: 'Groups' },
  'AWS::IAM::RolePolicy': { RoleName: 'Roles' },
  'AWS::IAM::UserPolicy': { UserName: 'Users' },
  'AWS::IAM::GroupPolicy': { GroupName: 'Groups' },
};

export function createAttachments(placed: readonly Placed[], report: Report): Attachments {
  const present = presentIn(placed);
  const managed = createManagedPolicies(placed, report);
  const attached = new Map<string, Set<PolicyDocument>>();
  const loose: LooseDocument[] = [];
  for (const at of placed) {
    const document = outerDocumentOf(at, managed, report);
    if (document === undefined) continue;
    const targets = targetsOf(at);
    for (const target of targets.filter((mark) => present.has(mark))) {
      attached.set(target, (attached.get(target) ?? new Set()).add(document));
    }
    const misses = targets.some((mark) => !present.has(mark));
    if (misses || (targets.length === 0 && !managed.isReferred(at))) {
      loose.push({ ...definedAt(at), document, account: at.stack.place.account });
    }
  }
  return {
    policiesOf: (at) => [
      ...inlineOf(at, report),
      ...textsIn(valueOf(at, 'ManagedPolicyArns')).map(({ text, node }) =>
        managed.named(text, 'identity', node.span, at),
      ),
      ...(attached.get(markOf(at)) ?? []),
    ],
    boundaryOf(at) {
      const node = valueOf(at, 'PermissionsBoundary');
      const text = passedText(node);
      if (node === undefined || text === undefined) return 'none';
      return managed.named(text, 'boundary', node.span, at);
    },
    groupArn(name, from) {
      const group = present.get(`Groups ${name}`);
      if (group) return arnOf(group.resource, group.stack);
      // Names are unique in an account whatever their path, so the usual path misleads nobody.
      const { partition, account } = from.stack.place;
      return `arn:${partition}:iam::${account}:group/${name}`;
    },
    loose,
  };
}

function presentIn(placed: readonly Placed[]): ReadonlyMap<string, Placed> {
  return new Map(
    placed.filter(({ resource }) => lookup(sorts, resource.type)).map((at) => [markOf(at), at]),
  );
}

function markOf({ resource, stack }: Placed): string {
  return `${lookup(sorts, resource.type) ?? ''} ${refOf(resource, stack)}`;
}

function targetsOf(at: Placed): readonly string[] {
  const named = Object.entries(lookup(outerPolicies, at.resource.type) ?? {});
  return named.flatMap(([property, sort]) =>
    textsIn(valueOf(at, property)).map(({ text }) => `${sort} ${text}`),
  );
}

function outerDocumentOf(
  at: Placed,
  managed: ManagedPolicies,
  report: Report,
): PolicyDocument | undefined {
  if (!lookup(outerPolicies, at.resource.type)) return undefined;
  if (at.resource.type === 'AWS::IAM::ManagedPolicy') return managed.documentOf(at);
  const node = valueOf(at, 'PolicyDocument');
  // Its name, like an inline policy's, is unique only beside its principal.
  const name = textAt(at, 'PolicyName') ?? at.resource.id;
  return node && readPolicy(node, 'identity', report, name);
}

/** The policies that are written into the principal itself. */
function inlineOf(at: Placed, report: Report): readonly PolicyDocument[] {
  return itemsAt(at, 'Policies').flatMap((item) => {
    const document = memberOf(item, 'PolicyDocument', at.stack);
    const name = passedText(memberOf(item, 'PolicyName', at.stack));
    return document ? [readPolicy(document, 'identity', report, name)] : [];
  });
}
