import fc from 'fast-check';
import { parseCaller, type Request } from '../../src/inventory/index.js';
import { invariant } from '../../src/source/index.js';
import { context } from './context.js';
import { actions, callers, keyArns } from './vocabulary.js';

/** A request of one of the shared callers for one of the shared keys. */
export function request(): fc.Arbitrary<Request> {
  return fc
    .record({
      caller: fc.constantFrom(...callers),
      action: fc.constantFrom(...actions),
      resource: fc.constantFrom(...keyArns),
      context: context(),
    })
    .map(({ caller: text, ...rest }) => {
      const caller = parseCaller(text);
      invariant(caller !== undefined, 'a generated caller can make requests');
      return { caller, ...rest };
    });
}
