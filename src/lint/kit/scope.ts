import {
  findPrincipals,
  keyIdOf,
  parseCaller,
  type Inventory,
  type Key,
  type Principal,
} from '../../inventory/index.js';
import type { Text } from '../../source/index.js';
import { statementsIn } from './statements.js';

/**
 * The inventory without what cannot matter to who does what with a key: other keys, principals that
 * neither its policy nor its grants name, what uses keys. Large estates are looked at key by key, and each
 * look costs what the key is about.
 */
export function scopeTo(inventory: Inventory, key: Key): Inventory {
  const known = scopes.get(key);
  if (known?.inventory === inventory) return known.scope;
  const scope = narrow(inventory, key);
  scopes.set(key, { inventory, scope });
  return scope;
}

// Most rules ask for the scope of each key.
const scopes = new WeakMap<Key, { readonly inventory: Inventory; readonly scope: Inventory }>();

function narrow(inventory: Inventory, key: Key): Inventory {
  const named = namedBy(key);
  const principals = [...new Set(named.flatMap((arn) => principalsCalled(inventory, arn)))];
  const groups = new Set(principals.flatMap((principal) => principal.groups ?? []));
  const accounts = new Set([key.account, ...principals.map(({ account }) => account)]);
  return {
    ...inventory,
    keys: [key],
    principals,
    groups: inventory.groups.filter(({ arn }) => groups.has(arn)),
    accounts: inventory.accounts.filter(({ id }) => accounts.has(id)),
    aliases: inventory.aliases.filter(
      ({ target }) => target === key.arn || target === keyIdOf(key),
    ),
    dependants: [],
    documents: [],
    trails: [],
  };
}

/** The ARNs that a key's policy and grants name. */
function namedBy(key: Key): readonly Text[] {
  const forms = statementsIn(key.policy)
    .flatMap(({ principal }) => principal?.entries ?? [])
    .map(({ form }) => form);
  return [
    ...forms.flatMap((form) => ('arn' in form ? [form.arn] : [])),
    ...(key.grants ?? []).map(({ grantee }) => grantee),
  ];
}

function principalsCalled(inventory: Inventory, arn: Text): readonly Principal[] {
  const caller = parseCaller(arn);
  return caller === undefined ? [] : findPrincipals(inventory, caller);
}
