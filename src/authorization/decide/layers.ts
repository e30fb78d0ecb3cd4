import { rcpServices } from '../../facts/index.js';
import { isServiceLinked, type Layer, type Request } from '../../inventory/index.js';
import { noPolicies, type AppliedPolicies, type Gap, type Supply } from './applied.js';
import { hearGrants, type GrantSaying } from './grant.js';
import { relate, type Relation } from './relation.js';
import { hear, isLetThrough, isRefused, unknownGap, type Reading, type Saying } from './say.js';
import type { Truth } from './truth.js';

/** What every layer says to a request, before it is put together. */
export interface Hearing {
  readonly relation: Relation;
  /** The policy of the resource: key policy, trust policy or other. */
  readonly resource: Heard;
  readonly identity: Heard;
  /** Layers that only limit: RCPs, SCPs, endpoint, boundary, session policies. */
  readonly limits: readonly Limit[];
  readonly grants: GrantSaying & { readonly gap?: Gap };
}

export interface Heard {
  readonly supply: Supply;
  readonly saying: Saying;
  readonly denies: Truth;
}

export interface Limit {
  readonly layer: Layer;
  readonly supply: Supply;
  readonly levels: readonly Saying[];
  readonly allows: Truth;
  readonly denies: Truth;
}

export function hearLayers(given: AppliedPolicies, request: Request): Hearing {
  const relation = relate(request);
  const policies = binding(given, request, relation);
  const isKey = relation.protection === 'key';
  const hasBoundary = isThere(policies.boundary);
  const reading = (layer: Layer, principals: Reading['principals']): Reading => ({
    layer,
    principals,
    hasBoundary,
  });
  const endpoint = isGatewayService(request) ? 'gateway' : 'named';
  return {
    relation,
    resource: hearPooled(
      policies.resource,
      request,
      reading(resourceLayers[relation.protection], 'named'),
    ),
    identity: hearPooled(policies.identity, request, reading('identity', 'none')),
    limits: [
      hearLimit(policies.rcps, request, reading('rcp', 'named')),
      hearLimit(policies.scps, request, reading('scp', 'none')),
      hearLimit(policies.endpoint, request, reading('endpoint', endpoint)),
      hearLimit(policies.boundary, request, reading('boundary', 'none')),
      hearLimit(policies.session, request, reading('session', 'none')),
    ],
    grants: {
      ...hearGrants(isKey ? policies.grants : [], request),
      ...(isKey && policies.grantsGap !== undefined ? { gap: policies.grantsGap } : {}),
    },
  };
}

/** The layer of the policy that a resource of the kind has. */
export const resourceLayers = {
  key: 'key-policy',
  role: 'trust',
  other: 'resource-policy',
} as const;

/** The layers without those that do not bind this caller or this action. */
function binding(given: AppliedPolicies, request: Request, relation: Relation): AppliedPolicies {
  const { caller } = request;
  // SOURCE: facts evaluation 7.7, 10.5, 12.3: services, anonymous and federated callers have none of their own
  const own = relation.belongs
    ? given
    : { ...given, identity: noPolicies, boundary: noPolicies, session: noPolicies };
  // SOURCE: facts evaluation 1.7: neither identity policies nor boundaries can be attached to root
  const attached =
    caller.kind === 'root' ? { ...own, identity: noPolicies, boundary: noPolicies } : own;
  return {
    ...attached,
    scps: relation.belongs && !isServiceLinked(caller, undefined) ? given.scps : noPolicies,
    rcps: isBoundByRcps(request) ? given.rcps : noPolicies,
  };
}

// SOURCE: facts evaluation 11.5
function isBoundByRcps({ action, caller }: Request): boolean {
  const [service = '', name] = action.toLowerCase().split(':');
  if (service === 'kms' && name === 'retiregrant') return false;
  return rcpServices.includes(service) && !isServiceLinked(caller, undefined);
}

// SOURCE: facts evaluation 14.2
function isGatewayService({ action }: Request): boolean {
  return ['s3', 'dynamodb'].includes(action.toLowerCase().split(':')[0] ?? '');
}

function isThere({ levels, gap }: Supply): Truth {
  if (levels !== 'none') return true;
  return gap?.taken === 'unknown' ? unknownGap(gap) : false;
}

function hearLevels(supply: Supply, request: Request, reading: Reading): readonly Saying[] {
  if (supply.levels === 'none') return [];
  return supply.levels.map((documents) => hear(documents, request, reading));
}

function hearPooled(supply: Supply, request: Request, reading: Reading): Heard {
  const documents = supply.levels === 'none' ? [] : supply.levels.flat();
  const saying = hear(documents, request, reading);
  return { supply, saying, denies: isRefused(supply, [saying]) };
}

function hearLimit(supply: Supply, request: Request, reading: Reading): Limit {
  const levels = hearLevels(supply, request, reading);
  return {
    layer: reading.layer,
    supply,
    levels,
    allows: isLetThrough(supply, levels),
    denies: isRefused(supply, levels),
  };
}
