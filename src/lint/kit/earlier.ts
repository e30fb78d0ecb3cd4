import { findKeys, sayTheSame, type Inventory, type Key } from '../../inventory/index.js';

/**
 * The key as it stood before a change: the one of its ARN, or else of its logical address, since the ARN
 * of a key that is replaced is known only once there is one. `undefined` where the change creates it, or
 * where the input tells of no change.
 */
function earlierKey({ before }: Inventory, key: Key): Key | undefined {
  if (before === undefined) return undefined;
  return findKeys(before, key.arn)[0] ?? before.keys.find((one) => isSameThing(one, key));
}

/** Whether a change leaves a key, its policy and its grants as they were. */
export function isLeftAlone(inventory: Inventory, key: Key): boolean {
  const earlier = earlierKey(inventory, key);
  if (earlier === undefined || key.replaced === true) return false;
  return sayTheSame(earlier.policy, key.policy) && sayTheSame(earlier.grants, key.grants);
}

function isSameThing(a: Key, b: Key): boolean {
  return a.address === b.address && a.unit === b.unit;
}
