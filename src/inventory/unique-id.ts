import {
  parsePrincipal,
  type PolicyDocument,
  type PrincipalElement,
  type Statement,
} from '../policy/index.js';
import type { Text } from '../source/index.js';
import type { Grant, Inventory, Key, Principal } from './inventory.js';

/** Who a user or role is, whatever its path. */
export type Identity = Pick<Principal, 'kind' | 'account' | 'name'>;

export function identityName({ kind, account, name }: Identity): string {
  return `${account}:${kind}/${name}`;
}

/**
 * The inventory after a user or role is gone: policies that named it, and grants to it, hold its unique
 * id instead, so that a successor of the same name has nothing of them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function withUniqueId(inventory: Inventory, identity: Identity, id: Text): Inventory {
  const name = identityName(identity);
  const names = (text: Text): boolean => {
    const form = parsePrincipal('AWS', text);
    return (form.kind === 'user' || form.kind === 'role') && identityName(form) === name;
  };
  const change: Rename = { names, id };
  return {
    ...inventory,
    principals: mapChanged(inventory.principals, (principal) => withTrust(principal, change)),
    keys: mapChanged(inventory.keys, (key) => withoutName(key, change)),
    dependants: mapChanged(inventory.dependants, (dependant) => withPolicy(dependant, change)),
  };
}

interface Rename {
  readonly names: (text: Text) => boolean;
  readonly id: Text;
}

/** The same list where nothing in it changed, so that indexes of it stay. */
function mapChanged<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const changed = items.map(change);
  return changed.every((item, index) => item === items[index]) ? items : changed;
}

// SOURCE: facts kms-authz 58, 59, 62, 63
function withoutName(key: Key, change: Rename): Key {
  const renamed = withPolicy(key, change);
  const grants = key.grants && mapChanged(key.grants, (grant) => withGrantee(grant, change));
  return grants === key.grants || grants === undefined ? renamed : { ...renamed, grants };
}

function withPolicy<T extends { readonly policy?: PolicyDocument }>(owner: T, change: Rename): T {
  const policy = owner.policy && renamedDocument(owner.policy, change);
  return policy === owner.policy ? owner : { ...owner, policy };
}

function withTrust(principal: Principal, change: Rename): Principal {
  const trust = principal.trust && renamedDocument(principal.trust, change);
  return trust === undefined || trust === principal.trust ? principal : { ...principal, trust };
}

function withGrantee(grant: Grant, { names, id }: Rename): Grant {
  const { grantee, retiringPrincipal } = grant;
  const isRetiring = retiringPrincipal !== undefined && names(retiringPrincipal);
  if (!names(grantee) && !isRetiring) return grant;
  return {
    ...grant,
    grantee: names(grantee) ? id : grantee,
    ...(isRetiring ? { retiringPrincipal: id } : {}),
  };
}

function renamedDocument(document: PolicyDocument, change: Rename): PolicyDocument {
  const statements = mapChanged(document.statements, (statement) =>
    statement.kind === 'broken' ? statement : renamedStatement(statement, change),
  );
  return statements === document.statements ? document : { ...document, statements };
}

function renamedStatement(statement: Statement, change: Rename): Statement {
  const principal = statement.principal && renamedElement(statement.principal, change);
  return principal === undefined || principal === statement.principal
    ? statement
    : { ...statement, principal };
}

function renamedElement(element: PrincipalElement, { names, id }: Rename): PrincipalElement {
  const entries = mapChanged(element.entries, (entry) =>
    entry.type === 'AWS' && names(entry.text)
      ? { ...entry, text: id, form: { kind: 'unique-id' as const, id } }
      : entry,
  );
  return entries === element.entries ? element : { ...element, entries };
}
