import { describe, expect, test } from 'vitest';
import {
  emptyInventory,
  findAliases,
  findCaller,
  findKey,
  findPrincipal,
  identityPoliciesOf,
  parseCaller,
  type Caller,
  type Inventory,
  type Key,
  type Principal,
} from '../../src/inventory/index.js';
import type { PolicyDocument } from '../../src/policy/index.js';
import { invariant } from '../../src/source/index.js';

const span = { source: { path: 'estate.yaml', text: '' }, start: 0, end: 0 };
const defined = { address: 'x', unit: 'estate', span };

function key(region: string, id: string, rest: Partial<Key> = {}): Key {
  const arn = `arn:aws:kms:${region}:111122223333:key/${id}`;
  return { ...defined, arn, account: '111122223333', region, ...rest };
}

const here = key('us-east-1', 'mrk-1', { aliases: ['alias/orders'], address: 'OrdersKey' });
const replica = key('eu-west-1', 'mrk-1', { aliases: ['alias/orders'] });
const aliased = key('us-east-1', '2');

const ann: Principal = {
  ...defined,
  address: 'Ann',
  kind: 'user',
  arn: 'arn:aws:iam::111122223333:user/staff/ann',
  account: '111122223333',
  name: 'ann',
  groups: ['arn:aws:iam::111122223333:group/dev'],
  policies: [],
  serviceLinked: false,
  fixedName: true,
};

const estate: Inventory = {
  ...emptyInventory,
  keys: [here, replica, aliased],
  aliases: [
    { ...defined, name: 'alias/two', account: '111122223333', region: 'us-east-1', target: '2' },
  ],
  principals: [ann],
};

describe('a key is found', () => {
  test.each([
    [here.arn, here],
    [replica.arn, replica],
    ['2', aliased],
    ['alias/two', aliased],
    ['arn:aws:kms:us-east-1:111122223333:alias/two', aliased],
    ['arn:aws:kms:eu-west-1:111122223333:alias/orders', replica],
    ['OrdersKey', here],
  ])('by %s', (reference, expected) => {
    expect(findKey(estate, reference)).toBe(expected);
  });

  test.each([
    'alias/none',
    '3',
    'arn:aws:kms:us-east-1:111122223333:key/3',
    'arn:aws:kms:us-east-1:444455556666:alias/two',
  ])('not by %s', (reference) => {
    expect(findKey(estate, reference)).toBeUndefined();
  });

  test('at home, where its name is that of several', () => {
    expect(findKey(estate, 'alias/orders')).toBeUndefined();
    expect(findKey(estate, 'alias/orders', { region: 'eu-west-1' })).toBe(replica);
    expect(findKey(estate, 'mrk-1', { region: 'us-east-1' })).toBe(here);
  });
});

test('aliases are all known only where the key or the inventory says so', () => {
  expect(findAliases(estate, here)).toEqual(['alias/orders']);
  expect(findAliases(estate, aliased)).toBeUndefined();
  const complete = { ...estate, complete: new Set(['aliases'] as const) };
  expect(findAliases(complete, aliased)).toEqual(['alias/two']);
});

describe('a principal is found', () => {
  const named = (text: string): Caller => {
    const caller = parseCaller(text);
    invariant(caller !== undefined, 'the test names a caller');
    return caller;
  };

  test('by account and name, whatever the path', () => {
    expect(findPrincipal(estate, named('arn:aws:iam::111122223333:user/ann'))).toBe(ann);
    expect(findPrincipal(estate, named('arn:aws:iam::444455556666:user/ann'))).toBeUndefined();
    expect(findPrincipal(estate, named('arn:aws:iam::111122223333:role/ann'))).toBeUndefined();
  });

  test('behind a federated user', () => {
    const fred = {
      kind: 'federated-user',
      account: '111122223333',
      arn: 'arn:x',
      name: 'fred',
    } as const;
    expect(findPrincipal(estate, fred)).toBeUndefined();
    expect(findPrincipal(estate, { ...fred, federatingUser: ann.arn })).toBe(ann);
  });

  test('as a caller, by its logical address', () => {
    expect(findCaller(estate, 'Ann')).toEqual({
      kind: 'user',
      account: ann.account,
      arn: ann.arn,
      name: 'ann',
    });
    expect(findCaller(estate, 'Bob')).toBeUndefined();
  });
});

test('policies of groups count, and are not supplied where one is not', () => {
  expect(identityPoliciesOf(estate, ann)).toBeUndefined();
  const document: PolicyDocument = {
    kind: 'identity',
    version: '2012-10-17',
    statements: [],
    span,
  };
  const arn = 'arn:aws:iam::111122223333:group/dev';
  const groups = [{ ...defined, arn, policies: [document] }];
  expect(identityPoliciesOf({ ...estate, groups }, ann)).toEqual([document]);
});
