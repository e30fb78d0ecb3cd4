import { decide, type Authorization } from '../../authorization/decide/index.js';
import { canCarry } from '../../facts/index.js';
import { parseCaller, type ContextValue, type Inventory } from '../../inventory/index.js';
import { invariant, type Text } from '../../source/index.js';
import { contextOf, type Circumstances } from './circumstances.js';

/** Somebody tries an action on a key. Plain data, so that claims can hold it. */
export interface Try {
  /** The ARN of a user, role, session or account root, or a service principal. */
  readonly caller: Text;
  /** `kms:Decrypt`. */
  readonly action: string;
  /** The ARN of the key. */
  readonly key: Text;
  readonly circumstances: Circumstances;
  /** Condition keys that follow from the parameters of the call, such as `kms:GranteePrincipal`. */
  readonly parameters?: Readonly<Record<string, ContextValue>>;
}

/** What the policies of an inventory say to a try. */
export function decideTry(inventory: Inventory, one: Try): Authorization {
  const caller = parseCaller(one.caller);
  invariant(caller !== undefined, 'only who can make a request tries one');
  return decide(inventory, {
    caller,
    action: one.action,
    resource: one.key,
    context: contextOf(possible(one), one.parameters ?? parametersOf(one)),
  });
}

/** Without an encryption context where the action has none. */
function possible({ action, circumstances }: Try): Circumstances {
  return canCarry(action, 'kms:EncryptionContext:any')
    ? circumstances
    : { ...circumstances, encryptionContext: {} };
}

/** What follows from the parameters with which a try is made, see `stepsOf`. */
function parametersOf({ action, caller }: Try): NonNullable<Try['parameters']> {
  return action === 'kms:CreateGrant'
    ? { 'kms:GranteePrincipal': caller, 'kms:GrantOperations': ['Decrypt'] }
    : {};
}

/** The first of some tries that the policies allow. */
export function findAllowed<T extends Try>(
  inventory: Inventory,
  tries: Iterable<T>,
): T | undefined {
  for (const one of tries) {
    if (decideTry(inventory, one).decision === 'Allow') return one;
  }
  return undefined;
}

/** Whether all tries are certainly refused; `undefined`: none is allowed, and of some nobody can tell. */
export function areAllRefused(inventory: Inventory, tries: Iterable<Try>): boolean | undefined {
  let result: boolean | undefined = true;
  for (const one of tries) {
    const { decision } = decideTry(inventory, one);
    if (decision === 'Allow') return false;
    if (decision === 'Unknown') result = undefined;
  }
  return result;
}
