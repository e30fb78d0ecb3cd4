export { cubesOf } from './cubes.js';
export type { Cube } from './cubes.js';
export { atomsOf, createFormulas } from './formula.js';
export type { Formula, Formulas, Literal } from './formula.js';
export { findWord } from './language.js';
export type { Membership, Wildcard, WildcardToken } from './language.js';
export { implies, solve } from './solve.js';
export type { Solution, Theory, TheoryVerdict } from './solve.js';
