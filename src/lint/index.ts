export type { Confirmation, Finding } from './finding.js';
export { confirm } from './confirm.js';
export { detect } from './detect.js';
export type { Detected } from './detect.js';
export { lint } from './lint.js';
export type { LintResult, LintSettings, RefutedFinding, Timing } from './lint.js';
export { rule } from './rule.js';
export type {
  AnyRule,
  Attempt,
  Attempts,
  Expectations,
  FastCheck,
  Rule,
  RuleMeta,
  Scenario,
  Step,
  Suspicion,
  Unsimulated,
  View,
} from './rule.js';
export { explainGuards } from './kit/guards.js';
export { findOutsiderAccess, outsiderScenario } from './kit/outsider-access.js';
export type { OutsiderAccess } from './kit/outsider-access.js';
export {
  actionsOf,
  keyStatementsOf,
  nameOf,
  nameOfKey,
  statementsOf,
  subjectOf,
} from './kit/statements.js';
export { findPlaced, placedStatementsOf } from './kit/places.js';
export type { Place, PlacedStatement } from './kit/places.js';
export { allowing, benchFor, documentOf, keyBenchFor, standInKey } from './kit/stand-ins.js';
export { findHolder } from './kit/holders.js';
export { isRefused, isSuccess, simulatedActions, stageFor, stepsOf } from './kit/calls.js';
export { circumstancesFor, plainly } from './kit/circumstances.js';
export type { Circumstances } from './kit/circumstances.js';
export { areAllRefused, decideTry, findAllowed } from './kit/tries.js';
export type { Try } from './kit/tries.js';
export { insiderFreedom } from './kit/freedom.js';
export { attemptsAtEverything, isDoneBy } from './kit/every-call.js';
