const account = '111122223333';
const root = `arn:aws:iam::${account}:root`;
const version = '2012-10-17';

export const role = `arn:aws:iam::${account}:role/orders`;
export const key = `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const action = 'kms:Decrypt';
export const owner = account;

const delegation = {
  Sid: 'Enable IAM User Permissions',
  Effect: 'Allow',
  Principal: { AWS: root },
  Action: 'kms:*',
  Resource: '*',
};

/** The two requests that both sides decide, with the policies that bear on them. */
export const requests = {
  /** A default key policy with one identity policy. */
  plain: {
    keyPolicy: policyOf(delegation),
    identityPolicies: [
      policyOf({ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key }),
    ],
    context: {},
  },
  /** A key policy of 20 statements with ten identity policies, all of them under conditions. */
  conditional: {
    keyPolicy: policyOf(delegation, ...Array.from({ length: 19 }, (_, index) => ofKey(index))),
    identityPolicies: Array.from({ length: 10 }, (_, index) => ofRole(index)),
    context: {
      'kms:ViaService': 's3.eu-west-1.amazonaws.com',
      'aws:SourceIp': '10.9.1.2',
      'aws:UserAgent': 'orders-9.4',
    },
  },
};

// Every fifth is a Deny. None but the delegation applies to the request, which all of them have to be asked for.
function ofKey(index) {
  if (index % 5 === 4) {
    return {
      Sid: `Fence${index}`,
      Effect: 'Deny',
      Principal: '*',
      Action: ['kms:Decrypt', 'kms:Encrypt'],
      Resource: '*',
      Condition: {
        StringLike: { 'aws:UserAgent': `batch-${index}*` },
        StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
      },
    };
  }
  return {
    Sid: `Team${index}`,
    Effect: 'Allow',
    Principal: { AWS: [`arn:aws:iam::${account}:role/team-${index}`, role] },
    Action: ['kms:Decrypt', 'kms:DescribeKey'],
    Resource: '*',
    Condition: {
      StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
      StringLike: { 'aws:UserAgent': `team-${index}-*` },
    },
  };
}

// The last one allows.
function ofRole(index) {
  return policyOf({
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:Encrypt'],
    Resource: key,
    Condition: {
      StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
      StringLike: { 'aws:UserAgent': `orders-${index}*` },
      IpAddress: { 'aws:SourceIp': `10.${index}.0.0/16` },
    },
  });
}

function policyOf(...statements) {
  return { Version: version, Statement: statements };
}
