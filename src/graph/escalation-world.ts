import type { Caller, Inventory, Key, Principal } from '../inventory/index.js';
import { findPrincipal } from '../inventory/index.js';
import type { Text } from '../source/index.js';

/** The inventory with one user or role changed. */
export function withPrincipal(
  world: Inventory,
  arn: Text,
  change: (now: Principal) => Partial<Principal>,
): Inventory {
  const principals = world.principals.map((one) =>
    one.arn === arn ? { ...one, ...change(one) } : one,
  );
  return { ...world, principals };
}

/** The inventory with one key changed. */
export function withKey(
  world: Inventory,
  arn: Text,
  change: (now: Key) => Partial<Key>,
): Inventory {
  const keys = world.keys.map((one) => (one.arn === arn ? { ...one, ...change(one) } : one));
  return { ...world, keys };
}

/** The user or role that a caller acts as; a federated user has none of its own. */
export function principalOf(world: Inventory, caller: Caller): Principal | undefined {
  return caller.kind === 'federated-user' ? undefined : findPrincipal(world, caller);
}
