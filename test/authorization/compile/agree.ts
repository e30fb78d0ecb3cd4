import fc from 'fast-check';
import { expect } from 'vitest';
import type { Inventory, Request } from '../../../src/inventory/index.js';
import { compiled, compiledForMany, decided, realistic } from './verdicts.js';

interface Sizes {
  readonly inventories: number;
  readonly requestsEach: number;
  /** The share of requests that the formulas settle and the interpreter does not. */
  readonly sharperMax: number;
}

/**
 * Holds the two deciders to each other over generated requests on generated inventories. They share
 * nothing but the matching of single texts, so that each checks the other.
 */
export function expectAgreement(
  estates: fc.Arbitrary<Inventory>,
  requests: fc.Arbitrary<Request>,
  { inventories, requestsEach, sharperMax }: Sizes,
): void {
  let asked = 0;
  let sharper = 0;
  const seen = { Allow: 0, Deny: 0, Unknown: 0 };
  fc.assert(
    fc.property(
      estates,
      fc.array(requests, { minLength: requestsEach, maxLength: requestsEach }),
      (estate, generated) => {
        const quickly = compiledForMany(estate);
        for (const [index, one] of generated.map(realistic).entries()) {
          const what = [one.caller, one.action, one.resource, [...one.context]];
          const verdict = decided(estate, one);
          const other = compiled(estate, one);
          // Compiling for many requests takes longer than for one.
          if (index % 4 === 0) expect([what, quickly(one)]).toEqual([what, other]);
          asked += 1;
          seen[verdict] += 1;
          // Formulas settle some cases in which the interpreter, going step by step, meets an unknown.
          if (verdict === 'Unknown' && other !== 'Unknown') sharper += 1;
          else expect([what, other]).toEqual([what, verdict]);
        }
      },
    ),
    { numRuns: inventories, seed: 20_261_125, endOnFailure: true },
  );
  expect(asked).toBe(inventories * requestsEach);
  expect(sharper / asked).toBeLessThan(sharperMax);
  // Agreement on one verdict alone would show little.
  for (const count of Object.values(seen)) expect(count / asked).toBeGreaterThan(0.02);
}
