import { describe, expect, test } from 'vitest';
import { parsePrincipal, type PrincipalEntry } from '../../src/policy/index.js';
import { hole, type Text } from '../../src/source/index.js';

const account = hole('stack', 'AWS::AccountId');
const partition = hole('stack', 'AWS::Partition');
const region = hole('stack', 'AWS::Region');
const roleArn = hole('stack', 'Role.Arn');
const name = hole('stack', 'Name');

describe('an entry of Principal', () => {
  // SOURCE: facts evaluation 7.1 to 7.10, kms-authz 5 and 42
  test.each<[PrincipalEntry['type'], Text, object]>([
    ['*', '*', { kind: 'everyone' }],
    ['AWS', '*', { kind: 'everyone' }],
    ['AWS', '111122223333', { kind: 'account', account: '111122223333' }],
    ['AWS', '000000000012', { kind: 'account', account: '000000000012' }],
    ['AWS', 'arn:aws:iam::111122223333:root', { kind: 'account', account: '111122223333' }],
    ['AWS', 'arn:aws-cn:iam::111122223333:root', { kind: 'account', account: '111122223333' }],
    ['AWS', 'arn:aws-us-gov:iam::111122223333:root', { kind: 'account', account: '111122223333' }],
    ['AWS', 'arn:aws-eusc:iam::111122223333:root', { kind: 'account', account: '111122223333' }],
    ['AWS', 'arn:aws-iso-b:iam::111122223333:role/x', { kind: 'role', name: 'x' }],
    [
      'AWS',
      'arn:aws:iam::111122223333:user/ana',
      { kind: 'user', name: 'ana', account: '111122223333' },
    ],
    ['AWS', 'arn:aws:iam::111122223333:user/a/b/ana', { kind: 'user', name: 'ana' }],
    ['AWS', 'arn:aws:iam::111122223333:role/app', { kind: 'role', name: 'app' }],
    [
      'AWS',
      'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
      { kind: 'role', name: 'AWSServiceRoleForAutoScaling' },
    ],
    [
      'AWS',
      'arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef',
      { kind: 'role' },
    ],
    [
      'AWS',
      'arn:aws:sts::111122223333:assumed-role/app/session',
      { kind: 'role-session', role: 'app', session: 'session' },
    ],
    [
      'AWS',
      'arn:aws:sts::111122223333:federated-user/ana',
      { kind: 'federated-user', name: 'ana' },
    ],
    ['AWS', 'AIDAEXAMPLEUSER00001', { kind: 'unique-id', id: 'AIDAEXAMPLEUSER00001' }],
    ['AWS', 'AROAEXAMPLE', { kind: 'unique-id', id: 'AROAEXAMPLE' }],
    ['AWS', 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1', { kind: 'user' }],
    ['Service', 'logs.amazonaws.com', { kind: 'service', name: 'logs.amazonaws.com' }],
    ['Service', 'logs.eu-central-1.amazonaws.com', { kind: 'service' }],
    ['Service', 'ec2.amazonaws.com.cn', { kind: 'service' }],
    ['Service', 'delivery.logs.amazonaws.com', { kind: 'service' }],
    ['Federated', 'cognito-identity.amazonaws.com', { kind: 'provider' }],
    ['Federated', 'arn:aws:iam::111122223333:saml-provider/Okta', { kind: 'provider' }],
    [
      'Federated',
      'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
      { kind: 'provider' },
    ],
    [
      'CanonicalUser',
      '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
      { kind: 'canonical-user' },
    ],
  ])('of type %s, `%s`, is read', (type, text, form) => {
    expect(parsePrincipal(type, text)).toMatchObject(form);
  });

  test.each<[PrincipalEntry['type'], Text, RegExp]>([
    ['*', 'arn:aws:iam::111122223333:root', /only `\*`/],
    ['AWS', '', /empty/],
    ['AWS', ' arn:aws:iam::111122223333:root', /blanks/],
    ['AWS', '11112222333', /11 digits/],
    ['AWS', '1111-2222-3333', /neither/],
    ['AWS', 'arn:aws:iam::111122223333:role/*', /no wildcards/],
    ['AWS', 'arn:aws:iam::*:root', /no wildcards/],
    ['AWS', 'arn:aws:iam::11112222333:role/app', /12 digits/],
    ['AWS', 'arn:aws:iam::111122223333/role/app', /not `\/`/],
    ['AWS', 'arn:aws:iam:111122223333:role/app', /a colon is missing/],
    ['AWS', 'arn:aws:iam::111122223333:role:app', /stands `\/`/],
    ['AWS', 'arn:aws:iam::111122223333:role/', /names no role/],
    ['AWS', 'arn:aws:iam::111122223333:group/dev', /group/],
    ['AWS', 'arn:aws:iam::111122223333:assumed-role/app/s', /`sts`/],
    ['AWS', 'arn:aws:iam::111122223333:policy/p', /`policy`/],
    ['AWS', 'arn:aws:iam::111122223333:saml-provider/Okta', /`Federated`/],
    ['AWS', 'arn:aws:iam:us-east-1:111122223333:role/app', /global/],
    ['AWS', 'arn:amazon:iam::111122223333:role/app', /partition/],
    ['AWS', 'arn:aws:sts::111122223333:assumed-role/app', /session name/],
    ['AWS', 'arn:aws:sts::111122223333:role/app', /`iam`/],
    ['AWS', 'arn:aws:s3:::bucket', /`s3`/],
    ['AWS', 'logs.amazonaws.com', /`Service`/],
    ['AWS', 'AGPAEXAMPLEGROUP0001', /no user or role/],
    ['AWS', 'ana', /neither/],
    ['AWS', `arn:aws:iam::${account}:role/*`, /no wildcards/],
    ['AWS', `arn:aws:iam::${account}:group/dev`, /group/],
    ['Service', '*', /wildcards/],
    ['Service', 'logs', /`logs.amazonaws.com`/],
    ['Service', 'arn:aws:iam::111122223333:role/app', /`AWS`/],
    ['Service', '111122223333', /`AWS`/],
    ['Federated', '*', /wildcards/],
    ['Federated', 'arn:aws:iam::111122223333:role/app', /saml-provider/],
    ['CanonicalUser', 'me', /hexadecimal/],
  ])('of type %s, `%s`, is refused and says why', (type, text, why) => {
    const form = parsePrincipal(type, text);
    expect(form.kind === 'invalid' ? form.why : form.kind).toMatch(why);
  });

  // design invariant 4
  test.each<[PrincipalEntry['type'], Text, object]>([
    ['*', name, { kind: 'unresolved' }],
    ['AWS', roleArn, { kind: 'unresolved' }],
    ['AWS', account, { kind: 'account', account }],
    ['AWS', hole('root', 'data.aws_caller_identity.current.account_id'), { kind: 'account' }],
    ['AWS', `arn:aws:iam::${account}:root`, { kind: 'account', account }],
    ['AWS', `arn:${partition}:iam::${account}:root`, { kind: 'account', account }],
    ['AWS', `arn:${partition}:iam::${account}:role/app`, { kind: 'role', account, name: 'app' }],
    ['AWS', `arn:aws:iam::111122223333:role/path/${name}-x`, { kind: 'role', name: `${name}-x` }],
    ['AWS', `arn:aws:iam::111122223333:${name}`, { kind: 'unresolved' }],
    ['AWS', `arn:aws:iam::${name}`, { kind: 'unresolved' }],
    [
      'AWS',
      `arn:aws:sts::${account}:assumed-role/app/${name}`,
      { kind: 'role-session', session: name },
    ],
    ['AWS', `arn:aws:sts::${account}:assumed-role/${name}`, { kind: 'unresolved' }],
    ['AWS', `arn:aws:${name}::111122223333:role/app`, { kind: 'unresolved' }],
    ['Service', `logs.${region}.amazonaws.com`, { kind: 'service' }],
    ['Service', name, { kind: 'service', name }],
    ['Federated', name, { kind: 'provider' }],
    ['CanonicalUser', name, { kind: 'canonical-user' }],
    // What another tool fills in is no less unknown.
    ['AWS', 'arn:aws:iam::${ACCOUNT_ID}:root', { kind: 'unresolved' }],
    ['AWS', '{{ admin_role }}', { kind: 'unresolved' }],
  ])('with holes is what its literal part tells (%#)', (type, text, form) => {
    expect(parsePrincipal(type, text)).toMatchObject(form);
  });
});
