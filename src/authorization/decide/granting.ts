import { worksAcrossAccounts } from '../../facts/index.js';
import type { Layer, Request } from '../../inventory/index.js';
import type { Gap } from './applied.js';
import type { Hearing } from './layers.js';
import type { ByPower } from './principal.js';
import type { Relation } from './relation.js';
import { unknownGap } from './say.js';
import { all, any, not, type Truth } from './truth.js';

/** Whether some granting layer allows, within the caller's boundary and session policies. */
export function isGranted(request: Request, hearing: Hearing): Truth {
  const { relation } = hearing;
  const said = sayingOf(request, hearing);
  // SOURCE: facts evaluation 1.7: root cannot assume roles
  if (request.caller.kind === 'root' && relation.protection === 'role') return false;
  if (!relation.belongs) return isGrantedToOutsider(request, relation, said);
  const { sameAccount } = relation;
  if (sameAccount === true) return isGrantedWithin(request, relation, said);
  const across = isGrantedAcross(request, relation, said);
  if (sameAccount === false) return across;
  const within = isGrantedWithin(request, relation, said);
  if (within === across) return within;
  return any([all([sameAccount, within]), all([not(sameAccount), across])]);
}

/** What the granting layers say, with what is not supplied as unknown. */
interface Said {
  readonly resource: ByPower;
  readonly grant: ByPower;
  readonly identity: Truth;
  readonly limits: Truth;
}

function sayingOf(request: Request, hearing: Hearing): Said {
  const { resource, identity, grants } = hearing;
  const unsupplied = (gap: Gap | undefined): Truth => (gap ? unknownGap(gap) : false);
  const moreGrants = grants.gap?.taken === 'unknown' ? grants.gap : undefined;
  return {
    resource: {
      ...resource.saying.allows,
      alone: any([resource.saying.allows.alone, unsupplied(resource.supply.gap)]),
    },
    grant: { ...grants.allows, alone: any([grants.allows.alone, unsupplied(moreGrants)]) },
    // SOURCE: facts evaluation 1.7: root needs no identity policy
    identity:
      request.caller.kind === 'root' ||
      any([identity.saying.allows.alone, unsupplied(identity.supply.gap)]),
    limits: all([limitOf(hearing, 'boundary'), sessionLimit(request, hearing)]),
  };
}

function limitOf({ limits }: Hearing, layer: Layer): Truth {
  return all(limits.filter((limit) => limit.layer === layer).map(({ allows }) => allows));
}

function sessionLimit(request: Request, hearing: Hearing): Truth {
  const session = hearing.limits.find(({ layer }) => layer === 'session');
  // SOURCE: facts evaluation 9.4: a federated user without session policy has no permissions of its user
  if (request.caller.kind === 'federated-user' && session?.supply.levels === 'none') {
    const { gap } = session.supply;
    return gap === undefined ? false : unknownGap(gap);
  }
  return limitOf(hearing, 'session');
}

/** Services, anonymous callers and federated identities: the resource's side alone (facts evaluation 10.5). */
function isGrantedToOutsider(request: Request, relation: Relation, said: Said): Truth {
  if (isRetiring(request)) return any(Object.values(said.grant));
  const { alone, 'within-limits': limited } = said.resource;
  const byGrant = relation.protection === 'key' ? any(Object.values(said.grant)) : false;
  return any([alone, limited, byGrant]);
}

/** The caller's account owns the resource: table 9 of the facts. */
function isGrantedWithin(request: Request, relation: Relation, said: Said): Truth {
  const { identity, limits } = said;
  const byGrant = carries(said.grant, identity, limits);
  switch (relation.protection) {
    case 'key':
      // SOURCE: facts evaluation 13.10: no policy allows RetireGrant
      if (isRetiring(request)) return byGrant;
      // SOURCE: facts evaluation 13.3
      return any([carries(said.resource, identity, limits), byGrant]);
    case 'role':
      // SOURCE: facts evaluation 12.1
      return carries(said.resource, identity, limits);
    case 'other':
      // SOURCE: facts evaluation 1.3: here an identity policy suffices
      return any([carries(said.resource, identity, limits), all([identity, limits])]);
  }
}

/** What an Allow carries, by how it names the caller. */
function carries(allows: ByPower, identity: Truth, limits: Truth): Truth {
  return any([
    allows.alone,
    all([allows['within-limits'], limits]),
    all([allows['with-identity'], identity, limits]),
  ]);
}

/** Another account owns the resource: both sides must allow (facts evaluation 10). */
function isGrantedAcross(request: Request, relation: Relation, said: Said): Truth {
  const { identity, limits } = said;
  const { alone, 'within-limits': limited, 'with-identity': delegated } = said.grant;
  // SOURCE: facts evaluation 13.8: a grant suffices, unless its grantee is the account
  const byGrant = all([limits, any([alone, limited, all([delegated, identity])])]);
  const byPolicy = all([any(Object.values(said.resource)), identity, limits]);
  switch (relation.protection) {
    case 'key':
      // SOURCE: facts evaluation 13.6
      if (!worksAcrossAccounts(request.action)) return false;
      return all([relation.samePartition, any([isRetiring(request) ? false : byPolicy, byGrant])]);
    case 'role':
    case 'other':
      // SOURCE: facts evaluation 10.3
      return all([relation.samePartition, byPolicy]);
  }
}

function isRetiring({ action }: Request): boolean {
  return action.toLowerCase() === 'kms:retiregrant';
}
