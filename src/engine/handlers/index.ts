import type { SimulatedOperation } from '../../facts/index.js';
import type { Operation } from '../operation.js';
import type { KmsInputs, KmsOutputs } from '../operations.js';
import { createAlias, deleteAlias, listAliases, updateAlias } from './aliases.js';
import {
  decrypt,
  encrypt,
  generateDataKey,
  generateDataKeyWithoutPlaintext,
  reEncrypt,
} from './cryptographic.js';
import { createGrant, listGrants, retireGrant, revokeGrant } from './grants.js';
import { getKeyPolicy, putKeyPolicy } from './key-policies.js';
import { createKey, describeKey } from './keys.js';
import { cancelKeyDeletion, disableKey, enableKey, scheduleKeyDeletion } from './lifecycle.js';
import { replicateKey } from './replicas.js';

/** One handler for each operation that the facts mark `simulated`; one without does not compile. */
export const handlers: {
  readonly [Name in SimulatedOperation]: Operation<KmsInputs[Name], KmsOutputs[Name]>;
} = {
  CancelKeyDeletion: cancelKeyDeletion,
  CreateAlias: createAlias,
  CreateGrant: createGrant,
  CreateKey: createKey,
  Decrypt: decrypt,
  DeleteAlias: deleteAlias,
  DescribeKey: describeKey,
  DisableKey: disableKey,
  EnableKey: enableKey,
  Encrypt: encrypt,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
  GetKeyPolicy: getKeyPolicy,
  ListAliases: listAliases,
  ListGrants: listGrants,
  PutKeyPolicy: putKeyPolicy,
  ReEncrypt: reEncrypt,
  ReplicateKey: replicateKey,
  RetireGrant: retireGrant,
  RevokeGrant: revokeGrant,
  ScheduleKeyDeletion: scheduleKeyDeletion,
  UpdateAlias: updateAlias,
};
