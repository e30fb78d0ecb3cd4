import { matchKeys } from '../graph/index.js';
import { sayTheSame, type Inventory, type Key } from '../inventory/index.js';
import { deployersKeptOut } from '../lint/index.js';
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
export function newlyKeptOut(
  before: Inventory,
  after: Inventory,
  deployers: readonly Text[],
): readonly KeptOut[] {
  if (deployers.length === 0) return [];
  const matched = matchKeys(before, after);
  return matched.keys.flatMap(({ before: old, after: key, status }): readonly KeptOut[] => {
    if (status === 'removed' || sayTheSame(old.policy, key.policy)) return [];
    const ours = deployersKeptOut(matched.after, key, deployers);
    const wasShut =
      status === 'kept' && deployersKeptOut(matched.before, old, deployers) !== undefined;
    return ours === undefined || wasShut ? [] : [{ key, deployers: ours }];
  });
}
