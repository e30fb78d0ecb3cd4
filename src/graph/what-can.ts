import { answer } from '../authorization/answers/index.js';
import type { Answer } from '../authorization/answers/index.js';
import { actionNames, findAction, hasNoResource } from '../facts/index.js';
import { distinctMissing } from '../inventory/index.js';
import type { Caller, Inventory, Key, Missing } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { viaOf } from './via.js';
import type { Via } from './via.js';

/** What one principal may do with one key. */
export interface ActionsOnKey {
  /** The key's ARN, or `*` for actions that are about no key, such as `kms:CreateKey`. */
  readonly key: Text;
  /** Those of which it is not certain that the principal never may, by name. */
  readonly actions: readonly ActionAccess[];
  /** What would be needed to know more. */
  readonly missing: readonly Missing[];
  readonly assumed: readonly Missing[];
}

export interface ActionAccess {
  /** `kms:Decrypt`. */
  readonly action: string;
  readonly answer: Exclude<Answer, { kind: 'never' }>;
  readonly via: readonly Via[];
}

/**
 * What a principal may do with each of the keys, and then with none, as `kms:ListKeys`: every action of
 * KMS, over all contexts. An action on an alias counts by the permission that it needs on the key.
 */
export function whatCan(
  inventory: Inventory,
  caller: Caller,
  keys: readonly Key[],
  actions: readonly string[] = actionNames,
): readonly ActionsOnKey[] {
  const onKeys = actions.filter(isOnKey);
  const onNone = actions.filter(hasNoResource);
  return [
    ...keys.map((key) => actionsOn(inventory, caller, key, onKeys)),
    ...(onNone.length === 0 ? [] : [actionsOn(inventory, caller, undefined, onNone)]),
  ];
}

// What only a permission names, and no operation, is asked for on a key as well.
function isOnKey(action: string): boolean {
  return findAction(action)?.operation.resources.includes('key') ?? true;
}

function actionsOn(
  inventory: Inventory,
  caller: Caller,
  key: Key | undefined,
  actions: readonly string[],
): ActionsOnKey {
  const resource = key?.arn ?? '*';
  const allowed: ActionAccess[] = [];
  const missing: Missing[] = [];
  const assumed: Missing[] = [];
  for (const action of actions) {
    const found = answer(inventory, { caller, action, resource, context: new Map() });
    assumed.push(...found.assumed);
    if (found.kind === 'never') continue;
    if (found.kind === 'unknown') missing.push(...found.missing);
    allowed.push({ action, answer: found, via: key === undefined ? [] : viaOf(found, key) });
  }
  return {
    key: resource,
    actions: allowed,
    missing: distinctMissing(missing),
    assumed: distinctMissing(assumed),
  };
}
