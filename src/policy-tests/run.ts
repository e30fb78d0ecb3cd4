import { answer, answerCall } from '../authorization/answers/index.js';
import { decide, evaluate, type Authorization } from '../authorization/decide/index.js';
import { answerGroup } from '../graph/index.js';
import {
  createContext,
  findCaller,
  findKey,
  type Inventory,
  type Request,
} from '../inventory/index.js';
import type {
  DecisionTest,
  ExpectedDecision,
  PolicyTest,
  PolicyTestResult,
  QuestionTest,
} from './policy-test.js';

/**
 * Decides the request of a test, by its own policies or else by those of the inventory, or answers its
 * question over all contexts.
 */
export function runPolicyTest(test: PolicyTest, inventory: Inventory): PolicyTestResult {
  return test.kind === 'decision' ? runDecision(test, inventory) : runQuestion(test, inventory);
}

function runQuestion(test: QuestionTest, inventory: Inventory): PolicyTestResult {
  const { principals, action, resource, context } = test.question;
  if (!action.toLowerCase().startsWith('kms:')) return runServiceQuestion(test, inventory);
  const key = findKey(inventory, resource);
  const found = key && answerGroup(inventory, principals, action, key, createContext(context));
  if (found === undefined) {
    const { missing } = key === undefined ? noKey(resource) : nobody(principals);
    return { test, actual: 'unknown', passed: test.expect === 'unknown', because: [], missing };
  }
  return {
    test,
    actual: found.kind,
    passed: found.kind === test.expect,
    because: found.members.flatMap(({ answer }) =>
      answer.kind === 'never' ? [] : answer.layers.filter(({ outcome }) => outcome === 'allows'),
    ),
    missing: found.members.flatMap(({ answer }) =>
      answer.kind === 'unknown' ? answer.missing : [],
    ),
  };
}

// What is asked of another service, with what that asks of KMS.
function runServiceQuestion(test: QuestionTest, inventory: Inventory): PolicyTestResult {
  const { principals, action, resource, context } = test.question;
  const caller = findCaller(inventory, principals);
  if (caller === undefined) {
    const { missing } = nobody(principals);
    return { test, actual: 'unknown', passed: test.expect === 'unknown', because: [], missing };
  }
  const request = { caller, action, resource, context: createContext(context) };
  const found = answerCall(inventory, request) ?? answer(inventory, request);
  return {
    test,
    actual: found.kind,
    passed: found.kind === test.expect,
    because: found.layers.filter(({ outcome }) => outcome === 'allows' || outcome === 'denies'),
    missing: found.kind === 'unknown' ? found.missing : [],
  };
}

function runDecision(test: DecisionTest, inventory: Inventory): PolicyTestResult {
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

function noKey(resource: string): Authorization {
  return unknown(resource, 'which key that is: none in the inventory is called so');
}

function nobody(principal: string): Authorization {
  return unknown(principal, 'who that is: neither an ARN nor listed in the inventory');
}

function unknown(of: string, detail: string): Authorization {
  return {
    decision: 'Unknown',
    layers: [],
    missing: [{ layer: 'attribute', of, detail }],
    assumed: [],
  };
}

function isAsExpected(actual: Authorization['decision'], expected: ExpectedDecision): boolean {
  if (expected === 'Deny') return actual === 'ImplicitDeny' || actual === 'ExplicitDeny';
  return actual === expected;
}
