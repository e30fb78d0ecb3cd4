import { describe, expect, test } from 'vitest';
import { expectationsOf } from '../../src/app/expectations.js';
import { loadOf } from '../load/memory.js';

const estate = (rest: object): string =>
  JSON.stringify({
    version: 1,
    accounts: [{ id: '111122223333', organization: 'o-exampleorg1' }],
    ...rest,
  });

const key = (principal: string, condition: object = {}): object => ({
  arn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  policy: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: condition,
      },
    ],
  },
  grants: [{ id: 'g', grantee: 'arn:aws:iam::777788889999:role/partner', operations: ['Decrypt'] }],
});

const expected = (rest: object): ReturnType<typeof expectationsOf> =>
  expectationsOf(loadOf({ 'a.keyproof.json': estate(rest) }).inventory);

describe('where nobody says what to expect', () => {
  test('the accounts of the inventory and their organization are ours', () => {
    const { accounts, organization } = expected({
      principals: [{ arn: 'arn:aws:iam::222233334444:role/app' }],
    });
    expect(accounts).toEqual(['111122223333', '222233334444']);
    expect(organization).toBe('o-exampleorg1');
  });

  test('an account that a statement or a grant names is trusted', () => {
    const condition = { StringEquals: { 'aws:PrincipalAccount': '555566667777' } };
    const { trustZone } = expected({
      keys: [key('arn:aws:iam::444455556666:root'), key('*', condition)],
    });
    expect(trustZone.accounts).toEqual(['444455556666', '555566667777', '777788889999']);
  });

  test('of two organizations neither is taken for ours', () => {
    const accounts = [
      { id: '111122223333', organization: 'o-exampleorg1' },
      { id: '222233334444', organization: 'o-exampleorg2' },
    ];
    expect(expected({ accounts })).not.toHaveProperty('organization');
  });
});
