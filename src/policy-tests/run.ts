import { decide, evaluate, type Authorization } from '../authorization/decide/index.js';
import { createContext, findCaller, type Inventory, type Request } from '../inventory/index.js';
import type { DecisionTest, ExpectedDecision, PolicyTestResult } from './policy-test.js';

/** Decides the request of a test, by its own policies or else by those of the inventory. */
export function runPolicyTest(test: DecisionTest, inventory: Inventory): PolicyTestResult {
  const { decision, layers, missing } = decisionOf(test, inventory);
  return {
    test,
    actual: decision,
    passed: isAsExpected(decision, test.expect),
    because: layers.filter(({ outcome }) => outcome === 'allows' || outcome === 'denies'),
    missing,
  };
}

function decisionOf(test: DecisionTest, inventory: Inventory): Authorization {
  const { principal, action, resource, resourceAccount, context } = test.request;
  const caller = test.request.caller ?? findCaller(inventory, principal);
  if (caller === undefined) return nobody(principal);
  const request: Request = {
    caller,
    action,
    resource,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context: createContext(context),
  };
  return test.policies === undefined
    ? decide(inventory, request)
    : evaluate(test.policies, request);
}

function nobody(principal: string): Authorization {
  const detail = 'who that is: neither an ARN nor listed in the inventory';
  return {
    decision: 'Unknown',
    layers: [],
    missing: [{ layer: 'attribute', of: principal, detail }],
    assumed: [],
  };
}

function isAsExpected(actual: Authorization['decision'], expected: ExpectedDecision): boolean {
  if (expected === 'Deny') return actual === 'ImplicitDeny' || actual === 'ExplicitDeny';
  return actual === expected;
}
