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
