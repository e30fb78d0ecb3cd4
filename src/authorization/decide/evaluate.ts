import { distinctMissing, withoutMissing } from '../../inventory/index.js';
import type { ContextValue, Request } from '../../inventory/index.js';
import type { AppliedPolicies } from './applied.js';
import type { Authorization } from './authorization.js';
import { isGranted } from './granting.js';
import { hearLayers, type Hearing } from './layers.js';
import { assumptionsOf, outcomesOf } from './outcomes.js';
import { all, any, isUnknown } from './truth.js';

/**
 * Decides a request by policies given outright; nothing is derived, and its context is taken as it is.
 *
 * Allowed **iff** no layer denies, every limiting layer allows, and some granting layer allows. A
 * decision is `Unknown` only where what is unknown could turn access on or off: a request that nothing
 * can allow is an `ImplicitDeny` also where an explicit deny is possible.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function evaluate(policies: AppliedPolicies, request: Request): Authorization {
  const authorization = evaluateOnce(policies, request);
  if (authorization.decision !== 'Unknown') return authorization;
  return tryAlternatives(policies, request) ?? authorization;
}

function evaluateOnce(policies: AppliedPolicies, request: Request): Authorization {
  const hearing = hearLayers(policies, request);
  const concluded = conclude(request, hearing);
  return {
    ...concluded,
    layers: outcomesOf(hearing),
    assumed: withoutMissing(assumptionsOf(hearing), concluded.missing),
  };
}

function conclude(request: Request, hearing: Hearing): Pick<Authorization, 'decision' | 'missing'> {
  // SOURCE: facts evaluation 12.3: allowed even against an explicit deny
  if (request.action.toLowerCase() === 'sts:getcalleridentity') return certain('Allow');
  const { limits } = hearing;
  const denied = any([
    hearing.resource.denies,
    hearing.identity.denies,
    ...limits.map((limit) => limit.denies),
  ]);
  // SOURCE: facts evaluation 1.2
  if (denied === true) return certain('ExplicitDeny');
  // SOURCE: facts evaluation 1.3
  const filters = limits.filter(
    ({ layer }) => layer === 'rcp' || layer === 'scp' || layer === 'endpoint',
  );
  const granted = all([...filters.map(({ allows }) => allows), isGranted(request, hearing)]);
  if (granted === false) return certain('ImplicitDeny');
  if (granted === true && denied === false) return certain('Allow');
  const open = [denied, granted].flatMap((truth) => (isUnknown(truth) ? truth : []));
  return { decision: 'Unknown', missing: distinctMissing(open) };
}

function certain(decision: Authorization['decision']): Pick<Authorization, 'decision' | 'missing'> {
  return { decision, missing: [] };
}

/** Where a condition key can have a few values only, tries them all: they may agree. */
function tryAlternatives(policies: AppliedPolicies, request: Request): Authorization | undefined {
  for (const [key, value] of request.context) {
    if (typeof value !== 'object' || !('unknown' in value)) continue;
    if (value.alternatives === undefined) continue;
    const tried = value.alternatives.map((alternative) =>
      evaluate(policies, withValue(request, key, alternative)),
    );
    const [first] = tried;
    if (tried.every(({ decision }) => decision === first?.decision)) return first;
    // Denied either way, whichever way that is.
    return tried.every(isDenied) ? tried.find(isImplicit) : undefined;
  }
  return undefined;
}

function isDenied({ decision }: Authorization): boolean {
  return decision === 'ImplicitDeny' || decision === 'ExplicitDeny';
}

function isImplicit({ decision }: Authorization): boolean {
  return decision === 'ImplicitDeny';
}

function withValue(request: Request, key: string, value: ContextValue | undefined): Request {
  const context = new Map(request.context);
  if (value === undefined) context.delete(key);
  else context.set(key, value);
  return { ...request, context };
}
