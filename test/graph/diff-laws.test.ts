import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { decide } from '../../src/authorization/decide/index.js';
import { diffAccess } from '../../src/graph/index.js';
import type { AccessChange, AccessDifference } from '../../src/graph/index.js';
import type { Inventory, Request } from '../../src/inventory/index.js';
import { inventory } from '../arbitraries/inventory.js';
import { policy } from '../arbitraries/policy.js';
import { request } from '../arbitraries/request.js';
import { realistic } from '../authorization/compile/verdicts.js';
import { rewritten } from './rewritings.js';

/** A night's run looks at a hundred times as many. */
const changes = Number(process.env['KEYPROOF_CHANGES'] ?? 60);
const samplesEach = 30;

/** Many times what it takes on an idle machine. */
vi.setConfig({ testTimeout: 20_000 + 2_000 * changes });

const settings = { numRuns: changes, seed: 20_261_125, endOnFailure: true };

/** An estate, and the same one with other policies here and there. */
function change(): fc.Arbitrary<readonly [Inventory, Inventory]> {
  return fc
    .tuple(inventory(), policy('key-policy'), policy('identity'), fc.nat(), fc.nat())
    .map(([before, onKey, ofPrincipal, at, which]) => {
      const key = before.keys[at % Math.max(before.keys.length, 1)];
      const principal = before.principals[which % Math.max(before.principals.length, 1)];
      const after: Inventory = {
        ...before,
        keys: before.keys.map((one) => (one === key ? { ...one, policy: onKey } : one)),
        principals: before.principals.map((one) =>
          one === principal ? { ...one, policies: [ofPrincipal] } : one,
        ),
      };
      return [before, after];
    });
}

function pairsOf(found: readonly AccessChange[]): readonly string[] {
  return found
    .flatMap(({ principals, action, key }) =>
      principals.map(({ name }) => `${name} ${action} ${key}`),
    )
    .sort();
}

function speaksOf(difference: AccessDifference, { action, resource }: Request): boolean {
  const all = [...difference.gained, ...difference.lost, ...difference.unknown];
  return all.some((one) => one.action === action && one.key === resource);
}

describe('the difference of two estates', () => {
  test('an estate written another way is the same estate: proved', () => {
    fc.assert(
      fc.property(inventory(), fc.nat(), (before, salt) => {
        const { gained, lost, unknown, equivalent } = diffAccess(before, rewritten(before, salt));
        expect([gained, lost, unknown]).toEqual([[], [], []]);
        expect(equivalent).toBe(true);
      }),
      settings,
    );
  });

  test('a witness is allowed on one side and refused on the other', () => {
    fc.assert(
      fc.property(change(), ([before, after]) => {
        const { gained, lost } = diffAccess(before, after);
        for (const { witness, principals } of [...gained, ...lost]) {
          if (principals.some(({ isClass }) => isClass)) continue;
          const decisions = [decide(before, witness), decide(after, witness)];
          const allowed = decisions.filter(({ decision }) => decision === 'Allow');
          // Of those whom nothing is known of, one side may leave it open.
          expect(allowed.length).toBeLessThan(2);
        }
      }),
      settings,
    );
  });

  test('what one direction gains the other loses', () => {
    fc.assert(
      fc.property(change(), ([before, after]) => {
        const there = diffAccess(before, after);
        const back = diffAccess(after, before);
        expect(pairsOf(back.lost)).toEqual(pairsOf(there.gained));
        expect(pairsOf(back.gained)).toEqual(pairsOf(there.lost));
        expect(back.equivalent).toBe(there.equivalent);
      }),
      settings,
    );
  });

  test('no sampled request is decided otherwise without being told of', () => {
    fc.assert(
      fc.property(
        change(),
        fc.array(request(), { minLength: samplesEach, maxLength: samplesEach }),
        ([before, after], samples) => {
          const difference = diffAccess(before, after);
          for (const sample of samples.map(realistic)) {
            const decisions = [before, after].map((estate) => decide(estate, sample).decision);
            const isChanged =
              decisions.every((decision) => decision !== 'Unknown') &&
              decisions.filter((decision) => decision === 'Allow').length === 1;
            if (isChanged) expect(speaksOf(difference, sample)).toBe(true);
          }
        },
      ),
      settings,
    );
  });
});
