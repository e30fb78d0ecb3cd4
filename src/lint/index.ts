export type { Confirmation, Finding } from './finding.js';
export { rule } from './rule.js';
export type {
  AnyRule,
  Attempt,
  Expectations,
  FastCheck,
  Rule,
  RuleMeta,
  Scenario,
  Suspicion,
  Unsimulated,
  View,
} from './rule.js';
