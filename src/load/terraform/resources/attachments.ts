import type { LooseDocument } from '../../../inventory/index.js';
import type { PolicyDocument } from '../../../policy/index.js';
import type { Span, Text } from '../../../source/index.js';
import { lookup } from '../../lookup.js';
import { passedText, textsIn } from '../../passed.js';
import { policyNameIn, policyOfArn } from '../../policy-of-arn.js';
import { arnOf, nameOf } from '../attributes.js';
import { attributeHole, definedAt, type Report, type Resource } from '../resource.js';
import { textAt, valueAt, valuesAt } from '../values.js';
import { find } from '../../../source/index.js';
import { readPolicy } from './documents.js';

/** Which policies reach which principal, whatever end they are attached from. */
export interface Attachments {
  /** All identity-based policies of a role, user or group, inline ones first. */
  policiesOf(principal: Resource): readonly PolicyDocument[];
  boundaryOf(principal: Resource): PolicyDocument | 'none';
  groupArn(name: Text, from: Resource): Text;
  /** Policies for principals that are not in the configuration, and managed policies attached to none. */
  readonly loose: readonly LooseDocument[];
}

const sorts: Readonly<Record<string, string>> = {
  aws_iam_role: 'role',
  aws_iam_user: 'user',
  aws_iam_group: 'group',
};

/** Inline policies that are resources of their own, and the argument that names whom they are for. */
const inlineTypes: Readonly<Record<string, string>> = {
  aws_iam_role_policy: 'role',
  aws_iam_user_policy: 'user',
  aws_iam_group_policy: 'group',
};

/** Attachments of managed policies: the arguments that name whom, and the sort of principal there. */
const attachmentTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_iam_role_policy_attachment: { role: 'role' },
  aws_iam_user_policy_attachment: { user: 'user' },
  aws_iam_group_policy_attachment: { group: 'group' },
  aws_iam_policy_attachment: { roles: 'role', users: 'user', groups: 'group' },
  aws_iam_role_policy_attachments_exclusive: { role_name: 'role' },
  aws_iam_user_policy_attachments_exclusive: { user_name: 'user' },
  aws_iam_group_policy_attachments_exclusive: { group_name: 'group' },
};

export function createAttachments(resources: readonly Resource[], report: Report): Attachments {
  const present = new Map(
    resources.filter(({ type }) => lookup(sorts, type)).map((each) => [markOf(each), each]),
  );
  const managed = managedPolicies(resources, report);
  const attached = new Map<string, Map<string, PolicyDocument>>();
  const loose: LooseDocument[] = [];
  const attach = (
    targets: readonly string[],
    identity: string,
    document: PolicyDocument,
  ): boolean => {
    const here = targets.filter((mark) => present.has(mark));
    for (const mark of here) {
      attached.set(
        mark,
        (attached.get(mark) ?? new Map<string, PolicyDocument>()).set(identity, document),
      );
    }
    return here.length === targets.length && targets.length > 0;
  };
  const attachedArns = new Set<Text>();
  for (const each of resources) {
    const inline = inlineDocument(each, report);
    if (inline !== undefined && !attach(targetsOf(each), each.address, inline)) {
      loose.push({ ...definedAt(each), document: inline, account: each.place.account });
    }
    for (const { text: arn, node } of attachedPolicies(each)) {
      attachedArns.add(arn);
      attach(targetsOf(each), arn, managed.named(arn, 'identity', node.span, each));
    }
    for (const { text } of referredPolicies(each)) attachedArns.add(text);
  }
  for (const each of managed.own) {
    const document = attachedArns.has(arnOf(each)) ? undefined : managed.documentOf(each);
    if (document) loose.push({ ...definedAt(each), document, account: each.place.account });
  }
  return {
    policiesOf: (each) => {
      const named = textsIn(valueAt(each.body, 'managed_policy_arns')).map(
        ({ text, node }) => [text, managed.named(text, 'identity', node.span, each)] as const,
      );
      return [
        ...writtenInside(each, report),
        ...new Map([...named, ...(attached.get(markOf(each)) ?? [])]).values(),
      ];
    },
    boundaryOf(each) {
      const node = valueAt(each.body, 'permissions_boundary');
      const text = passedText(node);
      if (node === undefined || text === undefined || text === '') return 'none';
      return managed.named(text, 'boundary', node.span, each);
    },
    groupArn(name, from) {
      const group = present.get(`group ${name}`);
      if (group) return arnOf(group);
      // Names are unique in an account whatever their path, so the usual path misleads nobody.
      return `arn:${from.place.partition}:iam::${from.place.account}:group/${name}`;
    },
    loose,
  };
}

function markOf(each: Resource): string {
  return `${lookup(sorts, each.type) ?? ''} ${nameOf(each)}`;
}

function targetsOf(each: Resource): readonly string[] {
  const inline = lookup(inlineTypes, each.type);
  const named =
    inline === undefined ? (lookup(attachmentTypes, each.type) ?? {}) : { [inline]: inline };
  return Object.entries(named).flatMap(([argument, sort]) =>
    textsIn(valueAt(each.body, argument)).map(({ text }) => `${sort} ${text}`),
  );
}

function inlineDocument(each: Resource, report: Report): PolicyDocument | undefined {
  if (!lookup(inlineTypes, each.type)) return undefined;
  const node = valueAt(each.body, 'policy');
  return node && readPolicy(node, 'identity', report, nameOfInline(each));
}

// Its name is unique only beside its principal; one that the provider makes up is unknown.
function nameOfInline(each: Resource): Text {
  return textAt(each, 'name') ?? attributeHole(each, 'name');
}

function attachedPolicies(each: Resource): ReturnType<typeof textsIn> {
  if (!lookup(attachmentTypes, each.type)) return [];
  return [
    ...textsIn(valueAt(each.body, 'policy_arn')),
    ...textsIn(valueAt(each.body, 'policy_arns')),
  ];
}

function referredPolicies(each: Resource): ReturnType<typeof textsIn> {
  if (!lookup(sorts, each.type)) return [];
  return [
    ...textsIn(valueAt(each.body, 'managed_policy_arns')),
    ...textsIn(valueAt(each.body, 'permissions_boundary')),
  ];
}

/** The policies that are written into a role itself. */
function writtenInside({ body }: Resource, report: Report): readonly PolicyDocument[] {
  return valuesAt(body, 'inline_policy[]').flatMap((block) => {
    const document = find(block, 'policy');
    const isGiven = document !== undefined && passedText(document) !== '';
    if (!isGiven || (document.kind === 'scalar' && document.value === null)) return [];
    return [readPolicy(document, 'identity', report, passedText(find(block, 'name')))];
  });
}

interface ManagedPolicies {
  readonly own: readonly Resource[];
  documentOf(each: Resource): PolicyDocument | undefined;
  /** The policy of an ARN; one that the configuration does not have may hold anything. */
  named(arn: Text, kind: 'identity' | 'boundary', span: Span, from: Resource): PolicyDocument;
}

function managedPolicies(resources: readonly Resource[], report: Report): ManagedPolicies {
  const own = resources.filter(({ type }) => type === 'aws_iam_policy');
  const byArn = new Map(own.map((each) => [arnOf(each), each]));
  const documents = new Map<string, PolicyDocument | undefined>();
  const read = (each: Resource, kind: 'identity' | 'boundary'): PolicyDocument | undefined => {
    const mark = `${kind} ${each.address}`;
    if (!documents.has(mark)) {
      const node = valueAt(each.body, 'policy');
      // What is wrong in a policy is reported where it is read as an identity policy.
      const told = kind === 'identity' ? report : ignore;
      const arn = arnOf(each);
      documents.set(mark, node && { ...readPolicy(node, kind, told, policyNameIn(arn)), arn });
    }
    return documents.get(mark);
  };
  return {
    own,
    documentOf: (each) => read(each, 'identity'),
    named(arn, kind, span, from) {
      const known = byArn.get(arn);
      const document = known && read(known, kind);
      return document ?? policyOfArn(arn, kind, span, (text) => attributeHole(from, text));
    },
  };
}

function ignore(): void {
  // Told elsewhere.
}
