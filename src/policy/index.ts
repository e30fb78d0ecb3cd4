export type * from './document.js';
export type { Operator } from './operator.js';
export type { PrincipalForm } from './principal.js';
