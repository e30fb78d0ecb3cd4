export { identityOf, variablesOf } from './atoms.js';
export type { Comparison, RequestAtom, Variable } from './atoms.js';
export { completedBy } from './complete.js';
export { compileRequest, isOpen, variablesOfEvery } from './residual.js';
export type { PartialRequest } from './question.js';
export { requestTheory } from './theory.js';
export type { Assignment } from './theory.js';
