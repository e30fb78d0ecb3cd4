import { describe, expect, test } from 'vitest';
import {
  createContext,
  deriveContext,
  emptyInventory,
  findValue,
  parseCaller,
  type Caller,
  type ContextValue,
  type Inventory,
  type Key,
  type Principal,
} from '../../src/inventory/index.js';
import { hasHole, invariant } from '../../src/source/index.js';

const defined = {
  address: 'x',
  unit: 'estate',
  span: { source: { path: 'estate.yaml', text: '' }, start: 0, end: 0 },
};

const key: Key = {
  ...defined,
  arn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  account: '111122223333',
  region: 'us-east-1',
  spec: 'SYMMETRIC_DEFAULT',
  origin: 'AWS_KMS',
  aliases: ['alias/orders'],
  tags: new Map([['Team', 'red']]),
};

const app: Principal = {
  ...defined,
  kind: 'role',
  arn: 'arn:aws:iam::111122223333:role/apps/app',
  account: '111122223333',
  name: 'app',
  uniqueId: 'AROAEXAMPLEAPP000001',
  tags: new Map([['team', 'red']]),
  serviceLinked: false,
  fixedName: true,
};

const estate: Inventory = {
  ...emptyInventory,
  accounts: [
    {
      ...defined,
      id: '111122223333',
      organization: 'o-home',
      organizationPath: ['r-abcd', 'ou-abcd-1'],
    },
  ],
  keys: [key],
  principals: [app],
  endpoints: [{ ...defined, id: 'vpce-1', service: 'kms', vpc: 'vpc-1' }],
};

function caller(text: string): Caller {
  const parsed = parseCaller(text);
  invariant(parsed !== undefined, 'the test names a caller');
  return parsed;
}

interface Asked {
  readonly by?: string;
  readonly action?: string;
  readonly on?: string;
  readonly given?: Readonly<Record<string, ContextValue>>;
  readonly inventory?: Inventory;
}

function derived({ by, action, on, given, inventory }: Asked) {
  const { context, ...rest } = deriveContext(inventory ?? estate, {
    caller: caller(by ?? 'arn:aws:sts::111122223333:assumed-role/app/s1'),
    action: action ?? 'kms:Decrypt',
    resource: on ?? key.arn,
    context: createContext(given ?? {}),
  });
  return { ...rest, value: (name: string) => findValue(context, name) };
}

describe('a context', () => {
  test('compares names without case, also the part after the prefix', () => {
    const context = createContext({
      'kms:EncryptionContext:AppName': 'x',
      'aws:PrincipalTag/A': 'y',
    });
    expect(findValue(context, 'KMS:encryptioncontext:APPNAME')).toBe('x');
    expect(findValue(context, 'aws:principaltag/a')).toBe('y');
    expect(findValue(context, 'aws:PrincipalTag/b')).toBeUndefined();
  });

  test('takes a multivalued key as a list and others as a text', () => {
    const context = createContext({
      'kms:GrantOperations': 'Decrypt',
      'aws:SourceIp': ['203.0.113.7'],
    });
    expect(findValue(context, 'kms:GrantOperations')).toEqual(['Decrypt']);
    expect(findValue(context, 'aws:SourceIp')).toBe('203.0.113.7');
  });
});

describe('from the caller follows', () => {
  test('who it is', () => {
    const { value } = derived({});
    expect(value('aws:PrincipalArn')).toBe(app.arn);
    expect(value('aws:PrincipalAccount')).toBe('111122223333');
    expect(value('kms:CallerAccount')).toBe('111122223333');
    expect(value('aws:PrincipalType')).toBe('AssumedRole');
    expect(value('aws:userid')).toBe('AROAEXAMPLEAPP000001:s1');
    expect(value('aws:PrincipalTag/team')).toBe('red');
    expect(value('aws:PrincipalTag/other')).toBeUndefined();
    expect(value('aws:PrincipalOrgID')).toBe('o-home');
    expect(value('aws:PrincipalOrgPaths')).toEqual(['o-home/r-abcd/ou-abcd-1/']);
    expect(value('aws:username')).toBeUndefined();
    expect(value('aws:PrincipalIsAWSService')).toBe('false');
  });

  test('a name for users only', () => {
    const { value } = derived({ by: 'arn:aws:iam::111122223333:user/ann' });
    expect(value('aws:username')).toBe('ann');
    expect(value('aws:PrincipalType')).toBe('User');
  });

  test('a session name that is open for a role', () => {
    const userId = derived({ by: app.arn }).value('aws:userid');
    expect(userId).toMatch(/^AROAEXAMPLEAPP000001:/);
    expect(typeof userId === 'string' && hasHole(userId)).toBe(true);
  });

  test('that tags and organization of an unlisted principal are unknown', () => {
    const { value } = derived({ by: 'arn:aws:iam::444455556666:user/eve' });
    expect(value('aws:PrincipalTag/team')).toHaveProperty(
      'unknown.of',
      'arn:aws:iam::444455556666:user/eve',
    );
    expect(value('aws:PrincipalOrgID')).toHaveProperty('unknown.of', '444455556666');
  });

  test('the name of a service, and no account', () => {
    const { value } = derived({ by: 's3.amazonaws.com' });
    expect(value('aws:PrincipalIsAWSService')).toBe('true');
    expect(value('aws:PrincipalServiceName')).toBe('s3.amazonaws.com');
    expect(value('kms:CallerAccount')).toBeUndefined();
    expect(value('aws:PrincipalArn')).toBeUndefined();
  });

  test('what a root user is', () => {
    const { value } = derived({ by: '111122223333' });
    expect(value('aws:PrincipalType')).toBe('Account');
    expect(value('aws:userid')).toBe('111122223333');
  });
});

describe('from the resource follows', () => {
  test('what the key is', () => {
    const { value } = derived({});
    expect(value('kms:KeySpec')).toBe('SYMMETRIC_DEFAULT');
    expect(value('kms:KeyUsage')).toBe('ENCRYPT_DECRYPT');
    expect(value('kms:MultiRegion')).toBe('false');
    expect(value('kms:MultiRegionKeyType')).toBeUndefined();
    expect(value('kms:ResourceAliases')).toEqual(['alias/orders']);
    expect(value('aws:ResourceTag/team')).toBe('red');
    expect(value('aws:ResourceAccount')).toBe('111122223333');
    expect(value('aws:RequestedRegion')).toBe('us-east-1');
  });

  test('what is unknown of a key that is not listed', () => {
    const { value } = derived({ on: key.arn.replace('1234abcd-', '00000000-') });
    expect(value('kms:KeySpec')).toHaveProperty('unknown');
    expect(value('aws:ResourceTag/team')).toHaveProperty('unknown');
    expect(value('kms:ResourceAliases')).toHaveProperty('unknown');
    expect(value('kms:MultiRegion')).toBe('false');
  });

  test('nothing about a key for an operation without one', () => {
    const { value } = derived({ action: 'kms:ListKeys', on: '*' });
    expect(value('kms:KeySpec')).toBeUndefined();
    expect(value('kms:ResourceAliases')).toBeUndefined();
    expect(value('aws:ResourceTag/team')).toBeUndefined();
    expect(value('aws:ResourceAccount')).toBeUndefined();
    expect(value('aws:RequestedRegion')).toHaveProperty('unknown');
  });

  test.each([
    ['alias/orders', 'alias/orders'],
    ['arn:aws:kms:us-east-1:111122223333:alias/orders', 'alias/orders'],
    ['1234abcd-12ab-34cd-56ef-1234567890ab', undefined],
    [key.arn, undefined],
  ])('the key that %s names, and by which alias', (on, alias) => {
    const { resource, resourceAccount, value } = derived({ on });
    expect(resource).toBe(key.arn);
    expect(resourceAccount).toBe('111122223333');
    expect(value('kms:RequestAlias')).toBe(alias);
  });

  test('no alias for an operation that takes none', () => {
    const { resource, value } = derived({ action: 'kms:PutKeyPolicy', on: 'alias/orders' });
    expect(resource).toBe(key.arn);
    expect(value('kms:RequestAlias')).toBeUndefined();
  });

  test('the alias itself for an operation on aliases', () => {
    const { resource } = derived({ action: 'kms:DeleteAlias', on: 'alias/orders' });
    expect(resource).toBe('arn:aws:kms:us-east-1:111122223333:alias/orders');
  });

  test('the VPC of the endpoint', () => {
    expect(derived({ given: { 'aws:SourceVpce': 'vpce-1' } }).value('aws:SourceVpc')).toBe('vpc-1');
  });
});

describe('from the action follows', () => {
  test.each([
    ['kms:Decrypt', 'kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT'],
    ['kms:DescribeKey', 'kms:EncryptionAlgorithm', undefined],
    ['kms:CreateKey', 'kms:KeySpec', 'SYMMETRIC_DEFAULT'],
    ['kms:CreateKey', 'kms:MultiRegion', 'false'],
    ['kms:Sign', 'kms:MessageType', 'RAW'],
    ['kms:PutKeyPolicy', 'kms:BypassPolicyLockoutSafetyCheck', undefined],
    ['kms:ListKeys', 'kms:CallerAccount', undefined],
    ['kms:Decrypt', 'kms:GrantIsForAWSResource', undefined],
  ])('for %s, %s is %s', (action, name, expected) => {
    expect(derived({ action }).value(name)).toBe(expected);
  });

  test('that a direct call may lack kms:GrantIsForAWSResource or have it false', () => {
    const value = derived({ action: 'kms:CreateGrant' }).value('kms:GrantIsForAWSResource');
    expect(value).toHaveProperty('alternatives', [undefined, 'false']);
  });

  test('the keys of the encryption context, in their case', () => {
    const given = { 'kms:EncryptionContext:Tenant': 'a', 'kms:EncryptionContext:stage': 'x' };
    expect(derived({ given }).value('kms:EncryptionContextKeys')).toEqual(['Tenant', 'stage']);
    expect(derived({}).value('kms:EncryptionContextKeys')).toBeUndefined();
  });

  test('what a service that calls on behalf of the caller brings along', () => {
    const { value } = derived({
      action: 'kms:CreateGrant',
      given: { 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' },
    });
    expect(value('aws:ViaAWSService')).toBe('true');
    expect(value('aws:PrincipalIsAWSService')).toBe('false');
    expect(value('kms:GrantIsForAWSResource')).toBe('true');
    expect(value('aws:CalledVia')).toBeUndefined();
  });
});

test('what is given wins', () => {
  const given = {
    'aws:PrincipalTag/Team': 'blue',
    'kms:EncryptionAlgorithm': 'RSAES_OAEP_SHA_256',
  };
  const { value } = derived({ given });
  expect(value('aws:PrincipalTag/team')).toBe('blue');
  expect(value('kms:EncryptionAlgorithm')).toBe('RSAES_OAEP_SHA_256');
});
