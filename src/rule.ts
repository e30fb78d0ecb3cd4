// The rule author's kit: all that a rule needs, and the only module that it imports.

export { rule } from './lint/index.js';
export type {
  Attempt,
  Expectations,
  Scenario,
  Step,
  Suspicion,
  Unsimulated,
  View,
} from './lint/index.js';

export { findOutsiderAccess, outsiderScenario, type OutsiderAccess } from './lint/index.js';
export {
  actionsOf,
  keyStatementsOf,
  explainGuards,
  nameOf,
  nameOfKey,
  statementsOf,
  subjectOf,
} from './lint/index.js';

export { actionNames, findConditionKey, worksAcrossAccounts } from './facts/index.js';
export type { Condition, Statement } from './policy/index.js';
export { showText } from './source/index.js';

export {
  attemptsAtEverything,
  benchFor,
  findPlaced,
  isDoneBy,
  keyBenchFor,
  isSuccess,
  placedStatementsOf,
  plainly,
  stepsOf,
  type Place,
} from './lint/index.js';
export { conditionKeys, hasNoResource, servicePrefixes } from './facts/index.js';
export { matchesAction, nearestName } from './policy/index.js';
export { hasHole } from './source/index.js';
export type { Severity } from './source/index.js';
