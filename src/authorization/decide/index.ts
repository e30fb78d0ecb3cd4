export type { AppliedPolicies, Supply } from './applied.js';
export { noPolicies, pooled } from './applied.js';
export type { Authorization, LayerOutcome } from './authorization.js';
export { decide } from './decide.js';
export type { DecideOptions } from './decide.js';
export { evaluate } from './evaluate.js';
