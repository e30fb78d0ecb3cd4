import type { Inventory, Key } from '../../inventory/index.js';
import { hasHole, showText, type Text } from '../../source/index.js';
import { principalsOf, statementsIn } from './statements.js';

/** An inventory in which it was settled whose a key is. */
export interface Presumed {
  readonly inventory: Inventory;
  readonly key: Key;
  /** What findings then hang on: the owner, where no input says it. */
  readonly hangsOn?: Text;
}

/**
 * A key of unknown account is presumed to belong to the one account whose users and roles its policy
 * names, as their right to administer it depends on that.
 */
export function presumeOwner(inventory: Inventory, key: Key): Presumed {
  if (!hasHole(key.account)) return { inventory, key };
  const forms = statementsIn(key.policy).flatMap((statement) =>
    principalsOf(statement).map(({ form }) => form),
  );
  const accounts = new Set(forms.flatMap((form) => ('account' in form ? [form.account] : [])));
  const [account, ...others] = accounts;
  if (account === undefined || others.length > 0 || hasHole(account)) return { inventory, key };
  const owned: Key = { ...key, account, arn: key.arn.replaceAll(key.account, account) };
  return {
    inventory: { ...inventory, keys: inventory.keys.map((one) => (one === key ? owned : one)) },
    key: owned,
    hangsOn: `whether the key belongs to account ${showText(account)}`,
  };
}
