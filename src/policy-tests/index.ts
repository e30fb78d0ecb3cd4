export { parsePolicyTests } from './parse.js';
export type { DecisionTest, PolicyTest, PolicyTestFile, PolicyTestResult } from './policy-test.js';
export { runPolicyTest } from './run.js';
