import { find } from '../../source/index.js';
import type { Node, Text } from '../../source/index.js';
import { readAuthorizationDetails } from './authorization-details.js';
import type { Fact, InlinePolicy, PrincipalReference, PrincipalType } from './facts.js';
import { isTruncated, list, tags, text, texts } from './fields.js';
import { shows } from './output.js';
import type { Output, Saved } from './output.js';
import { nameInPath, principalTypeInPath } from './subject.js';
import { managedReferences, principalOf } from './principals.js';

const principalTypes = [
  ['user', 'User'],
  ['role', 'Role'],
  ['group', 'Group'],
] as const;

export const iamOutputs: readonly Output[] = [
  ...['RoleDetailList', 'UserDetailList', 'GroupDetailList'].map((member) => ({
    command: 'iam get-account-authorization-details',
    members: [member],
    read: readAuthorizationDetails,
  })),
  {
    command: 'iam get-account-authorization-details --filter LocalManagedPolicy',
    members: ['Policies'],
    marks: shows(/\bPolicyVersionList\b/),
    read: readAuthorizationDetails,
  },
  {
    command: 'iam get-group',
    members: ['Group', 'Users'],
    read: function* ({ root }) {
      yield* single(find(root, 'Group'), 'group');
    },
  },
  ...principalTypes.flatMap(([type, member]) => principalOutputs(type, member)),
  {
    command: 'iam list-attached-role-policies',
    members: ['AttachedPolicies'],
    others: [],
    read: readAttachedPolicies,
  },
  {
    command: 'iam list-role-tags',
    members: ['Tags'],
    others: [],
    marks: shows(/\bIsTruncated\b/),
    read: readTags,
  },
  {
    command: 'iam list-role-policies',
    members: ['PolicyNames'],
    others: [],
    // `kms list-key-policies` prints the same, with no other name than this.
    marks: ({ path, text: output }) =>
      !/list-key-policies/i.test(path) && !/(?:\[|-)\s*"?default"?\s*(?:\]|$)/m.test(output),
    read: readPolicyNames,
  },
  { command: 'kms list-key-policies', members: ['PolicyNames'], others: [] },
  {
    command: 'iam get-policy',
    members: ['Policy'],
    others: [],
    marks: shows(/\bDefaultVersionId\b/),
    read: function* ({ root }) {
      yield* managedPolicyHead(find(root, 'Policy'));
    },
  },
  {
    command: 'iam list-policies',
    members: ['Policies'],
    others: [],
    marks: shows(/\bDefaultVersionId\b/),
    read: function* ({ root }) {
      for (const policy of list(root, 'Policies')) yield* managedPolicyHead(policy);
    },
  },
  {
    command: 'iam get-policy-version',
    members: ['PolicyVersion'],
    others: [],
    read: readPolicyVersion,
  },
  {
    command: 'sts get-caller-identity',
    members: ['Account', 'Arn', 'UserId'],
    others: [],
    read: function* ({ root }) {
      const id = text(root, 'Account');
      if (id !== undefined) yield { kind: 'account', id, span: root.span };
    },
  },
];

/** `get-role`, `list-roles`, `get-role-policy`, and the same for users and groups. */
function principalOutputs(type: PrincipalType, member: string): readonly Output[] {
  return [
    {
      command: `iam get-${type}`,
      members: [member],
      others: [],
      marks: shows(new RegExp(`\\b${member}Id\\b`)),
      read: function* ({ root }) {
        yield* single(find(root, member), type);
      },
    },
    {
      command: `iam list-${type}s`,
      members: [`${member}s`],
      others: [],
      marks: shows(new RegExp(`\\b${member}Id\\b|\\[\\s*\\]`)),
      read: function* ({ root, path }) {
        yield* readList(root, path, type, `${member}s`);
      },
    },
    {
      command: `iam get-${type}-policy`,
      members: [`${member}Name`, 'PolicyName', 'PolicyDocument'],
      read: function* ({ root }) {
        const name = text(root, `${member}Name`);
        const policyName = text(root, 'PolicyName');
        const document = find(root, 'PolicyDocument');
        if (name === undefined || policyName === undefined || document === undefined) return;
        const policies = [{ name: policyName, document, span: document.span }];
        yield {
          kind: 'principal',
          type,
          principal: { by: 'name', type, name },
          inline: { policies, whole: false },
          span: root.span,
        };
      },
    },
  ];
}

function* readList(root: Node, path: string, type: PrincipalType, member: string): Iterable<Fact> {
  const nodes = list(root, member);
  for (const node of nodes) yield* listed(node, type);
  // `list-groups-for-user` prints the same as `list-groups`; its user is in the path.
  const command = 'iam list-groups-for-user';
  if (type !== 'group' || !/groups-for-user/i.test(path) || isTruncated(root)) return;
  const name = nameInPath(path, command);
  if (name === undefined) return;
  yield {
    kind: 'principal',
    type: 'user',
    principal: { by: 'name', type: 'user', name },
    groups: nodes.flatMap((node) => text(node, 'GroupName') ?? []),
    span: root.span,
  };
}

// Lists leave boundaries and tags out.
// SOURCE: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
function* listed(node: Node, type: PrincipalType): Iterable<Fact> {
  const principal = principalOf(node, type);
  if (principal !== undefined) yield principal;
}

function* single(node: Node | undefined, type: PrincipalType): Iterable<Fact> {
  const principal = node === undefined ? undefined : principalOf(node, type);
  if (node === undefined || principal === undefined) return;
  const boundary = text(node, 'PermissionsBoundary', 'PermissionsBoundaryArn');
  yield {
    ...principal,
    ...(type === 'group'
      ? {}
      : {
          boundary: boundary === undefined ? 'none' : { arn: boundary, span: node.span },
          tags: tags(node, 'Tags') ?? new Map<Text, Text>(),
        }),
  };
}

function* readAttachedPolicies({ root, path }: Saved): Iterable<Fact> {
  const subject = principalInPath(path, 'attached', 'policies');
  if (subject === undefined) {
    yield subjectUnknown(root, 'attached policies');
    return;
  }
  yield {
    kind: 'principal',
    type: subject.type,
    principal: subject,
    managed: { policies: managedReferences(root, 'AttachedPolicies'), whole: !isTruncated(root) },
    span: root.span,
  };
}

function* readTags({ root, path }: Saved): Iterable<Fact> {
  const subject = principalInPath(path, '', 'tags');
  const all = isTruncated(root) ? undefined : tags(root, 'Tags');
  if (subject === undefined) yield subjectUnknown(root, 'tags');
  else if (all !== undefined) {
    const { type } = subject;
    yield { kind: 'principal', type, principal: subject, tags: all, span: root.span };
  }
}

function* readPolicyNames({ root, path }: Saved): Iterable<Fact> {
  const subject = principalInPath(path, '', 'policies');
  if (subject === undefined) {
    yield subjectUnknown(root, 'inline policies');
    return;
  }
  const policies: readonly InlinePolicy[] = texts(root, 'PolicyNames').map((name) => ({
    name,
    span: root.span,
  }));
  yield {
    kind: 'principal',
    type: subject.type,
    principal: subject,
    inline: { policies, whole: !isTruncated(root) },
    span: root.span,
  };
}

function principalInPath(
  path: string,
  before: 'attached' | '',
  after: string,
): (PrincipalReference & { by: 'name' }) | undefined {
  const type = principalTypeInPath(path);
  if (type === undefined) return undefined;
  const operation = ['list', before, type, after].filter((word) => word !== '').join('-');
  const name = nameInPath(path, `iam ${operation}`);
  return name === undefined ? undefined : { by: 'name', type, name };
}

function subjectUnknown(root: Node, what: string): Fact {
  return {
    kind: 'diagnostic',
    diagnostic: {
      code: 'aws-cli-subject-unknown',
      severity: 'warning',
      message: `nothing says whose ${what} these are, so that they count for nobody`,
      span: root.span,
      hint: 'put the output in a folder named for the user, role or group, below `users`, `roles` or `groups`',
    },
  };
}

function* managedPolicyHead(node: Node | undefined): Iterable<Fact> {
  const arn = text(node, 'Arn');
  const name = text(node, 'PolicyName');
  if (node === undefined || arn === undefined || name === undefined) return;
  yield { kind: 'managed-policy', arn, name, span: node.span };
}

function* readPolicyVersion({ root, path }: Saved): Iterable<Fact> {
  const version = find(root, 'PolicyVersion');
  const document = find(version, 'Document');
  if (version === undefined || document === undefined) return;
  const isDefault = find(version, 'IsDefaultVersion');
  if (isDefault?.kind === 'scalar' && String(isDefault.value) === 'false') {
    yield {
      kind: 'diagnostic',
      diagnostic: {
        code: 'aws-cli-nothing',
        severity: 'info',
        message:
          'this version of the policy is not its default version, so that it applies to nobody',
        span: isDefault.span,
      },
    };
    return;
  }
  yield {
    kind: 'managed-policy',
    name: nameInPath(path, 'iam get-policy-version') ?? '',
    document,
    span: document.span,
  };
}
