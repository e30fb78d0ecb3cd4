import { test } from 'vitest';
import { serviceEstate, serviceRequest } from '../../arbitraries/service-call.js';
import { expectAgreement } from './agree.js';

/** A night's run looks at a hundred times as many. */
const inventories = Number(process.env['KEYPROOF_INVENTORIES'] ?? 300);

test(
  'the two deciders agree on buckets and queues as they do on keys',
  () => {
    const sizes = { inventories, requestsEach: 50, sharperMax: 0.05 };
    expectAgreement(serviceEstate(), serviceRequest(), sizes);
  },
  1_000 * inventories,
);
