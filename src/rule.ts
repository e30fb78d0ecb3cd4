// The rule author's kit: all that a rule needs, and the only module that it imports.

// What a rule is, and what it is written with.
export * from './lint/index.js';

// The vocabulary below.
export type { Call, CallContext, Exchange } from './engine/index.js';
export {
  actionNames,
  asymmetricPlaintextBytes,
  conditionKeys,
  findConditionKey,
  hasNoResource,
  limits,
  operations,
  servicePrefixes,
  viaServices,
  worksAcrossAccounts,
} from './facts/index.js';
export {
  documentsOf,
  emptyInventory,
  findKey,
  findKeys,
  findPrincipal,
  isComplete,
  keyIdOf,
  parseCaller,
  sayTheSame,
} from './inventory/index.js';
export type {
  CodeCall,
  CodeSize,
  CodeUse,
  CodeValue,
  Dependant,
  EventSelector,
  Grant,
  Inventory,
  Key,
  OwnedDocument,
  Owner,
  Principal,
  Trail,
} from './inventory/index.js';
export {
  matchesAction,
  matchesArn,
  matchesWildcard,
  nearestName,
  parseArn,
  printPolicy,
  variablesOf,
} from './policy/index.js';
export type { Condition, PolicyDocument, PrincipalEntry, Statement } from './policy/index.js';
export { equalTexts, hasHole, showText } from './source/index.js';
export type { Severity, Span, Text } from './source/index.js';
