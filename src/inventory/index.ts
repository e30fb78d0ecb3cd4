export type * from './inventory.js';
export type * from './code.js';
export { parseAccessDenied, policyTypeNames } from './access-denied.js';
export type { AccessDenied, Refusal } from './access-denied.js';
export { arnOfCaller, parseCaller } from './caller.js';
export type { Caller, RoleSession } from './caller.js';
export { createContext, deriveContext, encryptionContextOf, findValue } from './context.js';
export {
  findAccount,
  findAliases,
  findCaller,
  findDependant,
  findKey,
  findKeys,
  findPrincipal,
  findPrincipals,
  identityPoliciesOf,
  isComplete,
  keyIdOf,
  suppliedPoliciesOf,
  withPrincipals,
} from './find.js';
export type { Context, ContextValue, Layer, Missing, Request, UnknownValue } from './request.js';
export { documentsOf, withDocuments } from './documents.js';
export type { OwnedDocument, Owner } from './documents.js';
export { groundings } from './ground.js';
export type { Grounding } from './ground.js';
export { identityName, withUniqueId } from './unique-id.js';
export type { Identity } from './unique-id.js';
export { emptyInventory } from './empty.js';
export { imagined, imaginedPrincipal } from './imagined.js';
export { merge } from './merge.js';
export { distinctMissing, withoutMissing } from './missing.js';
export { separate } from './separate.js';
export { isServiceLinked } from './service-linked.js';
export { withUnitFacts, withUnitFactsIn } from './unit-facts.js';
export type { UnitFacts } from './unit-facts.js';
export { sayTheSame } from './same.js';
