import { expect, test } from 'vitest';
import { answerGroup, whoCan } from '../../src/graph/index.js';
import type { Inventory } from '../../src/inventory/index.js';
import { loadEstateText } from './load-estate.js';

const home = '111122223333';
const partner = '444455556666';

interface Story {
  readonly principal?: unknown;
  readonly condition?: unknown;
  readonly effect?: unknown[];
  readonly organization?: string;
  readonly principals?: readonly unknown[];
  readonly complete?: readonly string[];
  readonly rcps?: readonly unknown[];
}

/** A key of account 111122223333 whose policy has one Allow, with a condition, for everyone if nobody is named. */
function estateOf(story: Story): Inventory {
  const { principal = '*', condition, organization, principals = [], complete = [] } = story;
  const allow = {
    Effect: 'Allow',
    Principal: principal,
    Action: 'kms:Decrypt',
    Resource: '*',
    ...(condition === undefined ? {} : { Condition: condition }),
  };
  return loadEstateText(
    JSON.stringify({
      version: 1,
      accounts: [
        {
          id: home,
          ...(organization === undefined ? {} : { organization }),
          ...(story.rcps === undefined ? {} : { rcps: [story.rcps] }),
        },
      ],
      principals,
      keys: [
        {
          arn: `arn:aws:kms:us-east-1:${home}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
          aliases: ['alias/orders'],
          policy: { Version: '2012-10-17', Statement: [allow, ...(story.effect ?? [])] },
        },
      ],
      complete,
    }),
  );
}

function rowsOf(story: Story): Readonly<Record<string, string>> {
  const estate = estateOf(story);
  const [access] = whoCan(estate, 'kms:Decrypt', estate.keys);
  return Object.fromEntries(
    (access?.principals ?? []).map(({ principal, answer }) => [principal, answer.kind]),
  );
}

function kindOf(principals: string, story: Story): string | undefined {
  const estate = estateOf(story);
  const [key] = estate.keys;
  return key && answerGroup(estate, principals, 'kms:Decrypt', key, new Map())?.kind;
}

const arnLike = (pattern: string) => ({ ArnLike: { 'aws:PrincipalArn': pattern } });

test('a pattern for the names of roles lets in roles that nobody lists, and no users', () => {
  const rows = rowsOf({ condition: arnLike('arn:aws:iam::*:role/admin-*') });
  expect(rows).toEqual({
    [`other roles of account ${home}`]: 'when',
    'roles of any other account': 'when',
  });
});

test('a pattern for the names of users lets in users alone', () => {
  expect(rowsOf({ condition: arnLike('arn:aws:iam::*:user/*') })).toEqual({
    [`other users of account ${home}`]: 'always',
    'users of any other account': 'always',
  });
});

test('a pattern that every ARN matches lets in whole classes', () => {
  expect(rowsOf({ condition: arnLike('arn:aws:*:*:*:*') })).toEqual({
    [`arn:aws:iam::${home}:root`]: 'always',
    [`other principals of account ${home}`]: 'always',
    'principals of any other account': 'always',
  });
});

test('a role that a condition names, and nobody lists, may be there', () => {
  const condition = { StringEquals: { 'aws:PrincipalArn': `arn:aws:iam::${partner}:role/export` } };
  expect(rowsOf({ condition })).toEqual({ [`other roles of account ${partner}`]: 'when' });
});

test('a role that a condition names, and the inventory lists, is no other role', () => {
  const arn = `arn:aws:iam::${home}:role/export`;
  const condition = { StringEquals: { 'aws:PrincipalArn': arn } };
  expect(rowsOf({ condition, principals: [{ arn, policies: [] }] })).toEqual({ [arn]: 'always' });
});

test('a name that is taken is taken under every path', () => {
  const condition = {
    StringEquals: { 'aws:PrincipalArn': `arn:aws:iam::${home}:role/teams/export` },
  };
  const principals = [{ arn: `arn:aws:iam::${home}:role/export`, policies: [] }];
  expect(rowsOf({ condition, principals })).toEqual({});
});

test('one whom the policy names in another statement is no other role', () => {
  const arn = `arn:aws:iam::${home}:role/export`;
  const deny = { Effect: 'Deny', Principal: { AWS: arn }, Action: 'kms:*', Resource: '*' };
  const condition = { StringEquals: { 'aws:PrincipalArn': arn } };
  expect(rowsOf({ condition, effect: [deny] })).toEqual({});
});

test('all but a pattern are refused by the other', () => {
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'kms:*',
    Resource: '*',
    Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin-*' } },
  };
  const condition = arnLike('arn:aws:iam::*:role/*-break-glass');
  expect(rowsOf({ condition, effect: [deny] })).toEqual({
    [`other roles of account ${home}`]: 'when',
    'roles of any other account': 'when',
  });
  expect(rowsOf({ condition: arnLike('arn:aws:iam::*:role/ops'), effect: [deny] })).toEqual({});
});

test('a pattern within an account lets in that account alone', () => {
  expect(rowsOf({ condition: arnLike(`arn:aws:iam::${partner}:role/*`) })).toEqual({
    [`other roles of account ${partner}`]: 'always',
  });
});

test('whoever runs another account can have the name of a user that is asked for', () => {
  const condition = { StringLike: { 'aws:username': 'ci-*' } };
  expect(rowsOf({ condition })).toEqual({
    [`other users of account ${home}`]: 'when',
    'users of any other account': 'when',
  });
});

test('a user has one name: that of its ARN', () => {
  const named = (arn: string) => ({
    StringEquals: { 'aws:username': 'ann' },
    ...arnLike(arn),
  });
  const other = `arn:aws:iam::${partner}:user/bob`;
  expect(Object.values(rowsOf({ condition: named(other) }))).not.toContain('when');
  expect(rowsOf({ condition: named(`arn:aws:iam::${partner}:user/*`) })).toEqual({
    [`other users of account ${partner}`]: 'when',
  });
});

test('an id of a role session is no id of a user', () => {
  expect(rowsOf({ condition: { StringLike: { 'aws:userid': 'AROA*:ci' } } })).toEqual({
    [`other roles of account ${home}`]: 'when',
    'roles of any other account': 'when',
  });
});

test('tags are for others to choose', () => {
  const condition = { StringEquals: { 'aws:PrincipalTag/team': 'blue' } };
  expect(rowsOf({ condition })).toEqual({
    [`other principals of account ${home}`]: 'when',
    'users and roles of any other account': 'when',
  });
});

test('a type of principal lets in those of the type', () => {
  const ofType = (type: string) => ({ StringEquals: { 'aws:PrincipalType': type } });
  expect(rowsOf({ condition: ofType('AssumedRole') })).toEqual({
    [`other roles of account ${home}`]: 'always',
    'roles of any other account': 'always',
  });
  expect(rowsOf({ condition: ofType('Account') })).toEqual({
    [`arn:aws:iam::${home}:root`]: 'always',
    'roots of any other account': 'always',
  });
  expect(rowsOf({ condition: ofType('FederatedUser') })).toEqual({
    [`other federated users of account ${home}`]: 'always',
    // Their session policies are theirs to choose.
    'federated users of any other account': 'unknown',
  });
});

test('an organization that only a condition names has accounts', () => {
  const condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-partner00' } };
  expect(rowsOf({ condition, organization: 'o-home00000' })).toEqual({
    'principals of other accounts of o-partner00': 'always',
  });
});

test('an organizational unit of which no account is listed may have some', () => {
  const condition = {
    'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-home00000/r-root/ou-root-work/*' },
  };
  const rows = rowsOf({ condition, organization: 'o-home00000' });
  expect(rows['principals of other accounts of o-home00000']).toBe('when');
  expect(rows['principals of any other account']).toBeUndefined();
});

test('an account may be in no organization', () => {
  const condition = { Null: { 'aws:PrincipalOrgID': 'true' } };
  expect(rowsOf({ condition, organization: 'o-home00000' })).toEqual({
    'anonymous callers': 'always',
    'principals of any account in no organization': 'always',
  });
});

test('an account that only a condition names is asked for', () => {
  const condition = { StringEquals: { 'kms:CallerAccount': partner } };
  expect(rowsOf({ condition })).toEqual({
    [`arn:aws:iam::${partner}:root`]: 'always',
    [`other principals of account ${partner}`]: 'always',
  });
});

test('a pattern for accounts stands for accounts that are not listed', () => {
  const condition = { StringLike: { 'aws:PrincipalAccount': '4444*' } };
  expect(rowsOf({ condition })).toEqual({ 'principals of accounts like 4444*': 'always' });
});

test('a policy of the resource can let others in through what it denies to the rest', () => {
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'kms:*',
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:PrincipalAccount': [home, partner] } },
  };
  const rows = rowsOf({ effect: [deny] });
  expect(rows[`other principals of account ${partner}`]).toBe('always');
  expect(rows['principals of any other account']).toBeUndefined();
});

test('whose IAM policies are not known may be let in by the account', () => {
  const principal = { AWS: `arn:aws:iam::${home}:root` };
  const condition = arnLike(`arn:aws:iam::${home}:role/admin-*`);
  const root = `arn:aws:iam::${home}:root`;
  expect(rowsOf({ principal, condition })).toEqual({
    [`other roles of account ${home}`]: 'unknown',
  });
  expect(rowsOf({ principal, condition, complete: ['principals'] })).toEqual({});
  expect(rowsOf({ principal })[root]).toBe('always');
});

test('an example shows one of those whom it is about', () => {
  const estate = estateOf({ condition: arnLike('arn:aws:iam::*:role/admin-*') });
  const [access] = whoCan(estate, 'kms:Decrypt', estate.keys);
  for (const { answer } of access?.principals ?? []) {
    if (answer.kind !== 'when') throw new Error(answer.kind);
    const { caller, context } = answer.example;
    expect(caller.kind === 'role-session' && caller.roleArn).toMatch(/:role\/admin-/);
    expect([...context.keys()]).not.toContain('aws:principalarn');
    expect(answer.conditions).toHaveLength(1);
  }
});

test('groups of policy tests stand for all whom they name', () => {
  const condition = arnLike('arn:aws:iam::*:role/admin-*');
  expect(kindOf('outside-account', { condition })).toBe('when');
  expect(kindOf('outside-organization', { condition, organization: 'o-home00000' })).toBe('when');
  expect(kindOf('anyone', { condition })).toBe('when');
  const own = { ...condition, StringEquals: { 'aws:PrincipalOrgID': 'o-home00000' } };
  expect(kindOf('outside-organization', { condition: own, organization: 'o-home00000' })).toBe(
    'never',
  );
  expect(kindOf('outside-account', { condition: own, organization: 'o-home00000' })).toBe('when');
});

test('a pattern in a question means those who are listed and those who are not', () => {
  const condition = arnLike('arn:aws:iam::*:role/admin-*');
  expect(kindOf(`arn:aws:iam::${partner}:role/*`, { condition })).toBe('when');
  expect(kindOf(`arn:aws:iam::${partner}:role/reader-*`, { condition })).toBe('never');
  expect(kindOf(`arn:aws:iam::${partner}:user/*`, { condition })).toBe('never');
  expect(kindOf('arn:aws:iam::*:role/admin-?', { condition })).toBe('always');
});
