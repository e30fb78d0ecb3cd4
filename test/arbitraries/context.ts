import fc from 'fast-check';
import { createContext, type Context, type ContextValue } from '../../src/inventory/index.js';
import { conditionKeys } from './vocabulary.js';

/** The context of a request: each shared condition key absent, or with one of its values. */
export function context(): fc.Arbitrary<Context> {
  const entry = fc
    .constantFrom(...conditionKeys)
    .chain(({ key, requestValues }) =>
      fc.tuple(fc.constant(key), fc.constantFrom<ContextValue>(...requestValues)),
    );
  return fc
    .uniqueArray(entry, { selector: ([key]) => key, maxLength: 8 })
    .map((entries) => createContext(Object.fromEntries(entries)));
}
