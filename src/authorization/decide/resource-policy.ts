import { resourcePolicyServices } from '../../facts/index.js';
import {
  findDependant,
  findPrincipal,
  isComplete,
  parseCaller,
  type Inventory,
  type Request,
} from '../../inventory/index.js';
import type { PolicyDocument } from '../../policy/index.js';

/** The trust policy of a role, or the policy of a bucket, queue, topic or other resource. */
export function resourcePolicyOf(
  inventory: Inventory,
  request: Request,
  protection: 'role' | 'other',
): PolicyDocument | 'none' | 'not-supplied' {
  if (protection === 'role') return trustPolicyOf(inventory, request);
  const service = request.action.toLowerCase().split(':')[0] ?? '';
  const isAlias = service === 'kms';
  if (request.resource === '*' || isAlias || !resourcePolicyServices.has(service)) return 'none';
  const listed = findDependant(inventory, request.resource);
  if (listed?.policy !== undefined) return listed.policy;
  return isComplete(inventory, request.resourceAccount ?? '', 'resources')
    ? 'none'
    : 'not-supplied';
}

function trustPolicyOf(
  inventory: Inventory,
  { resource, resourceAccount }: Request,
): PolicyDocument | 'none' | 'not-supplied' {
  const role = parseCaller(resource);
  const listed = role && findPrincipal(inventory, role);
  if (listed?.trust !== undefined) return listed.trust;
  const isGone = listed === undefined && isComplete(inventory, resourceAccount ?? '', 'principals');
  return isGone ? 'none' : 'not-supplied';
}
