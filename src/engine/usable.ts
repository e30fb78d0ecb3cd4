import { operations, type SimulatedOperation } from '../facts/index.js';
import type { Key } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import type { KmsException } from './call.js';
import { exception } from './exceptions.js';
import { specOf, stateOf, usageOf } from './key-facts.js';

/** Whether a key is in the wrong state or of the wrong kind for an operation, by the fact tables. */
export function unusable(name: SimulatedOperation, keys: readonly Key[]): KmsException | undefined {
  const { keyStates, keyUsages, keySpecs } = operations[name];
  for (const key of keys) {
    const rule = keyStates?.[stateOf(key)] ?? 'ok';
    if (rule !== 'ok') return exception(rule, stateMessages[stateOf(key)](key.arn));
    const isUsable = keyUsages?.includes(usageOf(key)) ?? true;
    if (!isUsable || keySpecs?.includes(specOf(key)) === false) {
      const what = isUsable ? `key spec is ${specOf(key)}` : `key usage is ${usageOf(key)}`;
      return exception(
        'InvalidKeyUsageException',
        `${key.arn} ${what} which is not valid for ${name}.`,
      );
    }
  }
  return undefined;
}

const stateMessages: Readonly<Record<ReturnType<typeof stateOf>, (arn: Text) => string>> = {
  Enabled: (arn) => `${arn} is enabled.`,
  Disabled: (arn) => `${arn} is disabled.`,
  PendingDeletion: (arn) => `${arn} is pending deletion.`,
  PendingReplicaDeletion: (arn) => `${arn} is pending replica deletion.`,
  PendingImport: (arn) => `${arn} is pending import.`,
  Unavailable: (arn) => `${arn} is unavailable.`,
  Creating: (arn) => `${arn} is creating.`,
  Updating: (arn) => `${arn} is updating.`,
};
