import fc from 'fast-check';
import { answer } from '../../src/authorization/answers/index.js';
import type { Inventory } from '../../src/inventory/index.js';
import { runPolicyTest } from '../../src/policy-tests/index.js';
import type { PolicyTest } from '../../src/policy-tests/index.js';
import { invariant } from '../../src/source/index.js';
import { inventory } from '../arbitraries/inventory.js';
import { request } from '../arbitraries/request.js';
import { questionFiles } from '../authorization/answers/question-files.js';
import { compiled, decided, realistic } from '../authorization/compile/verdicts.js';

const inventories = 20;
const requestsEach = 15;

/** What shows that the compiler is wrong: agreement, honesty, or a worked answer; `undefined` where nothing does. */
export function findFlaw(): string | undefined {
  return findDisagreement() ?? findWrongAnswer();
}

function findDisagreement(): string | undefined {
  const estates = fc.sample(inventory(), { numRuns: inventories, seed: 20_261_125 });
  const asked = fc.sample(request(), { numRuns: inventories * requestsEach, seed: 20_261_125 });
  for (const [index, estate] of estates.entries()) {
    const batch = asked.slice(index * requestsEach, (index + 1) * requestsEach).map(realistic);
    for (const one of batch) {
      const verdict = decided(estate, one);
      const other = compiled(estate, one);
      if (verdict !== 'Unknown' && verdict !== other)
        return `agreement: ${verdict} against ${other}`;
    }
    for (const one of batch.slice(0, 2)) {
      if (isThrown(() => answer(estate, { ...one, context: new Map() })))
        return 'honesty: an example is not decided so';
    }
  }
  return undefined;
}

function findWrongAnswer(): string | undefined {
  for (const { name, tests, inventory: estate } of questionFiles()) {
    for (const one of tests) {
      if (
        isThrown(() => {
          expectPassed(one, estate);
        })
      )
        return `${name}: ${one.name}`;
    }
  }
  return undefined;
}

function expectPassed(one: PolicyTest, estate: Inventory): void {
  invariant(runPolicyTest(one, estate).passed, 'a worked answer is given');
}

// A broken invariant is how an answer shows that the interpreter does not confirm it.
function isThrown(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch {
    return true;
  }
}
