import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inventory } from '../../arbitraries/inventory.js';
import { request } from '../../arbitraries/request.js';
import { compiled, compiledForMany, decided, realistic } from './verdicts.js';

// The two deciders share nothing but the matching of single texts, so that each checks the other.

/** A night's run looks at a hundred times as many. */
const inventories = Number(process.env['KEYPROOF_INVENTORIES'] ?? 1_000);
const requestsEach = 100;
/** Many times what it takes on an idle machine. */
const timeoutMs = 1_000 * inventories;

test(
  'the compiled formula, completed by a request, is what the interpreter decides',
  () => {
    let requests = 0;
    let sharper = 0;
    const seen = { Allow: 0, Deny: 0, Unknown: 0 };
    fc.assert(
      fc.property(
        inventory(),
        fc.array(request(), { minLength: requestsEach, maxLength: requestsEach }),
        (estate, asked) => {
          const quickly = compiledForMany(estate);
          for (const [index, one] of asked.map(realistic).entries()) {
            const verdict = decided(estate, one);
            const other = compiled(estate, one);
            // Compiling for many requests takes longer than for one.
            if (index % 4 === 0)
              expect([one.caller, one.action, [...one.context], quickly(one)]).toEqual([
                one.caller,
                one.action,
                [...one.context],
                other,
              ]);
            requests += 1;
            seen[verdict] += 1;
            // Formulas settle some cases in which the interpreter, going step by step, meets an unknown.
            if (verdict === 'Unknown' && other !== 'Unknown') sharper += 1;
            else
              expect([one.caller, one.action, [...one.context], other]).toEqual([
                one.caller,
                one.action,
                [...one.context],
                verdict,
              ]);
          }
        },
      ),
      { numRuns: inventories, seed: 20_261_125, endOnFailure: true },
    );
    expect(requests).toBe(inventories * requestsEach);
    expect(sharper / requests).toBeLessThan(0.02);
    // Agreement on one verdict alone would show little.
    for (const count of Object.values(seen)) expect(count / requests).toBeGreaterThan(0.02);
  },
  timeoutMs,
);
