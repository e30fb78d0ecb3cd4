import { operations, type SimulatedOperation } from '../../facts/index.js';
import type { Key } from '../../inventory/index.js';
import type { Scene } from '../operation.js';
import type { Ask, Values } from '../request.js';
import { resolveKey, type Named } from '../resolve.js';
import { succeeded, type Result } from '../result.js';

/** The permission of an operation that has one, on a key. */
export function onKey(name: SimulatedOperation, key: Key, values: Values = {}): readonly Ask[] {
  return operations[name].actions.map((action) => askOnKey(action, key, values));
}

export function askOnKey(action: string, key: Key, values: Values = {}): Ask {
  return { action, resource: key.arn, resourceAccount: key.account, values };
}

/** A permission that IAM policies give on no key in particular. */
export function onNothing(action: string, values: Values = {}): Ask {
  return { action, resource: '*', values };
}

/** The key under `KeyId`, by the forms that the operation takes. */
export function named(scene: Scene, name: SimulatedOperation, reference: string): Result<Named> {
  return resolveKey(scene, reference, operations[name].keyIdForms);
}

/** As {@link named}, for operations that are about that one key. */
export function theKey(
  name: SimulatedOperation,
): (scene: Scene, input: { readonly KeyId: string }) => Result<{ readonly key: Key }> {
  return (scene, { KeyId }) => {
    const found = named(scene, name, KeyId);
    return found.kind === 'failed' ? found : succeeded({ key: found.value.key });
  };
}

/** The alias that a reference to a key goes by, as a condition key. */
export function aliasValues(scene: Scene, name: SimulatedOperation, reference: string): Values {
  const found = named(scene, name, reference);
  return found.kind === 'failed' ? {} : { 'kms:RequestAlias': found.value.alias };
}
