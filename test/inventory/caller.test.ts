import { describe, expect, test } from 'vitest';
import { parseCaller } from '../../src/inventory/index.js';
import { hole } from '../../src/source/index.js';

const account = '111122223333';

describe('a caller is named', () => {
  test.each([
    [`arn:aws:iam::${account}:root`, 'root'],
    [account, 'root'],
    [`arn:aws:iam::${account}:user/staff/ann`, 'user'],
    [`arn:aws:iam::${account}:role/apps/app`, 'role-session'],
    [`arn:aws:sts::${account}:assumed-role/app/s1`, 'role-session'],
    [`arn:aws:sts::${account}:federated-user/fred`, 'federated-user'],
    [`arn:aws:iam::${account}:saml-provider/corp`, 'provider'],
    [`arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`, 'provider'],
    ['accounts.google.com', 'provider'],
    ['cloudtrail.amazonaws.com', 'service'],
    ['s3.cn-north-1.amazonaws.com.cn', 'service'],
    ['anonymous', 'anonymous'],
    ['*', 'anonymous'],
  ])('%s', (text, kind) => {
    expect(parseCaller(text)?.kind).toBe(kind);
  });

  test.each([
    'ann',
    '',
    `arn:aws:iam::${account}:group/dev`,
    `arn:aws:iam::${account}:user/*`,
    `arn:aws:iam::${account}:role/`,
    `arn:aws:sts::${account}:assumed-role/app`,
    'arn:aws:s3:::bucket',
  ])('but not by %o', (text) => {
    expect(parseCaller(text)).toBeUndefined();
  });
});

test('a path is no part of the name', () => {
  expect(parseCaller(`arn:aws:iam::${account}:role/apps/app`)).toEqual({
    kind: 'role-session',
    account,
    roleArn: `arn:aws:iam::${account}:role/apps/app`,
    role: 'app',
  });
});

test('a session stands for its role, whose path it does not tell', () => {
  expect(parseCaller(`arn:aws-cn:sts::${account}:assumed-role/app/s1`)).toEqual({
    kind: 'role-session',
    account,
    roleArn: `arn:aws-cn:iam::${account}:role/app`,
    role: 'app',
    session: 's1',
  });
});

test('a caller may have holes', () => {
  const id = hole('stack', 'AWS::AccountId');
  expect(parseCaller(`arn:aws:iam::${id}:role/app`)).toMatchObject({ account: id, role: 'app' });
});

test('a slash in the path of a template, which names its holes, separates nothing', () => {
  const name = hole('infra/stacks/template.yaml', 'Role');
  expect(parseCaller(`arn:aws:iam::${account}:role/apps/${name}`)).toMatchObject({ role: name });
});
