import fc from 'fast-check';
import {
  emptyInventory,
  parseCaller,
  type Account,
  type Completable,
  type Inventory,
  type Key,
  type Principal,
} from '../../src/inventory/index.js';
import { parseArn } from '../../src/policy/index.js';
import { grant } from './grant.js';
import { policy } from './policy.js';
import { keyArns, other, own } from './vocabulary.js';

const nowhere = { source: { path: 'estate.keyproof.yaml', text: '' }, start: 0, end: 0 };

/** An estate of the shared accounts, principals and keys, in which each part may be left out. */
export function inventory(): fc.Arbitrary<Inventory> {
  return fc
    .record({
      accounts: fc.tuple(account(own), account(other)),
      principals: parts(principalArns.map(principal)),
      keys: parts(keyArns.map(key)),
      endpoint: fc.option(policy('endpoint'), { nil: undefined }),
      complete: fc.subarray<Completable>(['principals', 'grants', 'scps', 'rcps', 'boundaries']),
    })
    .map(({ endpoint, complete, ...rest }) => ({
      ...emptyInventory,
      ...rest,
      endpoints: [
        {
          address: 'vpce-1',
          unit: 'estate',
          span: nowhere,
          id: 'vpce-1',
          service: 'kms',
          ...(endpoint === undefined ? {} : { policy: endpoint }),
        },
      ],
      complete: new Set(complete),
    }));
}

const principalArns = [
  `arn:aws:iam::${own}:user/ann`,
  `arn:aws:iam::${own}:role/app`,
  `arn:aws:iam::${own}:role/admin`,
  `arn:aws:iam::${other}:user/eve`,
  `arn:aws:iam::${other}:role/partner`,
];

/** Each of several things, or, now and then, not. */
function parts<T>(arbitraries: readonly fc.Arbitrary<T>[]): fc.Arbitrary<readonly T[]> {
  return fc
    .tuple(...arbitraries.map((one) => fc.option(one, { nil: undefined, freq: 8 })))
    .map((all) => all.filter((one) => one !== undefined));
}

function account(id: string): fc.Arbitrary<Account> {
  return defined(id, {
    organization: fc.constantFrom('o-home', 'o-other'),
    managementAccount: fc.constantFrom(false, false, false, true),
    scps: fc.array(fc.array(policy('scp'), { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
    rcps: fc.array(fc.array(policy('rcp'), { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
  }).map((rest) => ({ id, ...rest }));
}

function principal(arn: string): fc.Arbitrary<Principal> {
  const caller = parseCaller(arn);
  const isUser = caller?.kind === 'user';
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return defined(arn, {
    uniqueId: fc.constant(`${isUser ? 'AIDA' : 'AROA'}EXAMPLE${name.toUpperCase()}000001`),
    tags: fc.constantFrom(new Map<string, string>(), new Map([['team', 'red']])),
    policies: fc.array(policy('identity'), { maxLength: 2 }),
    boundary: fc.oneof(fc.constant('none' as const), policy('boundary')),
  }).map((rest) => ({
    kind: isUser ? 'user' : 'role',
    arn,
    account: parseArn(arn)?.account ?? '',
    name,
    serviceLinked: false,
    fixedName: true,
    ...rest,
  }));
}

function key(arn: string): fc.Arbitrary<Key> {
  const { account: owner = '', region = '' } = parseArn(arn) ?? {};
  return defined(arn, {
    policy: policy('key-policy'),
    spec: fc.constantFrom('SYMMETRIC_DEFAULT', 'RSA_2048'),
    origin: fc.constant('AWS_KMS'),
    aliases: fc.constantFrom<readonly string[]>([], ['alias/orders']),
    tags: fc.constantFrom(new Map<string, string>(), new Map([['team', 'red']])),
    grants: fc.array(grant(), { maxLength: 2 }),
  }).map((rest) => ({ arn, account: owner, region, ...rest }));
}

/** A thing with its attributes, each now and then not supplied. */
function defined<T extends object>(
  address: string,
  attributes: { readonly [Name in keyof T]: fc.Arbitrary<T[Name]> },
): fc.Arbitrary<Partial<T> & { address: string; unit: string; span: typeof nowhere }> {
  return fc.record(attributes, { requiredKeys: [] }).map((present) => ({
    address,
    unit: 'estate',
    span: nowhere,
    ...(present as Partial<T>),
  }));
}
