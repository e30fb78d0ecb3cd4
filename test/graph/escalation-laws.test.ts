import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { answer } from '../../src/authorization/answers/index.js';
import { decide } from '../../src/authorization/decide/index.js';
import { escalationsTo } from '../../src/graph/index.js';
import { inventoryWithWays } from '../arbitraries/inventory-with-ways.js';

/** A night's run looks at a hundred times as many. */
const inventories = Number(process.env['KEYPROOF_INVENTORIES'] ?? 1_000) / 25;

vi.setConfig({ testTimeout: 10_000 * Math.max(inventories, 10) });

test('an escalation starts where nothing is allowed, and ends in an Allow when its steps are carried out', () => {
  let replayed = 0;
  fc.assert(
    fc.property(inventoryWithWays(), (estate) => {
      const [key] = estate.keys;
      if (key === undefined) return;
      for (const path of escalationsTo(estate, 'kms:Decrypt', key).paths) {
        const { kind, steps, answer: last, after } = path;
        const { caller, before } = steps[0] ?? {};
        expect(caller).toBeDefined();
        if (caller === undefined || before === undefined) continue;
        const asked = { caller, action: 'kms:Decrypt', resource: key.arn, context: new Map() };
        expect(answer(before, asked).kind).toBe('never');
        for (const { answer: found, before: world } of steps) {
          if (found.kind === 'unknown') expect(kind).toBe('unknown');
          else expect(decide(world, found.example).decision).toBe('Allow');
        }
        if (last.kind === 'unknown') expect(kind).toBe('unknown');
        else expect(decide(after, last.example).decision).toBe('Allow');
        if (kind !== 'unknown') replayed += 1;
      }
    }),
    { numRuns: inventories, seed: 20_261_125, endOnFailure: true },
  );
  expect(replayed).toBeGreaterThan(inventories / 4);
});
