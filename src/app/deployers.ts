import { answer } from '../authorization/answers/index.js';
import { matchKeys } from '../graph/index.js';
import { findCaller, sayTheSame, type Inventory, type Key } from '../inventory/index.js';
import type { Text } from '../source/index.js';

/** A changed key policy that nobody who deploys could change again. */
export interface KeptOut {
  readonly key: Key;
  readonly deployers: readonly Text[];
}

/**
 * The keys whose policy a change writes and that no configured deployer of their account may give another
 * policy afterwards. Those that none could give one before are left out: the change does not shut them.
 */
export function deployersKeptOut(
  before: Inventory,
  after: Inventory,
  deployers: readonly Text[],
): readonly KeptOut[] {
  if (deployers.length === 0) return [];
  const matched = matchKeys(before, after);
  return matched.keys.flatMap(({ before: old, after: key, status }): readonly KeptOut[] => {
    if (status === 'removed' || sayTheSame(old.policy, key.policy)) return [];
    const ours = deployers.filter((name) => isOf(matched.after, name, key));
    const isShut = ours.length > 0 && ours.every((name) => isNever(matched.after, name, key));
    const wasShut = status === 'kept' && ours.every((name) => isNever(matched.before, name, old));
    return isShut && !wasShut ? [{ key, deployers: ours }] : [];
  });
}

function isOf(inventory: Inventory, name: Text, { account }: Key): boolean {
  const caller = findCaller(inventory, name);
  return caller !== undefined && 'account' in caller && caller.account === account;
}

function isNever(inventory: Inventory, name: Text, key: Key): boolean {
  const caller = findCaller(inventory, name);
  if (caller === undefined) return false;
  const request = { caller, action: 'kms:PutKeyPolicy', resource: key.arn, context: new Map() };
  return answer(inventory, request).kind === 'never';
}
