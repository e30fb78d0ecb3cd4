export { cubesOf } from './cubes.js';
export type { Cube } from './cubes.js';
export { atomsOf, createFormulas } from './formula.js';
export type { Constant, Formula, Formulas, Junction, Literal } from './formula.js';
export { findWord } from './language.js';
export type { Membership, Wildcard, WildcardToken, Word } from './language.js';
export { solve } from './solve.js';
export type { Solution, Theory, TheoryVerdict } from './solve.js';
