import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { answer, nearestChanges } from '../../../src/authorization/answers/index.js';
import { decide } from '../../../src/authorization/decide/index.js';
import type { Request } from '../../../src/inventory/index.js';
import { inventory } from '../../arbitraries/inventory.js';
import { request } from '../../arbitraries/request.js';
import { realistic } from '../compile/verdicts.js';

/** A night's run looks at a hundred times as many. */
const inventories = Number(process.env['KEYPROOF_INVENTORIES'] ?? 1_000);
const requestsEach = 5;
const samplesEach = 5;

/** Many times what it takes on an idle machine. */
vi.setConfig({ testTimeout: 1_000 * inventories });

const settings = { numRuns: inventories, seed: 20_261_125, endOnFailure: true };

// Contexts that no request of the kind can have are not evidence against an answer.
function withoutDerived(asked: Request): Request {
  return { ...asked, context: new Map() };
}

describe('answers over all contexts', () => {
  test('an example is allowed and a counterexample refused when run', () => {
    fc.assert(
      fc.property(
        inventory(),
        fc.array(request(), { minLength: requestsEach, maxLength: requestsEach }),
        (estate, asked) => {
          for (const one of asked.map(withoutDerived)) {
            const found = answer(estate, one);
            if (found.kind === 'always' || found.kind === 'when') {
              expect(decide(estate, found.example).decision).toBe('Allow');
            }
            if (found.kind === 'never' || found.kind === 'when') {
              expect(decide(estate, found.counterexample).decision).toMatch(/Deny$/);
            }
          }
        },
      ),
      settings,
    );
  });

  test('no sampled request contradicts always or never', () => {
    fc.assert(
      fc.property(
        inventory(),
        request(),
        fc.array(request(), { minLength: samplesEach, maxLength: samplesEach }),
        (estate, asked, samples) => {
          for (const { context } of samples) {
            const given = new Map([...context].filter(([key]) => isChosenFreely(key)));
            const found = answer(estate, { ...asked, context: given });
            const { decision } = decide(estate, realistic({ ...asked, context: given }));
            if (found.kind === 'always') expect(decision).not.toMatch(/Deny$/);
            if (found.kind === 'never') expect(decision).not.toBe('Allow');
          }
        },
      ),
      settings,
    );
  });

  test('a change that is named as nearest lets a request through', () => {
    let changes = 0;
    fc.assert(
      fc.property(inventory(), request(), (estate, asked) => {
        const one = withoutDerived(asked);
        if (answer(estate, one).kind !== 'never') return;
        for (const { after } of nearestChanges(estate, one)) {
          changes += 1;
          const changed = answer(after, one);
          expect(changed.kind).not.toBe('never');
          if (changed.kind === 'unknown' || changed.kind === 'never') continue;
          expect(decide(after, changed.example).decision).toBe('Allow');
        }
      }),
      { ...settings, numRuns: Math.min(inventories, 200) },
    );
    expect(changes).toBeGreaterThan(Math.min(inventories, 200) / 4);
  });
});

// Keys that a caller sets as it likes, so that any value in a sample is one that a request can have.
function isChosenFreely(key: string): boolean {
  return [
    'aws:multifactorauthage',
    'aws:multifactorauthpresent',
    'aws:currenttime',
    'aws:sourceip',
  ].includes(key);
}
