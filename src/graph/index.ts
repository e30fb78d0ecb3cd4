export { whoCan } from './who-can.js';
export type { KeyAccess, PrincipalAccess } from './who-can.js';
export { answerGroup } from './group.js';
export type {
  AccessChange,
  AccessDifference,
  ChangedPrincipal,
  Reach,
  Turnover,
  UnknownChange,
} from './difference.js';
