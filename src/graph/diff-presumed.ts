import type { Caller, Inventory, Missing } from '../inventory/index.js';
import { findPrincipal, identityPoliciesOf, imaginedPrincipal } from '../inventory/index.js';
import type { Principal } from '../inventory/index.js';
import type { Audience } from './diff-asked.js';

const known = new WeakMap<Audience, Audience>();

/**
 * The same audience, where those whose IAM policies were not supplied have none that allow anything. What a
 * key policy gives them is then told apart from what they may have anyway.
 */
export function withoutOwnPolicies(audience: Audience): Audience {
  let presumed = known.get(audience);
  if (presumed === undefined) {
    const { asked, before, after } = audience;
    presumed = {
      asked,
      before: withPrincipals(
        before,
        asked.map((one) => one.before.caller),
      ),
      after: withPrincipals(
        after,
        asked.map((one) => one.after.caller),
      ),
    };
    known.set(audience, presumed);
  }
  return presumed;
}

/** What is taken for granted of a caller there. */
export function presumedOf(caller: Caller): readonly Missing[] {
  if (!('account' in caller)) return [];
  const of = caller.kind === 'role-session' ? caller.roleArn : caller.arn;
  return [{ layer: 'identity', of, detail: 'the identity-based policies, taken to allow nothing' }];
}

function withPrincipals(inventory: Inventory, callers: readonly Caller[]): Inventory {
  const added: Principal[] = [];
  const replaced = new Map<Principal, Principal>();
  for (const caller of callers) {
    if (caller.kind !== 'user' && caller.kind !== 'role-session') continue;
    const principal = findPrincipal(inventory, caller);
    if (principal === undefined) added.push(withUnknownTags(imaginedPrincipal(caller, 'nothing')));
    else if (identityPoliciesOf(inventory, principal) === undefined) {
      replaced.set(principal, { ...principal, policies: principal.policies ?? [], groups: [] });
    }
  }
  if (added.length === 0 && replaced.size === 0) return inventory;
  return {
    ...inventory,
    principals: [...inventory.principals.map((one) => replaced.get(one) ?? one), ...added],
  };
}

// Tags decide conditions, which is more than not allowing anything.
function withUnknownTags(principal: Principal): Principal {
  const { tags, ...others } = principal;
  return tags === undefined ? principal : others;
}
