import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { decide } from '../../src/authorization/decide/index.js';
import { answerGroup, whoCan } from '../../src/graph/index.js';
import { imaginedPrincipal, parseCaller } from '../../src/inventory/index.js';
import type { Account, Caller, Inventory, Key } from '../../src/inventory/index.js';
import { loadEstateText } from './load-estate.js';

/** A night's run looks at a hundred times as many. */
const inventories = Number(process.env['KEYPROOF_INVENTORIES'] ?? 1_000) / 5;

vi.setConfig({ testTimeout: 1_000 * Math.max(2 * inventories, 120) });

const home = '111122223333';
const partner = '444455556666';
const stranger = '777788889999';

const arnPatterns = [
  'arn:aws:iam::*:role/admin-*',
  'arn:aws:iam::*:role/admin-a*',
  `arn:aws:iam::${home}:role/*`,
  `arn:aws:iam::${partner}:*`,
  'arn:aws:iam::*:user/*',
  'arn:aws:iam::*:user/team/*',
  `arn:aws:iam::${partner}:role/export`,
  'arn:aws:iam::4444*:role/*',
  'arn:aws:iam::*:root',
];

const conditions = fc.oneof(
  block(
    fc.constantFrom('ArnLike', 'ArnNotLike', 'StringLike', 'StringNotLike'),
    'aws:PrincipalArn',
    arnPatterns,
  ),
  block(fc.constantFrom('StringLike', 'StringNotLike'), 'aws:username', ['admin-*', 'ann', '*']),
  block(
    fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLikeIfExists'),
    'aws:PrincipalTag/team',
    ['blue', 'red'],
  ),
  block(fc.constantFrom('StringEquals', 'StringNotEquals'), 'aws:PrincipalType', [
    'User',
    'AssumedRole',
    'Account',
  ]),
  block(fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike'), 'aws:PrincipalAccount', [
    partner,
    home,
    '7777*',
  ]),
  block(
    fc.constantFrom('StringEquals', 'StringNotEquals', 'StringEqualsIfExists'),
    'aws:PrincipalOrgID',
    ['o-home00000', 'o-partner00'],
  ),
);

/** Statements about everyone, or the key's account, which look at who calls. */
const statements = fc.array(
  fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: fc.constantFrom('*', { AWS: home }, { AWS: `arn:aws:iam::${partner}:root` }),
    Action: fc.constant('kms:Decrypt'),
    Resource: fc.constant('*'),
    Condition: fc.array(conditions, { maxLength: 2 }).map(joined),
  }),
  { minLength: 1, maxLength: 3 },
);

const callers = [home, partner, stranger].flatMap((account) => [
  `arn:aws:iam::${account}:root`,
  ...['ann', 'admin-a', 'team/bob'].map((name) => `arn:aws:iam::${account}:user/${name}`),
  ...['admin-b', 'admin-a1', 'export', 'app'].map((name) => `arn:aws:iam::${account}:role/${name}`),
]);

test('nobody of a class may do what the class is said never to do', () => {
  fc.assert(
    fc.property(
      statements,
      fc.constantFrom(...callers),
      tags(),
      organization(),
      (policy, arn, own, of) => {
        const estate = estateOf(policy);
        const [key] = estate.keys;
        const caller = parseCaller(arn);
        if (key === undefined || caller === undefined) throw new Error('the estate has a key');
        if (!isAllowed(estate, caller, key, own, of)) return;
        const [access] = whoCan(estate, 'kms:Decrypt', [key]);
        expect([arn, access?.principals.map(({ principal }) => principal)]).not.toEqual([arn, []]);
        for (const group of groupsOf(caller, of, arn)) {
          const found = answerGroup(estate, group, 'kms:Decrypt', key, new Map());
          expect([arn, group, found?.kind]).not.toEqual([arn, group, 'never']);
        }
      },
    ),
    { numRuns: 5 * inventories, seed: 5 },
  );
});

/** Whether somebody whom the estate does not list, with all IAM permissions, gets in. */
function isAllowed(
  estate: Inventory,
  caller: Caller,
  key: Key,
  own: ReadonlyMap<string, string>,
  organizationId: string,
): boolean {
  if (!('account' in caller)) return false;
  const account: Account = { ...placed, id: caller.account, organization: organizationId };
  const principals =
    caller.kind === 'user' || caller.kind === 'role-session'
      ? [{ ...imaginedPrincipal(caller, 'everything'), tags: own }]
      : [];
  const accounts = estate.accounts.some(({ id }) => id === caller.account)
    ? estate.accounts
    : [...estate.accounts, account];
  const world = { ...estate, accounts, principals: [...estate.principals, ...principals] };
  const made = caller.kind === 'role-session' ? { ...caller, session: 'example' } : caller;
  const request = { caller: made, action: 'kms:Decrypt', resource: key.arn, context: new Map() };
  return decide(world, request).decision === 'Allow';
}

function groupsOf(caller: Caller, organizationId: string, arn: string): readonly string[] {
  if (!('account' in caller)) return [];
  const isOutside = caller.account !== home;
  return [
    'anyone',
    `${arn.replace(/[^/:]*$/, '')}*`,
    ...(isOutside ? ['outside-account'] : []),
    ...(isOutside && organizationId !== 'o-home00000' ? ['outside-organization'] : []),
  ];
}

const placed = (() => {
  const { address, unit, span } = imaginedPrincipal(
    { kind: 'user', account: home, arn: `arn:aws:iam::${home}:user/nobody`, name: 'nobody' },
    'nothing',
  );
  return { address, unit, span };
})();

function estateOf(policy: readonly unknown[]): Inventory {
  return loadEstateText(
    JSON.stringify({
      version: 1,
      accounts: [{ id: home, organization: 'o-home00000' }],
      keys: [
        {
          arn: `arn:aws:kms:us-east-1:${home}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
          policy: { Version: '2012-10-17', Statement: policy },
        },
      ],
    }),
  );
}

function tags(): fc.Arbitrary<ReadonlyMap<string, string>> {
  return fc.constantFrom(
    new Map<string, string>(),
    new Map([['team', 'blue']]),
    new Map([['team', 'red']]),
  );
}

function organization(): fc.Arbitrary<string> {
  return fc.constantFrom('o-home00000', 'o-partner00', 'o-another00');
}

function block(
  operator: fc.Arbitrary<string>,
  key: string,
  values: readonly string[],
): fc.Arbitrary<readonly [operator: string, key: string, values: readonly string[]]> {
  return fc.tuple(
    operator,
    fc.constant(key),
    fc.subarray([...values], { minLength: 1, maxLength: 2 }),
  );
}

function joined(
  blocks: readonly (readonly [operator: string, key: string, values: readonly string[]])[],
): unknown {
  const condition: Record<string, Record<string, readonly string[]>> = {};
  for (const [operator, key, values] of blocks)
    condition[operator] = { ...condition[operator], [key]: values };
  return condition;
}
