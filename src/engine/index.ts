export { createEngine } from './create-engine.js';
export type { EngineSettings } from './create-engine.js';
export { seededPorts } from './seeded-ports.js';
export type {
  AuthorizedRequest,
  Call,
  CallContext,
  ClockStep,
  Exchange,
  IamEvent,
  KmsCall,
  KmsCallOf,
  KmsException,
  ObjectEncryption,
  ServiceCall,
} from './call.js';
export type { Clock, CloudTrailEvent, CloudTrailResource, Engine, Entropy } from './engine.js';
export type { EncryptionContext, KeyMetadata, KmsInputs, KmsOutputs } from './operations.js';
