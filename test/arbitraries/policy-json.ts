import fc from 'fast-check';
import type { PolicyKind } from '../../src/policy/index.js';
import { conditionBlock } from './condition-block.js';
import { actionPatterns, principals, resourcePatterns } from './vocabulary.js';

/** The JSON of a policy of a kind, one to four statements over the shared vocabulary. */
export function policyJson(kind: PolicyKind): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return fc.record({
    Version: fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
    Statement: fc.array(statement(kind), { minLength: 1, maxLength: 4 }),
  });
}

function statement(kind: PolicyKind): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return fc
    .tuple(
      fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      principalElement(kind),
      element('Action', actionPatterns),
      kind === 'key-policy'
        ? fc.constant({ Resource: '*' })
        : element('Resource', resourcePatterns),
      fc.option(conditionBlock(), { nil: undefined, freq: 2 }),
    )
    .map(([effect, principal, action, resource, condition]) => ({
      Effect: effect,
      ...principal,
      ...action,
      ...resource,
      ...(condition === undefined ? {} : { Condition: condition }),
    }));
}

function principalElement(kind: PolicyKind): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  switch (kind) {
    case 'identity':
    case 'boundary':
    case 'session':
    case 'scp':
    case 'unknown':
      return fc.constant({});
    case 'rcp':
      return fc.constant({ Principal: '*' });
    case 'key-policy':
    case 'resource':
    case 'endpoint':
    case 'trust':
      return fc.oneof(
        { weight: 12, arbitrary: fc.record({ Principal: fc.constantFrom(...principals) }) },
        {
          weight: 1,
          arbitrary: fc.record({ NotPrincipal: fc.constantFrom(...principals.slice(2)) }),
        },
      );
  }
}

function element(
  name: 'Action' | 'Resource',
  patterns: readonly string[],
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const some = fc.uniqueArray(fc.constantFrom(...patterns), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 8, arbitrary: some.map((chosen) => ({ [name]: chosen })) },
    { weight: 1, arbitrary: some.map((chosen) => ({ [`Not${name}`]: chosen })) },
  );
}
