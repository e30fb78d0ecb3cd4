import { decide } from '../authorization/decide/index.js';
import type { Caller, Inventory, Request } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { withBrought } from './classes.js';
import type { Face } from './faces.js';

/**
 * A request of one of those whom a face stands for, as a principal of the name that it needs makes it;
 * as it is where it needs none.
 */
export function underItsName(inventory: Inventory, face: Face, request: Request): Request {
  const arn = request.context.get('aws:principalarn');
  const name = request.context.get('aws:username');
  const caller =
    typeof arn === 'string'
      ? calledBy(request.caller, arn)
      : typeof name === 'string' && request.caller.kind === 'user'
        ? calledBy(
            request.caller,
            request.caller.arn.replace(/[^/]*$/, () => name),
          )
        : undefined;
  if (caller === undefined) return request;
  const context = new Map(request.context);
  context.delete('aws:principalarn');
  context.delete('aws:username');
  const { action, resource } = request;
  const own: Request = { caller, action, resource, context };
  // INVARIANT: what is shown has been decided as it is shown.
  const before = decide(withBrought(inventory, [face]), request).decision;
  const after = decide(withBrought(inventory, [{ ...face, ...broughtAs(face, caller) }]), own);
  return after.decision === before ? own : request;
}

function calledBy(caller: Caller, arn: Text): Caller | undefined {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  switch (caller.kind) {
    case 'user':
    case 'federated-user':
      return { ...caller, arn, name };
    case 'role-session':
      return { ...caller, roleArn: arn, role: name };
    case 'root':
    case 'provider':
    case 'service':
    case 'anonymous':
      return undefined;
  }
}

function broughtAs({ brings }: Face, caller: Caller): Pick<Face, 'brings'> {
  if (brings === undefined) return {};
  const { principal, account } = brings;
  switch (caller.kind) {
    case 'user':
      return {
        brings: { account, principal: { ...principal, arn: caller.arn, name: caller.name } },
      };
    case 'role-session':
      return {
        brings: { account, principal: { ...principal, arn: caller.roleArn, name: caller.role } },
      };
    case 'federated-user':
    case 'root':
    case 'provider':
    case 'service':
    case 'anonymous':
      return { brings };
  }
}
