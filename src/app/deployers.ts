import { answer } from '../authorization/answers/index.js';
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
  const earlier = new Map(before.keys.map((key) => [key.arn, key]));
  return after.keys.flatMap((key): readonly KeptOut[] => {
    const old = earlier.get(key.arn);
    if (key.policy === undefined || (old !== undefined && sayTheSame(old.policy, key.policy)))
      return [];
    const ours = deployers.filter((name) => isOf(after, name, key));
    const isShut = ours.length > 0 && ours.every((name) => isNever(after, name, key));
    const wasShut = old !== undefined && ours.every((name) => isNever(before, name, old));
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
