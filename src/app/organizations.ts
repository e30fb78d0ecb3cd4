import { settingsAt, type Config } from '../config/index.js';
import type { Account, Inventory } from '../inventory/index.js';
import { hasHole, type Text } from '../source/index.js';

/**
 * An inventory that knows the organization which the configuration states: of our accounts, where it lists
 * them, and else of every account that something in the files belongs to. What a file says itself stays.
 */
export function withOrganizations(inventory: Inventory, config: Config): Inventory {
  const { organization, overrides = [] } = config.settings;
  if (organization === undefined && overrides.every((one) => one.organization === undefined)) {
    return inventory;
  }
  const members = new Map<Text, Account>();
  for (const thing of [...inventory.keys, ...inventory.principals, ...inventory.dependants]) {
    const id = thing.account;
    const settings = settingsAt(config, thing.span.source.path);
    if (settings.organization === undefined || members.has(id)) continue;
    if (id !== settings.account && !isOurs(id, config)) continue;
    const { unit, span } = thing;
    members.set(id, { id, organization: settings.organization, address: id, unit, span });
  }
  const listed = inventory.accounts.map((account) => {
    const member = members.get(account.id);
    members.delete(account.id);
    return member?.organization === undefined || account.organization !== undefined
      ? account
      : { ...account, organization: member.organization };
  });
  return { ...inventory, accounts: [...listed, ...members.values()] };
}

function isOurs(id: Text, { settings: { accounts } }: Config): boolean {
  return accounts === undefined || hasHole(id) || accounts.includes(id);
}
