import type { Caller } from './caller.js';
import type { Principal } from './inventory.js';

/**
 * Whether the caller is a service-linked role, which SCPs and RCPs do not bind: its path says so. The
 * ARN of a session tells no path; then its name does, which begins `AWSServiceRoleFor`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
export function isServiceLinked(caller: Caller, listed: Principal | undefined): boolean {
  if (caller.kind !== 'role-session') return false;
  if (listed?.serviceLinked === true) return true;
  const arn = listed?.arn ?? caller.roleArn;
  if (arn.includes(':role/aws-service-role/')) return true;
  const isPathUnknown = listed === undefined && caller.session !== undefined;
  return isPathUnknown && arn.endsWith(`:role/${caller.role}`)
    ? caller.role.startsWith('AWSServiceRoleFor')
    : false;
}
