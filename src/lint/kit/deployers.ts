import { answer } from '../../authorization/answers/index.js';
import {
  arnOfCaller,
  findCaller,
  parseCaller,
  type Inventory,
  type Key,
} from '../../inventory/index.js';
import type { Text } from '../../source/index.js';
import { questionOf } from './questions.js';

/**
 * The ARNs of the configured deployers of a key's account, where each of them is refused to put another
 * policy on the key, whatever the circumstances; `undefined` where there is none, where one may, and where
 * of one nobody can tell.
 */
export function deployersKeptOut(
  inventory: Inventory,
  key: Key,
  names: readonly Text[],
): readonly Text[] | undefined {
  const ours = names
    .flatMap((name) => arnOf(inventory, name) ?? [])
    .filter((arn) => accountOf(arn) === key.account);
  const isRefused = (caller: Text): boolean =>
    answer(inventory, questionOf({ caller, action: 'kms:PutKeyPolicy', key: key.arn })).kind ===
    'never';
  return ours.length > 0 && ours.every(isRefused) ? ours : undefined;
}

/** A deployer is named by its ARN, or by the logical address that a file gives it. */
function arnOf(inventory: Inventory, name: Text): Text | undefined {
  if (parseCaller(name) !== undefined) return name;
  const caller = findCaller(inventory, name);
  return caller && arnOfCaller(caller);
}

function accountOf(arn: Text): Text | undefined {
  const caller = parseCaller(arn);
  return caller !== undefined && 'account' in caller ? caller.account : undefined;
}
