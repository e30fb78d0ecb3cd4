import type { Call } from '../../engine/index.js';
import { parseCaller, withUniqueId, type Inventory } from '../../inventory/index.js';
import type { Text } from '../../source/index.js';

/**
 * The user or role whose deletion takes a caller away, by ARN: a role for its sessions; `undefined` for
 * a caller that cannot be deleted, such as the root user or a service.
 */
export function recreatable(arn: Text): Text | undefined {
  const caller = parseCaller(arn);
  if (caller?.kind === 'user') return caller.arn;
  return caller?.kind === 'role-session' ? caller.roleArn : undefined;
}

/** A user or role is deleted, and created again under the same name and with the same IAM policies. */
export function recreation(arn: Text): readonly Call[] {
  return [
    { kind: 'iam', event: 'DeletePrincipal', arn },
    { kind: 'iam', event: 'CreatePrincipal', arn },
  ];
}

/** The inventory as it stands after {@link recreation}. */
export function afterRecreation(inventory: Inventory, arn: Text): Inventory {
  const caller = parseCaller(arn);
  switch (caller?.kind) {
    case 'user':
      return withUniqueId(
        inventory,
        { kind: 'user', account: caller.account, name: caller.name },
        GONE,
      );
    case 'role-session':
      return withUniqueId(
        inventory,
        { kind: 'role', account: caller.account, name: caller.role },
        GONE,
      );
    case 'root':
    case 'federated-user':
    case 'provider':
    case 'service':
    case 'anonymous':
    case undefined:
      return inventory;
  }
}

/** The unique id of somebody who is gone. */
const GONE = 'AROADELETEDPRINCIPAL0';
