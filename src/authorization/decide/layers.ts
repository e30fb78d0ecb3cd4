import { rcpServices } from '../../facts/index.js';
import type { Caller, Grant, Layer, Missing, Request } from '../../inventory/index.js';
import type { Broken, Statement } from '../../policy/index.js';
import { noPolicies, type AppliedPolicies, type Supply } from './applied.js';
import type { LayerOutcome } from './authorization.js';
import { hearGrants, type GrantSaying } from './grant.js';
import { powers } from './principal.js';
import type { Relation } from './relation.js';
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
  readonly grants: GrantSaying & { readonly isSupplied: boolean };
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

export function hearLayers(given: AppliedPolicies, request: Request, relation: Relation): Hearing {
  const policies = binding(given, request, relation);
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
      ...hearGrants(relation.protection === 'key' ? policies.grants : [], request),
      isSupplied: policies.grantsGap === undefined,
    },
  };
}

const resourceLayers = { key: 'key-policy', role: 'trust', other: 'resource-policy' } as const;

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
    scps: relation.belongs && !isServiceLinked(caller) ? given.scps : noPolicies,
    rcps: isBoundByRcps(request) ? given.rcps : noPolicies,
  };
}

// SOURCE: facts evaluation 11.2, 11.5
function isServiceLinked(caller: Caller): boolean {
  if (caller.kind !== 'role-session') return false;
  return (
    caller.roleArn.includes(':role/aws-service-role/') ||
    caller.role.startsWith('AWSServiceRoleFor')
  );
}

// SOURCE: facts evaluation 11.5
function isBoundByRcps({ action, caller }: Request): boolean {
  const [service = '', name] = action.toLowerCase().split(':');
  if (service === 'kms' && name === 'retiregrant') return false;
  return rcpServices.includes(service) && !isServiceLinked(caller);
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

/** What was not supplied and is taken as absent. */
export function assumptionsOf(
  { grantsGap }: AppliedPolicies,
  hearing: Hearing,
): readonly Missing[] {
  const { relation, identity, resource, limits } = hearing;
  const gaps = [
    ...[resource, identity, ...limits].map(({ supply }) => supply.gap),
    relation.protection === 'key' ? grantsGap : undefined,
  ];
  return gaps.flatMap((gap) => (gap?.taken === 'absent' ? [gap.missing] : []));
}

/** Every layer with what it said, in AWS's order. */
export function outcomesOf(hearing: Hearing): readonly LayerOutcome[] {
  const { relation, limits, resource, identity } = hearing;
  const limitOf = (layer: Layer): readonly LayerOutcome[] =>
    limits.filter((limit) => limit.layer === layer).map(limitOutcome);
  return [
    ...limitOf('rcp'),
    ...limitOf('scp'),
    ...limitOf('endpoint'),
    ...resourceOutcomes(relation, resource),
    identityOutcome(identity),
    ...(relation.protection === 'key' ? [grantOutcome(hearing)] : []),
    ...limitOf('boundary'),
    ...limitOf('session'),
  ];
}

function limitOutcome({ layer, supply, levels, allows, denies }: Limit): LayerOutcome {
  if (denies === true)
    return outcome(
      layer,
      'denies',
      levels.flatMap(({ denying }) => denying),
    );
  if (levels.length === 0)
    return outcome(layer, supply.gap ? 'not-supplied' : 'does-not-apply', []);
  if (allows === true) return outcome(layer, 'allows', levels.flatMap(allowingOf));
  return outcome(
    layer,
    'silent',
    levels.flatMap(({ open }) => open),
  );
}

/** A key policy is shown as two layers: what it allows by itself, and what it delegates to IAM. */
function resourceOutcomes(relation: Relation, heard: Heard): readonly LayerOutcome[] {
  const layer = resourceLayers[relation.protection];
  const { saying } = heard;
  if (layer !== 'key-policy') return [heardOutcome(layer, heard, allowingOf(saying))];
  const direct = [...saying.allowing.alone, ...saying.allowing['within-limits']];
  const delegating = saying.allowing['with-identity'];
  const delegation: LayerOutcome =
    heard.supply.levels === 'none' || !relation.belongs
      ? outcome('delegation', heard.supply.gap ? 'not-supplied' : 'does-not-apply', [])
      : outcome('delegation', delegating.length > 0 ? 'allows' : 'silent', delegating);
  return [heardOutcome(layer, heard, direct), delegation];
}

function identityOutcome(heard: Heard): LayerOutcome {
  return heardOutcome('identity', heard, allowingOf(heard.saying));
}

function heardOutcome(layer: Layer, heard: Heard, allowing: readonly Statement[]): LayerOutcome {
  const { saying, supply } = heard;
  if (saying.denying.length > 0) return outcome(layer, 'denies', saying.denying);
  if (allowing.length > 0) return outcome(layer, 'allows', allowing);
  if (supply.gap !== undefined) return outcome(layer, 'not-supplied', saying.open);
  return outcome(layer, supply.levels === 'none' ? 'does-not-apply' : 'silent', saying.open);
}

function grantOutcome({ grants }: Hearing): LayerOutcome {
  if (grants.allowing.length > 0) return outcome('grant', 'allows', grants.allowing);
  return outcome('grant', grants.isSupplied ? 'silent' : 'not-supplied', []);
}

function allowingOf({ allowing }: Saying): readonly Statement[] {
  return [...new Set(powers.flatMap((power) => allowing[power]))];
}

function outcome(
  layer: Layer,
  said: LayerOutcome['outcome'],
  because: readonly (Statement | Broken | Grant)[],
): LayerOutcome {
  return { layer, outcome: said, because };
}
