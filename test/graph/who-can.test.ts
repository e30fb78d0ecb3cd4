import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { answer } from '../../src/authorization/answers/index.js';
import { whoCan } from '../../src/graph/index.js';
import type { PrincipalAccess } from '../../src/graph/index.js';
import type { Inventory, Key, Principal } from '../../src/inventory/index.js';
import { inventory } from '../arbitraries/inventory.js';

/** A night's run looks at a hundred times as many. */
const inventories = Number(process.env['KEYPROOF_INVENTORIES'] ?? 1_000) / 10;

vi.setConfig({ testTimeout: 1_000 * Math.max(2 * inventories, 120) });

const actions = ['kms:Decrypt', 'kms:CreateGrant', 'kms:RetireGrant', 'kms:DescribeKey'];

test('who can do what, told by classes, is what each principal is told by itself', () => {
  fc.assert(
    fc.property(crowded(), fc.constantFrom(...actions), (estate, action) => {
      for (const { key, principals } of whoCan(estate, action, estate.keys)) {
        const told = new Map(principals.map((one) => [one.principal, one]));
        for (const principal of estate.principals) {
          const alone = answer(estate, {
            caller: callerOf(principal),
            action,
            resource: key,
            context: new Map(),
          });
          expect([principal.arn, shown(told.get(principal.arn)?.answer)]).toEqual([
            principal.arn,
            alone.kind === 'never' ? undefined : shown(alone),
          ]);
        }
      }
    }),
    { numRuns: inventories, seed: 3 },
  );
});

test('the order of principals and keys does not matter', () => {
  fc.assert(
    fc.property(crowded(), fc.constantFrom(...actions), (estate, action) => {
      const reversed: Inventory = {
        ...estate,
        principals: [...estate.principals].reverse(),
        keys: [...estate.keys].reverse(),
      };
      const told = whoCan(estate, action, estate.keys);
      const again = whoCan(reversed, action, estate.keys);
      expect(again.map(({ principals }) => principals.map(kinds))).toEqual(
        told.map(({ principals }) => principals.map(kinds)),
      );
    }),
    { numRuns: inventories / 4, seed: 4 },
  );
});

/** An estate in which some principals and keys have twins, alike but for name, or tags, or kind. */
function crowded(): fc.Arbitrary<Inventory> {
  const attributes = fc.constantFrom<Partial<Principal>>(
    {},
    {},
    { tags: new Map([['team', 'blue']]) },
    { tags: new Map([['Team', 'red']]) },
    { kind: 'user' },
    { serviceLinked: true },
    { boundary: 'none' },
  );
  return fc
    .tuple(inventory(), fc.array(attributes, { maxLength: 4 }), fc.boolean())
    .map(([estate, twins, hasTwinKey]) => ({
      ...estate,
      principals: [
        ...estate.principals,
        ...twins.flatMap((changed, number) => estate.principals.map(twinOf(changed, number))),
      ],
      keys: hasTwinKey ? [...estate.keys, ...estate.keys.map(twinKeyOf)] : estate.keys,
    }));
}

function twinOf(changed: Partial<Principal>, number: number) {
  return (principal: Principal): Principal => {
    const name = `${principal.name}-${number}`;
    const { uniqueId } = principal;
    const twin = {
      ...principal,
      ...changed,
      name,
      ...(uniqueId === undefined ? {} : { uniqueId: `${uniqueId}${number}` }),
    };
    const arn = `arn:aws:iam::${twin.account}:${twin.kind}/${name}`;
    return { ...twin, arn, address: arn };
  };
}

function twinKeyOf(key: Key): Key {
  const arn = key.arn.replace(/.$/, 'f');
  return { ...key, arn, address: arn };
}

function callerOf({ kind, account, arn, name }: Principal) {
  return kind === 'user'
    ? ({ kind, account, arn, name } as const)
    : ({ kind: 'role-session', account, roleArn: arn, role: name } as const);
}

/** What of an answer does not hang on the example that happened to be found. */
function shown(found: PrincipalAccess['answer'] | undefined): unknown {
  if (found === undefined) return undefined;
  const { kind } = found;
  switch (kind) {
    case 'always':
      return { kind };
    case 'when':
      return { kind, conditions: found.conditions };
    case 'unknown':
      return { kind, missing: found.missing.map(({ of, detail }) => `${detail} of ${of}`).sort() };
  }
}

function kinds({ principal, answer: { kind } }: PrincipalAccess): string {
  return `${principal} ${kind}`;
}
