import { parseArn } from '../../policy/index.js';
import { find } from '../../source/index.js';
import type { Node, Span, Text } from '../../source/index.js';
import type { Fact, OrganizationPolicyType } from './facts.js';
import { isTruncated, list, present, spelled, text } from './fields.js';
import { shows } from './output.js';
import type { Output, Saved } from './output.js';
import { organizationPolicyInPath, organizationTargetInPath } from './subject.js';

export const organizationsOutputs: readonly Output[] = [
  {
    command: 'organizations describe-organization',
    members: ['Organization'],
    others: [],
    read: readOrganization,
  },
  {
    command: 'organizations list-accounts',
    members: ['Accounts'],
    others: [],
    marks: shows(/:organizations:|\[\s*\]/),
    read: readAccounts,
  },
  {
    command: 'organizations describe-account',
    members: ['Account'],
    others: [],
    marks: shows(/:organizations:/),
    read: function* ({ root }) {
      const account = find(root, 'Account');
      if (account !== undefined) yield* member(account);
    },
  },
  {
    command: 'organizations list-parents',
    members: ['Parents'],
    others: [],
    read: function* ({ root, path }) {
      const child = organizationTargetInPath(path);
      for (const parent of list(root, 'Parents'))
        yield* below(child, text(parent, 'Id'), parent.span);
    },
  },
  {
    command: 'organizations list-children',
    members: ['Children'],
    others: [],
    read: function* ({ root, path }) {
      const parent = organizationTargetInPath(path);
      for (const child of list(root, 'Children'))
        yield* below(spelled(child, 'Id'), parent, child.span);
    },
  },
  {
    command: 'organizations list-organizational-units-for-parent',
    members: ['OrganizationalUnits'],
    others: [],
    read: readUnits,
  },
  { command: 'organizations list-roots', members: ['Roots'], others: [], marks: shows(/\br-/) },
  {
    command: 'organizations describe-policy',
    members: ['Policy'],
    others: [],
    marks: shows(/\bPolicySummary\b/),
    read: readPolicy,
  },
  {
    command: 'organizations list-policies-for-target',
    members: ['Policies'],
    others: [],
    marks: shows(/\bAwsManaged\b/),
    read: readPolicies,
  },
  {
    command: 'organizations list-targets-for-policy',
    members: ['Targets'],
    others: [],
    marks: shows(/\bTargetId\b|\[\s*\]/),
    read: readTargets,
  },
];

function* readOrganization({ root }: Saved): Iterable<Fact> {
  const organization = find(root, 'Organization');
  const id = text(organization, 'Id');
  const managementAccount = spelled(organization, 'MasterAccountId');
  if (organization === undefined || id === undefined || managementAccount === undefined) return;
  yield { kind: 'organization', id, managementAccount, span: organization.span };
}

function* readAccounts({ root, path }: Saved): Iterable<Fact> {
  // `list-accounts-for-parent` prints the same; its parent is in the path.
  const target = organizationTargetInPath(path);
  const parent = target?.includes('-') === true ? target : undefined;
  for (const account of list(root, 'Accounts')) {
    yield* member(account);
    yield* below(spelled(account, 'Id'), parent, account.span);
  }
}

function* member(node: Node): Iterable<Fact> {
  const account = spelled(node, 'Id');
  const arn = parseArn(text(node, 'Arn') ?? '');
  if (account === undefined) return;
  yield { kind: 'member', account, span: node.span };
  // The ARN ends in `account/o-exampleorgid/111122223333` and belongs to the management account.
  const organization = arn?.resource.split('/')[1];
  if (arn !== undefined && organization !== undefined) {
    yield {
      kind: 'organization',
      id: organization,
      managementAccount: arn.account,
      span: node.span,
    };
  }
  for (const path of list(node, 'Paths')) {
    yield* chain(path.kind === 'scalar' ? String(path.value) : '', path.span);
  }
}

function* readUnits({ root, path }: Saved): Iterable<Fact> {
  const parent = organizationTargetInPath(path);
  for (const unit of list(root, 'OrganizationalUnits')) {
    yield* below(text(unit, 'Id'), parent, unit.span);
    yield* chain(text(unit, 'Path') ?? '', unit.span);
  }
}

/** The steps of an organization path: `o-exampleorgid/r-abcd/ou-abcd-11111111/111122223333/`. */
function* chain(path: string, span: Span): Iterable<Fact> {
  const [, ...nodes] = path.split('/').filter((node) => node !== '');
  for (const [index, child] of nodes.entries()) yield* below(child, nodes[index - 1], span);
}

function* below(child: Text | undefined, parent: Text | undefined, span: Span): Iterable<Fact> {
  if (child !== undefined && parent !== undefined && child !== parent) {
    yield { kind: 'parent', child, parent, span };
  }
}

function* readPolicy({ root }: Saved): Iterable<Fact> {
  const policy = find(root, 'Policy');
  const summary = find(policy, 'PolicySummary');
  const document = find(policy, 'Content');
  yield* head(summary, document);
}

function* readPolicies({ root, path }: Saved): Iterable<Fact> {
  const policies = list(root, 'Policies');
  for (const policy of policies) yield* head(policy, undefined);
  const target = organizationTargetInPath(path);
  if (target === undefined || isTruncated(root)) return;
  for (const type of ['scp', 'rcp'] as const) {
    const ids = policies.flatMap((policy) =>
      policyType(policy) === type ? (text(policy, 'Id') ?? []) : [],
    );
    // An output is filtered for one type; of the others it says nothing.
    if (ids.length > 0) {
      yield { kind: 'policies-of-target', target, type, policies: ids, span: root.span };
    }
  }
}

function* head(summary: Node | undefined, document: Node | undefined): Iterable<Fact> {
  const id = text(summary, 'Id');
  const type = policyType(summary);
  if (summary === undefined || id === undefined || type === undefined) return;
  const name = text(summary, 'Name');
  yield {
    kind: 'organization-policy',
    id,
    type,
    ...present({ name, document }),
    span: document?.span ?? summary.span,
  };
}

function policyType(summary: Node | undefined): OrganizationPolicyType | undefined {
  const type = text(summary, 'Type');
  return type === 'SERVICE_CONTROL_POLICY'
    ? 'scp'
    : type === 'RESOURCE_CONTROL_POLICY'
      ? 'rcp'
      : undefined;
}

function* readTargets({ root, path }: Saved): Iterable<Fact> {
  const policy = organizationPolicyInPath(path);
  if (policy === undefined) {
    yield policyUnknown(root);
    return;
  }
  if (isTruncated(root)) return;
  const targets = list(root, 'Targets').flatMap((target) => spelled(target, 'TargetId') ?? []);
  yield { kind: 'targets-of-policy', policy, targets, span: root.span };
}

function policyUnknown(root: Node): Fact {
  return {
    kind: 'diagnostic',
    diagnostic: {
      code: 'aws-cli-subject-unknown',
      severity: 'warning',
      message: 'nothing says which policy these targets have, so that they are not used',
      span: root.span,
      hint: 'put the id of the policy, such as `p-examplepolicyid111`, into the name of the file or its folder',
    },
  };
}
