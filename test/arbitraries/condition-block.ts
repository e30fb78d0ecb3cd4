import fc from 'fast-check';
import { conditionKeys } from './vocabulary.js';

/** The JSON of a `Condition` element: one to three operators over the shared condition keys. */
export function conditionBlock(): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return fc.array(condition(), { minLength: 1, maxLength: 3 }).map((conditions) => {
    const block: Record<string, Record<string, readonly string[]>> = {};
    for (const [operator, key, values] of conditions) (block[operator] ??= {})[key] = values;
    return block;
  });
}

function condition(): fc.Arbitrary<
  readonly [operator: string, key: string, values: readonly string[]]
> {
  return fc.constantFrom(...conditionKeys).chain(({ key, operators, policyValues }) =>
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.tuple(
          fc.constantFrom(...operators),
          fc.constant(key),
          fc.uniqueArray(fc.constantFrom(...policyValues), { minLength: 1, maxLength: 2 }),
        ),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(
          fc.constant('Null'),
          fc.constant(key),
          fc.constantFrom(['true'], ['false']),
        ),
      },
    ),
  );
}
