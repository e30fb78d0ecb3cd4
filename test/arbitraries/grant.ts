import fc from 'fast-check';
import { grantOperations } from '../../src/facts/index.js';
import type { Grant } from '../../src/inventory/index.js';
import { callers } from './vocabulary.js';

const nowhere = { source: { path: 'grants.json', text: '' }, start: 0, end: 0 };

/** A grant to one of the shared callers, now and then with a constraint. */
export function grant(): fc.Arbitrary<Grant> {
  const grantee = fc.constantFrom(...callers.filter((caller) => caller !== 'anonymous'));
  const pairs = fc.constantFrom(
    new Map([['tenant', 'a']]),
    new Map([['Tenant', 'a']]),
    new Map([
      ['tenant', 'a'],
      ['stage', 'x'],
    ]),
  );
  return fc
    .record({
      id: fc.constantFrom('g1', 'g2', 'g3'),
      grantee,
      operations: fc.uniqueArray(fc.constantFrom(...grantOperations), {
        minLength: 1,
        maxLength: 6,
      }),
      retiringPrincipal: fc.option(grantee, { nil: undefined }),
      constraints: fc.option(
        fc.oneof(
          fc.record({ encryptionContextSubset: pairs }),
          fc.record({ encryptionContextEquals: pairs }),
          fc.record({ sourceArn: fc.constant('arn:aws:s3:::orders') }),
        ),
        { nil: undefined, freq: 2 },
      ),
    })
    .map(({ retiringPrincipal, constraints, ...rest }) => ({
      ...rest,
      ...(retiringPrincipal === undefined ? {} : { retiringPrincipal }),
      ...(constraints === undefined ? {} : { constraints }),
      span: nowhere,
    }));
}
