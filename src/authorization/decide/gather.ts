import {
  findAccount,
  isComplete,
  isServiceLinked,
  suppliedPoliciesOf,
  type Account,
  type Caller,
  type Inventory,
  type Key,
  type Layer,
  type Principal,
  type Request,
} from '../../inventory/index.js';
import type { PolicyDocument } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import { noPolicies, pooled, type AppliedPolicies, type Gap, type Supply } from './applied.js';
import { relate } from './relation.js';
import { resourcePolicyOf } from './resource-policy.js';

/** The things of an inventory that one request is about, where they are listed. */
export interface Subject {
  readonly request: Request;
  readonly key?: Key | undefined;
  /** The user or role that calls; for a federated user the user behind it. */
  readonly principal?: Principal | undefined;
}

export type Assume = 'absent' | 'nothing';

/** The policies of the inventory that apply to a request; what it does not supply is left as a gap. */
export function gather(inventory: Inventory, subject: Subject, assume: Assume): AppliedPolicies {
  const estate: Estate = {
    inventory,
    ...subject,
    taken: assume === 'absent' ? 'absent' : 'unknown',
  };
  return {
    identity: identityOf(estate),
    resource: resourceOf(estate),
    boundary: boundaryOf(estate),
    session: sessionOf(estate),
    scps: scpsOf(estate),
    rcps: rcpsOf(estate),
    endpoint: endpointOf(estate),
    ...grantsOf(estate),
  };
}

interface Estate extends Subject {
  readonly inventory: Inventory;
  readonly taken: Gap['taken'];
}

/** A layer of which nothing was supplied; one that always is there is never assumed away. */
function notSupplied(layer: Layer, of: Text, detail: string, taken: Gap['taken']): Supply {
  return { levels: 'none', gap: { missing: { layer, of, detail }, taken } };
}

function nameOf(caller: Caller): Text {
  switch (caller.kind) {
    case 'root':
    case 'user':
      return caller.arn;
    case 'federated-user':
      return caller.federatingUser ?? caller.arn;
    case 'role-session':
      return caller.roleArn;
    case 'provider':
      return caller.provider;
    case 'service':
      return caller.name;
    case 'anonymous':
      return 'anonymous';
  }
}

function identityOf({ inventory, request, principal, taken }: Estate): Supply {
  const of = nameOf(request.caller);
  const detail = 'the identity-based policies';
  if (!('account' in request.caller) || request.caller.kind === 'root') return noPolicies;
  if (principal === undefined) {
    return isKnownToBeGone(inventory, request.caller)
      ? pooled([])
      : notSupplied('identity', of, detail, taken);
  }
  const { documents, notSupplied: without } = suppliedPoliciesOf(inventory, principal);
  const [first] = without;
  if (first === undefined) return pooled(documents);
  return {
    levels: documents.length === 0 ? 'none' : [documents],
    gap: { missing: { layer: 'identity', of: first, detail }, taken },
  };
}

function resourceOf({ inventory, request, key, taken }: Estate): Supply {
  const { protection } = relate(request);
  switch (protection) {
    case 'key':
      if (key?.policy !== undefined) return pooled([key.policy]);
      if (key === undefined && isComplete(inventory, request.resourceAccount ?? '', 'keys')) {
        return noPolicies;
      }
      // SOURCE: facts evaluation 13.1: every key has a policy, so nothing is assumed of it
      return notSupplied('key-policy', request.resource, 'the key policy', 'unknown');
    case 'role':
    case 'other': {
      const found = resourcePolicyOf(inventory, request, protection);
      if (found === 'none') return noPolicies;
      if (found !== 'not-supplied') return pooled([found]);
      return protection === 'role'
        ? notSupplied('trust', request.resource, 'the trust policy', 'unknown')
        : notSupplied('resource-policy', request.resource, 'the resource-based policy', taken);
    }
  }
}

function boundaryOf({ inventory, request, principal, taken }: Estate): Supply {
  const { caller } = request;
  if (!('account' in caller) || caller.kind === 'root') return noPolicies;
  if (principal?.boundary === 'none') return noPolicies;
  if (principal?.boundary !== undefined) return pooled([principal.boundary]);
  const isWithout =
    principal === undefined
      ? isKnownToBeGone(inventory, caller)
      : isComplete(inventory, caller.account, 'boundaries');
  return isWithout
    ? noPolicies
    : notSupplied('boundary', nameOf(caller), 'the permissions boundary', taken);
}

/** Whether the caller would be listed if it had policies. */
function isKnownToBeGone(inventory: Inventory, caller: Caller): boolean {
  if (caller.kind === 'federated-user' && caller.federatingUser === undefined) return false;
  return 'account' in caller && isComplete(inventory, caller.account, 'principals');
}

function sessionOf({ request: { caller }, taken }: Estate): Supply {
  if (caller.kind === 'role-session') {
    return notSupplied('session', caller.roleArn, 'the session policies', taken);
  }
  if (caller.kind === 'federated-user') {
    return notSupplied('session', caller.arn, 'the session policies', taken);
  }
  return noPolicies;
}

function scpsOf(estate: Estate): Supply {
  const { inventory, request, principal } = estate;
  if (!('account' in request.caller)) return noPolicies;
  const { account } = request.caller;
  const listed = findAccount(inventory, account);
  // SOURCE: facts evaluation 11.2
  if (listed?.managementAccount === true) return noPolicies;
  if (isServiceLinked(request.caller, principal)) return noPolicies;
  return levelsOf(estate, 'scps', account, listed?.scps);
}

function rcpsOf(estate: Estate): Supply {
  const { inventory, request, key, principal } = estate;
  // SOURCE: facts evaluation 11.6
  const account = request.resource === '*' ? callerAccount(request) : request.resourceAccount;
  if (account === undefined) return noPolicies;
  const listed = findAccount(inventory, account);
  // SOURCE: facts evaluation 11.5
  if (listed?.managementAccount === true || isAwsManaged(key)) return noPolicies;
  if (isServiceLinked(request.caller, principal)) return noPolicies;
  return levelsOf(estate, 'rcps', account, listed?.rcps?.map(withFullAccess));
}

function isAwsManaged(key: Key | undefined): boolean {
  return key?.manager === 'AWS' || key?.aliases?.some(isReserved) === true;
}

// SOURCE: facts evaluation 13.12
function isReserved(alias: Text): boolean {
  return alias.startsWith('alias/aws/');
}

function callerAccount({ caller }: Request): Text | undefined {
  return 'account' in caller ? caller.account : undefined;
}

function levelsOf(
  { inventory, taken }: Estate,
  kind: 'scps' | 'rcps',
  account: Text,
  levels: Account['scps'],
): Supply {
  if (levels !== undefined) return levels.length === 0 ? noPolicies : { levels };
  if (isComplete(inventory, account, kind)) return noPolicies;
  return kind === 'scps'
    ? notSupplied('scp', account, 'the service control policies', taken)
    : notSupplied('rcp', account, 'the resource control policies', taken);
}

/** A level of RCPs with RCPFullAWSAccess, which is at every level and cannot be detached (facts evaluation 11.4). */
function withFullAccess(documents: readonly PolicyDocument[]): readonly PolicyDocument[] {
  return [...documents, rcpFullAccess];
}

const nowhere = { source: { path: 'RCPFullAWSAccess', text: '' }, start: 0, end: 0 };

const everything = { negated: false, patterns: [{ text: '*', span: nowhere }], span: nowhere };

const rcpFullAccess: PolicyDocument = {
  kind: 'rcp',
  name: 'RCPFullAWSAccess',
  version: '2012-10-17',
  statements: [
    {
      kind: 'statement',
      index: 0,
      effect: 'Allow',
      principal: {
        negated: false,
        entries: [{ type: '*', text: '*', form: { kind: 'everyone' }, span: nowhere }],
        span: nowhere,
      },
      action: everything,
      resource: everything,
      conditions: [],
      span: nowhere,
    },
  ],
  span: nowhere,
};

function endpointOf({ inventory, request, taken }: Estate): Supply {
  const id = request.context.get('aws:sourcevpce');
  // SOURCE: facts evaluation 13.20: the key is there only where the request comes through an endpoint
  if (typeof id !== 'string') return noPolicies;
  const listed = inventory.endpoints.find((endpoint) => endpoint.id === id);
  const service = request.action.toLowerCase().split(':')[0];
  // SOURCE: facts kms-authz 22: an endpoint sees the calls to its own service only
  if (listed !== undefined && listed.service !== service) return noPolicies;
  if (listed?.policy !== undefined) return pooled([listed.policy]);
  if (listed === undefined && inventory.complete.has('endpoints')) return noPolicies;
  return notSupplied('endpoint', id, 'the endpoint policy', taken);
}

function grantsOf({
  inventory,
  request,
  key,
  taken,
}: Estate): Pick<AppliedPolicies, 'grants' | 'grantsGap'> {
  if (key?.grants !== undefined) return { grants: key.grants };
  const account = key?.account ?? request.resourceAccount ?? '';
  if (isComplete(inventory, account, key === undefined ? 'keys' : 'grants')) return { grants: [] };
  const missing = {
    layer: 'grant',
    of: request.resource,
    detail: 'the grants of the key',
  } as const;
  return { grants: [], grantsGap: { missing, taken } };
}
