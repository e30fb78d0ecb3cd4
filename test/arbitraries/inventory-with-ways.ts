import fc from 'fast-check';
import type { Group, Inventory, Principal } from '../../src/inventory/index.js';
import { parsePolicy, type PolicyDocument, type PolicyKind } from '../../src/policy/index.js';
import { invariant, parseJson } from '../../src/source/index.js';
import { inventory } from './inventory.js';
import { keyArns, other, own } from './vocabulary.js';

/** An estate in which principals may change policies, tags, aliases and trust, and assume roles. */
export function inventoryWithWays(): fc.Arbitrary<Inventory> {
  return inventory().chain((estate) =>
    fc
      .record({
        principals: fc.tuple(...estate.principals.map(withWays)),
        groups: fc.array(group(), { maxLength: 1 }),
      })
      .map((changed) => ({ ...estate, ...changed })),
  );
}

const groupArn = `arn:aws:iam::${own}:group/ops`;

function withWays(principal: Principal): fc.Arbitrary<Principal> {
  return fc
    .record({
      ways: fc.option(document('identity', wayStatement()), { nil: undefined }),
      trust: fc.option(document('trust', trustStatement()), { nil: undefined }),
      arn: fc.option(fc.constant(`arn:aws:iam::${own}:policy/shared`), { nil: undefined }),
      groups: fc.constantFrom<readonly string[] | undefined>(undefined, [], [groupArn]),
    })
    .map(({ ways, trust, arn, groups }) => {
      const added = ways === undefined ? [] : [arn === undefined ? ways : { ...ways, arn }];
      return {
        ...principal,
        ...(principal.policies === undefined && added.length === 0
          ? {}
          : { policies: [...(principal.policies ?? []), ...added] }),
        ...(principal.kind === 'role' && trust !== undefined ? { trust } : {}),
        ...(principal.kind === 'user' && groups !== undefined ? { groups } : {}),
      };
    });
}

function group(): fc.Arbitrary<Group> {
  const place = { source: { path: 'groups', text: '' }, start: 0, end: 0 };
  return document('identity', wayStatement()).map((policy) => ({
    arn: groupArn,
    address: groupArn,
    unit: 'estate',
    span: place,
    policies: [policy],
  }));
}

const wayActions = [
  'iam:PutUserPolicy',
  'iam:PutRolePolicy',
  'iam:AttachUserPolicy',
  'iam:AttachRolePolicy',
  'iam:PutGroupPolicy',
  'iam:AddUserToGroup',
  'iam:CreatePolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:CreateAccessKey',
  'iam:Delete*PermissionsBoundary',
  'iam:TagUser',
  'iam:TagRole',
  'iam:Untag*',
  'iam:PassRole',
  'iam:*',
  'lambda:*',
  'sts:AssumeRole',
  'kms:PutKeyPolicy',
  'kms:CreateGrant',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:*Alias',
  'kms:Decrypt',
] as const;

const wayResources = [
  '*',
  '*',
  'arn:aws:iam::*:user/${aws:username}',
  `arn:aws:iam::${own}:role/*`,
  keyArns[0],
] as const;

const wayConditions: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[] = [
  { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  { StringEquals: { 'aws:PrincipalTag/stage': 'prod' } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'red' } },
  { StringLike: { 'aws:ResourceTag/stage': 'te?t*' } },
  { Null: { 'aws:ResourceTag/team': 'true' } },
  { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/app-*' } },
  { StringEquals: { 'kms:RequestAlias': 'alias/orders' } },
  { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } },
  { StringEquals: { 'kms:GrantConstraintType': 'EncryptionContextSubset' } },
  { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } },
  { StringEquals: { 'aws:RequestTag/team': 'red' } },
  { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' } },
  { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  { StringEquals: { 'iam:PermissionsBoundary': `arn:aws:iam::${own}:policy/boundary` } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
];

type Json = Readonly<Record<string, unknown>>;

function wayStatement(): fc.Arbitrary<Json> {
  return fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Deny'),
      Action: fc.uniqueArray(fc.constantFrom(...wayActions), { minLength: 1, maxLength: 4 }),
      Resource: fc.constantFrom(...wayResources),
      Condition: fc.option(fc.constantFrom(...wayConditions), { nil: undefined }),
    })
    .map(withoutUndefined);
}

function trustStatement(): fc.Arbitrary<Json> {
  return fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      Principal: fc.constantFrom<unknown>(
        '*',
        { AWS: own },
        { AWS: other },
        { AWS: `arn:aws:iam::${own}:user/ann` },
        { AWS: [`arn:aws:iam::${own}:role/app`, `arn:aws:iam::${other}:role/partner`] },
        { AWS: `arn:aws:iam::${other}:user/eve` },
        { Service: 'lambda.amazonaws.com' },
      ),
      Action: fc.constantFrom('sts:AssumeRole', 'sts:*'),
      Condition: fc.option(
        fc.constantFrom(
          { StringEquals: { 'sts:ExternalId': 'secret' } },
          { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
          { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
          { StringLike: { 'sts:RoleSessionName': '${aws:username}' } },
        ),
        { nil: undefined },
      ),
    })
    .map(withoutUndefined);
}

function withoutUndefined(record: Json): Json {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function document(kind: PolicyKind, statement: fc.Arbitrary<Json>): fc.Arbitrary<PolicyDocument> {
  return fc.array(statement, { minLength: 1, maxLength: 3 }).map((statements) => {
    const json = { Version: '2012-10-17', Statement: statements };
    const node = parseJson({ path: `${kind}.json`, text: JSON.stringify(json) }).value;
    invariant(node !== undefined, 'a generated policy is JSON');
    return parsePolicy(node, kind).value;
  });
}
