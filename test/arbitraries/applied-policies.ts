import fc from 'fast-check';
import {
  noPolicies,
  type AppliedPolicies,
  type Supply,
} from '../../src/authorization/decide/index.js';
import type { PolicyKind } from '../../src/policy/index.js';
import { grant } from './grant.js';
import { policy } from './policy.js';

/** Policies of every layer, limits often left out, that decide about a KMS key. */
export function appliedPolicies(): fc.Arbitrary<AppliedPolicies> {
  return fc.record({
    identity: supply('identity', 1, 2),
    resource: supply('key-policy', 1, 1),
    boundary: limit(supply('boundary', 1, 1)),
    session: limit(supply('session', 1, 1)),
    scps: limit(levels('scp')),
    rcps: limit(levels('rcp')),
    endpoint: limit(supply('endpoint', 1, 1)),
    grants: fc.array(grant(), { maxLength: 2 }),
  });
}

function supply(kind: PolicyKind, minLength: number, maxLength: number): fc.Arbitrary<Supply> {
  return fc
    .array(policy(kind), { minLength, maxLength })
    .map((documents) => ({ levels: [documents] }));
}

function levels(kind: PolicyKind): fc.Arbitrary<Supply> {
  const level = fc.array(policy(kind), { minLength: 1, maxLength: 2 });
  return fc.array(level, { minLength: 1, maxLength: 2 }).map((all) => ({ levels: all }));
}

function limit(arbitrary: fc.Arbitrary<Supply>): fc.Arbitrary<Supply> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(noPolicies) }, { weight: 1, arbitrary });
}
