export { actionNames, findAction, hasNoResource, worksAcrossAccounts } from './actions.js';
export type { Action } from './actions.js';
export {
  canCarry,
  conditionKeys,
  findConditionKey,
  keyConditionKeys,
} from './condition-keys/index.js';
export {
  encryptionAlgorithms,
  grantOperations,
  keyOrigins,
  keySpecs,
  keyStates,
  keyUsages,
} from './enums.js';
export type {
  EncryptionAlgorithm,
  GrantOperation,
  KeyOrigin,
  KeySpec,
  KeyState,
  KeyUsage,
} from './enums.js';
export { asymmetricPlaintextBytes, limits } from './limits.js';
export { operations } from './operations/index.js';
export type { OperationName, SimulatedOperation } from './operations/index.js';
export { rcpServices, servicePrefixes } from './services.generated.js';
export { resourcePolicyServices } from './resource-policy-services.js';
export { findServiceCall, managedKeyPolicy } from './service-profiles.js';
export type { ServiceProfile } from './service-profiles.js';
export type { ConditionKey, KeyIdForm, KeyStateRule, Operation, StateException } from './types.js';
export { viaServices } from './via-services.js';
