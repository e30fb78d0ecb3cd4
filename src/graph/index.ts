export { whoCan } from './who-can.js';
export type { KeyAccess, PrincipalAccess } from './who-can.js';
export type { Via } from './via.js';
export { answerGroup } from './group.js';
export type { GroupAnswer } from './group.js';
