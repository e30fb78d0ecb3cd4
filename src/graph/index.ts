export { whoCan } from './who-can.js';
export type { KeyAccess, PrincipalAccess } from './who-can.js';
export { answerGroup } from './group.js';
export type {
  AccessChange,
  AccessDifference,
  ChangedPrincipal,
  Turnover,
  UnknownChange,
} from './difference.js';
export { accessGraph } from './access-graph.js';
export type { AccessGraph, GraphEdge, GraphNode, NodeKind } from './access-graph.js';
export { escalationsTo } from './escalation.js';
export type { Escalation, Escalations } from './escalation.js';
export { stepText } from './escalation-step.js';
export type { Step } from './escalation-step.js';
export { whatCan } from './what-can.js';
export type { ActionAccess, ActionsOnKey } from './what-can.js';
export type { Via } from './via.js';
export { diffAccess } from './diff.js';
export { matchKeys } from './diff-keys.js';
export { needsOf } from './needs.js';
export { answerNeeds, unusedDecrypt } from './code-access.js';
export type { NeedAnswer } from './code-access.js';
