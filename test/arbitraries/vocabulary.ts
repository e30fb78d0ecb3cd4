/**
 * The few names that generated policies and requests share, so that they meet often: accounts,
 * principals, keys, actions, and condition keys with values and near misses.
 */
export const own = '111122223333';
export const other = '444455556666';

export const keyArns = [
  `arn:aws:kms:us-east-1:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  `arn:aws:kms:eu-west-1:${own}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  `arn:aws:kms:us-east-1:${other}:key/0987dcba-09fe-87dc-65ba-ab0987654321`,
] as const;

export const callers = [
  `arn:aws:iam::${own}:user/ann`,
  `arn:aws:iam::${own}:role/app`,
  `arn:aws:sts::${own}:assumed-role/app/s1`,
  `arn:aws:sts::${own}:assumed-role/admin/s2`,
  `arn:aws:iam::${own}:root`,
  `arn:aws:sts::${own}:federated-user/fred`,
  `arn:aws:iam::${other}:user/eve`,
  `arn:aws:sts::${other}:assumed-role/partner/s1`,
  `arn:aws:iam::${other}:root`,
  's3.amazonaws.com',
  'anonymous',
] as const;

export const actions = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:DescribeKey',
  'kms:CreateGrant',
  'kms:RetireGrant',
  'kms:PutKeyPolicy',
  'kms:Sign',
] as const;

export const actionPatterns = [
  ...actions,
  '*',
  'kms:*',
  'kms:De*',
  'KMS:decrypt',
  'kms:?ncrypt',
  's3:*',
] as const;

export const resourcePatterns = [
  '*',
  'arn:aws:kms:*:*:key/*',
  `arn:aws:kms:us-east-1:${own}:key/*`,
  'arn:aws:kms:*:*:key/mrk-*',
  `arn:aws:kms:*:${other}:key/*`,
  'arn:aws:kms:*:*:alias/*',
  ...keyArns,
] as const;

export const principals = [
  '*',
  { AWS: '*' },
  { AWS: own },
  { AWS: `arn:aws:iam::${own}:root` },
  { AWS: `arn:aws:iam::${other}:root` },
  { AWS: `arn:aws:iam::${own}:user/ann` },
  { AWS: [`arn:aws:iam::${own}:role/app`, `arn:aws:iam::${own}:root`] },
  { AWS: `arn:aws:iam::${own}:role/app` },
  { AWS: `arn:aws:iam::${own}:role/admin` },
  { AWS: `arn:aws:sts::${own}:assumed-role/app/s1` },
  { AWS: `arn:aws:sts::${own}:federated-user/fred` },
  { AWS: `arn:aws:iam::${other}:user/eve` },
  { AWS: `arn:aws:iam::${other}:role/partner` },
  { AWS: 'AROAEXAMPLEAPP000001' },
  { Service: 's3.amazonaws.com' },
] as const;

/** A condition key with the operators that suit it, what policies compare it with, and what requests hold. */
export interface KeyVocabulary {
  readonly key: string;
  readonly operators: readonly string[];
  readonly policyValues: readonly string[];
  readonly requestValues: readonly (string | readonly string[])[];
}

const strings = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringEqualsIfExists',
  'StringNotEqualsIfExists',
];
const sets = ['ForAllValues:StringEquals', 'ForAnyValue:StringLike', 'ForAnyValue:StringNotEquals'];
const arns = ['ArnEquals', 'ArnLike', 'ArnNotLike', 'ArnLikeIfExists', 'StringLike'];

export const conditionKeys: readonly KeyVocabulary[] = [
  {
    key: 'kms:ViaService',
    operators: strings,
    policyValues: [
      's3.us-east-1.amazonaws.com',
      's3.*.amazonaws.com',
      'sqs.us-east-1.amazonaws.com',
    ],
    requestValues: ['s3.us-east-1.amazonaws.com', 's3.eu-west-1.amazonaws.com'],
  },
  {
    key: 'kms:EncryptionContext:tenant',
    operators: strings,
    policyValues: ['a', 'A', 'b*', '${aws:PrincipalTag/team}', "${aws:username, 'a'}"],
    requestValues: ['a', 'A', 'b', 'bb', ''],
  },
  {
    key: 'kms:EncryptionContextKeys',
    operators: [...sets, 'StringEquals'],
    policyValues: ['tenant', 'stage', 't*'],
    requestValues: [['tenant'], ['tenant', 'stage'], ['Tenant']],
  },
  {
    key: 'kms:GrantOperations',
    operators: sets,
    policyValues: ['Decrypt', 'Encrypt'],
    requestValues: [['Decrypt'], ['Decrypt', 'Encrypt']],
  },
  {
    key: 'kms:CallerAccount',
    operators: strings,
    policyValues: [own, other],
    requestValues: [own, other],
  },
  {
    key: 'aws:PrincipalArn',
    operators: arns,
    policyValues: [
      `arn:aws:iam::${own}:role/app`,
      `arn:aws:iam::${own}:*`,
      `arn:aws:iam::*:user/*`,
    ],
    requestValues: [`arn:aws:iam::${own}:role/app`, `arn:aws:iam::${own}:user/ann`],
  },
  {
    key: 'aws:PrincipalOrgID',
    operators: strings,
    policyValues: ['o-home', 'o-*'],
    requestValues: ['o-home', 'o-other'],
  },
  {
    key: 'aws:PrincipalTag/team',
    operators: strings,
    policyValues: ['red', 'r*', '${aws:ResourceTag/team}'],
    requestValues: ['red', 'blue', ''],
  },
  {
    key: 'aws:ResourceTag/team',
    operators: strings,
    policyValues: ['red', 'blue'],
    requestValues: ['red', 'Red'],
  },
  {
    key: 'aws:SourceIp',
    operators: ['IpAddress', 'NotIpAddress', 'NotIpAddressIfExists'],
    policyValues: ['203.0.113.0/24', '2001:db8::/32'],
    requestValues: ['203.0.113.7', '198.51.100.1', '2001:DB8::1'],
  },
  {
    key: 'aws:SourceVpce',
    operators: strings,
    policyValues: ['vpce-1', 'vpce-*'],
    requestValues: ['vpce-1', 'vpce-2'],
  },
  {
    key: 'aws:MultiFactorAuthPresent',
    operators: ['Bool', 'BoolIfExists'],
    policyValues: ['true', 'false'],
    requestValues: ['true', 'false'],
  },
  {
    key: 'aws:MultiFactorAuthAge',
    operators: ['NumericLessThan', 'NumericGreaterThanEquals', 'NumericNotEquals'],
    policyValues: ['3600', '60.5'],
    requestValues: ['60', '3600', '7200', 'x'],
  },
  {
    key: 'aws:CurrentTime',
    operators: ['DateLessThan', 'DateGreaterThan', 'DateNotEquals'],
    policyValues: ['2026-01-01T00:00:00Z', '1767225600'],
    requestValues: ['2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'],
  },
];
