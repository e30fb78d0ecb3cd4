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
export type { Clock, CloudTrailEvent, Engine, Entropy } from './engine.js';
export type { EncryptionContext, KeyMetadata, KmsInputs, KmsOutputs } from './operations.js';
