export { parsePolicyTests } from './parse.js';
export type {
  DecisionTest,
  ExpectedDecision,
  PolicyTest,
  PolicyTestFile,
  PolicyTestResult,
  QuestionTest,
  TestRequest,
} from './policy-test.js';
export { runPolicyTest } from './run.js';
