import { test } from 'vitest';
import { inventory } from '../../arbitraries/inventory.js';
import { request } from '../../arbitraries/request.js';
import { expectAgreement } from './agree.js';

/** A night's run looks at a hundred times as many. */
const inventories = Number(process.env['KEYPROOF_INVENTORIES'] ?? 1_000);
/** Many times what it takes on an idle machine. */
const timeoutMs = 1_000 * inventories;

test(
  'the compiled formula, completed by a request, is what the interpreter decides',
  () => {
    expectAgreement(inventory(), request(), { inventories, requestsEach: 100, sharperMax: 0.02 });
  },
  timeoutMs,
);
