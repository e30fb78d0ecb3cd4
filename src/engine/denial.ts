import type { Authorization } from '../authorization/decide/index.js';
import { policyTypeNames, type Caller, type Layer, type Request } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import type { KmsException } from './call.js';
import { accessDenied } from './exceptions.js';

/**
 * What KMS answers to a caller that may not do what it asks. Like AWS's, the message names one kind of
 * policy, and none where key and caller belong to different accounts; what could not be decided is
 * refused, and the message names what is missing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denial(caller: Text, request: Request, authorization: Authorization): KmsException {
  const { action, resource } = request;
  const on = `User: ${caller} is not authorized to perform: ${action} on resource: ${resource}`;
  switch (authorization.decision) {
    case 'ExplicitDeny': {
      const layer = denyingLayer(authorization);
      if (isHidden(request, layer)) return accessDenied(hiddenReason(caller, action));
      return accessDenied(`${on} with an explicit deny in ${withArticle(policyTypeNames[layer])}`);
    }
    case 'ImplicitDeny': {
      const layer = silentLayer(authorization);
      if (isHidden(request, layer)) return accessDenied(hiddenReason(caller, action));
      return accessDenied(`${on} because no ${policyTypeNames[layer]} allows the ${action} action`);
    }
    case 'Unknown':
      return accessDenied(`${on} because this is unknown: ${missingOf(authorization)}`);
    case 'Allow':
      return accessDenied(on);
  }
}

/** A key of another account that does not exist looks like one that is forbidden. */
export function notFoundElsewhere({
  caller,
  operation,
}: {
  caller: Text;
  operation: string;
}): KmsException {
  return accessDenied(hiddenReason(caller, `kms:${operation}`));
}

/** The same for the key of a ciphertext, which the request does not name. */
export function ciphertextKeyNotFound(caller: Text, action: string): KmsException {
  return accessDenied(
    `User: ${caller} is not authorized to perform: ${action} on the resource associated with this ciphertext because ${hidden}`,
  );
}

// Wording as AWS reports it; SOURCE: facts kms-authz 89, 116, 117
const hidden =
  'the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';

function hiddenReason(caller: Text, action: string): string {
  return `User: ${caller} is not authorized to perform: ${action} on this resource because ${hidden}`;
}

function withArticle(name: string): string {
  return `${/^[aeio]/i.test(name) ? 'an' : 'a'} ${name}`;
}

function isHidden({ caller, resourceAccount }: Request, layer: Layer): boolean {
  const account = accountOf(caller);
  const isForeign = account !== undefined && resourceAccount !== undefined;
  return (
    isForeign && account !== resourceAccount && policyTypeNames[layer] === 'resource-based policy'
  );
}

function accountOf(caller: Caller): Text | undefined {
  return 'account' in caller ? caller.account : undefined;
}

function denyingLayer({ layers }: Authorization): Layer {
  return layers.find(({ outcome }) => outcome === 'denies')?.layer ?? 'identity';
}

// SOURCE: facts evaluation 1.3: the first layer in AWS's order that had to allow and did not
function silentLayer({ layers }: Authorization): Layer {
  const isSilent = (layer: Layer): boolean =>
    layers.some((one) => one.layer === layer && one.outcome === 'silent');
  const allows = (layer: Layer): boolean =>
    layers.some((one) => one.layer === layer && one.outcome === 'allows');
  const first = (['rcp', 'scp', 'endpoint'] as const).find(isSilent);
  if (first !== undefined) return first;
  const hasResource = layers.some(({ layer }) => layer === 'key-policy');
  const isDelegated = allows('key-policy') || allows('delegation') || allows('grant');
  if (!allows('identity') && (isDelegated || !hasResource)) {
    const limit = (['boundary', 'session'] as const).find(isSilent);
    // A policy that allows the caller directly leaves only the limits to refuse.
    return limit !== undefined && allows('key-policy') ? limit : 'identity';
  }
  if (hasResource && !isDelegated) return 'key-policy';
  return (['boundary', 'session'] as const).find(isSilent) ?? 'identity';
}

function missingOf({ missing }: Authorization): string {
  return missing.map(({ detail, of }) => `${detail} of ${of}`).join('; ');
}
