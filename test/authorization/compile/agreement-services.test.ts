import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceEstate, serviceRequest } from '../../arbitraries/service-call.js';
import { compiled, compiledForMany, decided, realistic } from './verdicts.js';

/** A night's run looks at a hundred times as many. */
const inventories = Number(process.env['KEYPROOF_INVENTORIES'] ?? 300);
const requestsEach = 50;

test(
  'the two deciders agree on buckets and queues as they do on keys',
  () => {
    let requests = 0;
    let sharper = 0;
    const seen = { Allow: 0, Deny: 0, Unknown: 0 };
    fc.assert(
      fc.property(
        serviceEstate(),
        fc.array(serviceRequest(), { minLength: requestsEach, maxLength: requestsEach }),
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
            if (verdict === 'Unknown' && other !== 'Unknown') sharper += 1;
            else
              expect([one.caller, one.action, one.resource, [...one.context], other]).toEqual([
                one.caller,
                one.action,
                one.resource,
                [...one.context],
                verdict,
              ]);
          }
        },
      ),
      { numRuns: inventories, seed: 20_261_125, endOnFailure: true },
    );
    expect(requests).toBe(inventories * requestsEach);
    expect(sharper / requests).toBeLessThan(0.05);
    for (const count of Object.values(seen)) expect(count / requests).toBeGreaterThan(0.02);
  },
  1_000 * inventories,
);
