export { answer } from './answer.js';
export type { Answer } from './answer.js';
export type { AnswerCondition } from './conditions.js';
export { nearestChanges } from './nearest.js';
export type { NearestChange } from './nearest.js';
export type { PartialRequest } from '../compile/index.js';
export { compare } from './compare.js';
export type { ComparedSide, Contrast } from './compare.js';
