export { whoCan } from './who-can.js';
export type { KeyAccess, PrincipalAccess } from './who-can.js';
export type { Via } from './via.js';
