import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compileRequest,
  completedBy,
  identityOf,
} from '../../../src/authorization/compile/index.js';
import type { RequestAtom } from '../../../src/authorization/compile/index.js';
import { decide } from '../../../src/authorization/decide/index.js';
import type { Inventory, Request } from '../../../src/inventory/index.js';
import { createFormulas } from '../../../src/logic/index.js';
import { inventory } from '../../arbitraries/inventory.js';
import { request } from '../../arbitraries/request.js';

// The two deciders share nothing but the matching of single texts, so that each checks the other.

/** A night's run looks at a hundred times as many. */
const inventories = Number(process.env['KEYPROOF_INVENTORIES'] ?? 1_000);
const requestsEach = 100;

type Verdict = 'Allow' | 'Deny' | 'Unknown';

function decided(estate: Inventory, asked: Request): Verdict {
  const { decision } = decide(estate, asked);
  return decision === 'Allow' || decision === 'Unknown' ? decision : 'Deny';
}

function compiled(estate: Inventory, asked: Request): Verdict {
  const formulas = createFormulas<RequestAtom>(identityOf);
  const formula = compileRequest(formulas, estate, asked);
  const completed = formulas.evaluate(formula, completedBy(estate, asked));
  if (completed.kind !== 'constant') return 'Unknown';
  return completed.value ? 'Allow' : 'Deny';
}

// What every real request has, and generated ones may lack.
function realistic(asked: Request): Request {
  const context = new Map(asked.context);
  if (!context.has('aws:currenttime')) context.set('aws:currenttime', '2026-11-25T12:00:00Z');
  if (asked.caller.kind === 'role-session' && !context.has('aws:tokenissuetime')) {
    context.set('aws:tokenissuetime', '2026-11-25T11:00:00Z');
  }
  if (asked.action === 'kms:CreateGrant' && !context.has('kms:grantoperations')) {
    context.set('kms:grantoperations', ['Decrypt']);
  }
  return { ...asked, context };
}

test('the compiled formula, completed by a request, is what the interpreter decides', () => {
  let requests = 0;
  let sharper = 0;
  fc.assert(
    fc.property(
      inventory(),
      fc.array(request(), { minLength: requestsEach, maxLength: requestsEach }),
      (estate, asked) => {
        for (const one of asked.map(realistic)) {
          const verdict = decided(estate, one);
          const other = compiled(estate, one);
          requests += 1;
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
});
