import { findAction, hasNoResource } from '../../facts/index.js';
import type { Request } from '../../inventory/index.js';
import { parseArn } from '../../policy/index.js';
import { equalTexts, type Text } from '../../source/index.js';
import { truthOf, type Truth } from './truth.js';

/** What a request is about, which settles whose policies count and how they combine. */
export interface Relation {
  readonly protection: Protection;
  /** Whether the caller belongs to an account, and so has policies of its own. */
  readonly belongs: boolean;
  /** Whether the caller's account owns the resource. True for a caller without account. */
  readonly sameAccount: Truth;
  readonly samePartition: Truth;
}

/**
 * `key`: a KMS key, which its key policy rules. `role`: a role to be assumed, which its trust policy
 * rules. `other`: anything else, actions without a resource included.
 */
export type Protection = 'key' | 'role' | 'other';

export function relate(request: Request): Relation {
  const { resource } = request;
  const action = request.action.toLowerCase();
  const account = accountOf(request);
  const arn = parseArn(resource);
  const protection = protectionOf(action, arn?.resource ?? resource);
  return {
    protection,
    belongs: account !== undefined && !isUnsigned(action),
    sameAccount: account === undefined || isOwned(request, account, arn?.account ?? ''),
    samePartition: isSamePartition(request, arn?.partition),
  };
}

function protectionOf(action: string, resource: Text): Protection {
  if (action.startsWith('kms:')) return isWithoutPolicy(action, resource) ? 'other' : 'key';
  // SOURCE: facts evaluation 12.1
  return action.startsWith('sts:') && resource.startsWith('role/') ? 'role' : 'other';
}

function isWithoutPolicy(action: string, resource: Text): boolean {
  // SOURCE: facts evaluation 4.7, kms-authz 111
  if (hasNoResource(action)) return true;
  // SOURCE: facts evaluation 13.12: an alias is no key, and has no policy
  if (resource.startsWith('alias/')) return isAliasAction(action);
  // SOURCE: facts kms-authz 112: tags of a new key
  return resource === '*' && (action === 'kms:tagresource' || findAction(action) === undefined);
}

/** Whether the permission is needed on an alias, beside the key behind it. */
export function isAliasAction(action: string): boolean {
  return findAction(action)?.operation.resources.includes('alias') ?? false;
}

// SOURCE: facts evaluation 12.3
function isUnsigned(action: string): boolean {
  return ['sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'].includes(action.toLowerCase());
}

function isOwned(request: Request, account: Text, arnAccount: Text): Truth {
  const owner = request.resourceAccount ?? arnAccount;
  // Where neither says, as with a bucket, the resource is taken to be the caller's.
  if (request.resource === '*' || owner === '' || owner === 'aws') return true;
  return truthOf(equalTexts(owner, account), owner, account);
}

function accountOf({ caller }: Request): Text | undefined {
  return 'account' in caller ? caller.account : undefined;
}

function isSamePartition({ caller }: Request, partition: Text | undefined): Truth {
  const arn = 'arn' in caller ? caller.arn : 'roleArn' in caller ? caller.roleArn : undefined;
  const own = arn === undefined ? undefined : parseArn(arn)?.partition;
  if (own === undefined || partition === undefined) return true;
  return truthOf(equalTexts(own, partition), own, partition);
}
