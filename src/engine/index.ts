export type {
  Call,
  ClockStep,
  Exchange,
  IamEvent,
  KmsCall,
  KmsCallOf,
  KmsException,
  ServiceCall,
} from './call.js';
export type { Clock, CloudTrailEvent, Engine, Entropy } from './engine.js';
export type { EncryptionContext, KeyMetadata, KmsInputs, KmsOutputs } from './operations.js';
