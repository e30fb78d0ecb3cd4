import { parseArn } from '../../policy/index.js';
import { find } from '../../source/index.js';
import type { Node, Text } from '../../source/index.js';
import type { AccountFact, Fact, InlinePolicy, PrincipalFact, PrincipalType } from './facts.js';
import { flag, isTruncated, list, present, tags, text, texts } from './fields.js';
import type { Saved } from './output.js';
import { managedReferences, principalOf } from './principals.js';

const sections = [
  { member: 'UserDetailList', type: 'user', inline: 'UserPolicyList' },
  { member: 'GroupDetailList', type: 'group', inline: 'GroupPolicyList' },
  { member: 'RoleDetailList', type: 'role', inline: 'RolePolicyList' },
] as const;

/** The whole IAM configuration of an account, or the part of it that a filter let through. */
export function* readAuthorizationDetails({ root }: Saved): Iterable<Fact> {
  for (const { member, type, inline } of sections) {
    for (const node of list(root, member)) {
      const principal = detailOf(node, type, inline);
      if (principal !== undefined) yield principal;
    }
  }
  for (const node of list(root, 'Policies')) yield* managedPolicy(node);
  yield* accountOf(root);
}

function detailOf(node: Node, type: PrincipalType, inline: string): PrincipalFact | undefined {
  const principal = principalOf(node, type);
  if (principal === undefined) return undefined;
  const boundary = find(node, 'PermissionsBoundary');
  const boundaryArn = text(boundary, 'PermissionsBoundaryArn');
  return {
    ...principal,
    ...(type === 'user' ? { groups: texts(node, 'GroupList') } : {}),
    ...(type === 'group'
      ? {}
      : {
          tags: tags(node, 'Tags') ?? new Map<Text, Text>(),
          boundary:
            boundaryArn === undefined || boundary === undefined
              ? 'none'
              : { arn: boundaryArn, span: boundary.span },
        }),
    // A list of inline policies is left out where there are none; one of attachments never is.
    inline: { policies: list(node, inline).flatMap(inlinePolicy), whole: true },
    managed: {
      policies: managedReferences(node, 'AttachedManagedPolicies'),
      whole: find(node, 'AttachedManagedPolicies') !== undefined,
    },
  };
}

function inlinePolicy(node: Node): readonly InlinePolicy[] {
  const document = find(node, 'PolicyDocument');
  const name = text(node, 'PolicyName') ?? '';
  return document === undefined ? [] : [{ name, document, span: document.span }];
}

function* managedPolicy(node: Node): Iterable<Fact> {
  const arn = text(node, 'Arn');
  const name = text(node, 'PolicyName');
  if (arn === undefined || name === undefined) return;
  const versions = list(node, 'PolicyVersionList');
  const defaultId = text(node, 'DefaultVersionId');
  const version =
    versions.find((candidate) => flag(candidate, 'IsDefaultVersion') === true) ??
    versions.find((candidate) => text(candidate, 'VersionId') === defaultId);
  const document = find(version, 'Document');
  yield { kind: 'managed-policy', arn, name, ...present({ document }), span: node.span };
}

function* accountOf(root: Node): Iterable<AccountFact> {
  const accounts = new Set<Text>();
  for (const { member } of sections) {
    for (const node of list(root, member)) {
      const account = parseArn(text(node, 'Arn') ?? '')?.account;
      if (account !== undefined) accounts.add(account);
    }
  }
  const [id] = accounts;
  if (id === undefined || accounts.size > 1) return;
  yield { kind: 'account', id, principalsWhole: isWhole(root), span: root.span };
}

/**
 * Whether no filter and no paging kept users or roles out. A filtered output has empty lists in
 * place of what was filtered out, so that an empty list alone says nothing: every account has
 * service-linked roles, and these have AWS managed policies, which only an unfiltered output or one
 * filtered on purpose for them shows.
 */
function isWhole(root: Node): boolean {
  const hasAwsPolicies = list(root, 'Policies').some((policy) =>
    (text(policy, 'Arn') ?? '').includes(':iam::aws:policy/'),
  );
  return (
    !isTruncated(root) &&
    sections.every(({ member }) => find(root, member) !== undefined) &&
    list(root, 'RoleDetailList').length > 0 &&
    (list(root, 'UserDetailList').length > 0 || hasAwsPolicies)
  );
}
