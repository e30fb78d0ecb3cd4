import { hasNoResource, resourcePolicyServices, worksAcrossAccounts } from '../../facts/index.js';
import {
  findAccount,
  findDependant,
  findKey,
  findPrincipal,
  isComplete,
  parseCaller,
} from '../../inventory/index.js';
import type { Inventory, Key } from '../../inventory/index.js';
import type { Formula, Formulas } from '../../logic/index.js';
import { parseArn } from '../../policy/index.js';
import { hasHole, hole } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { RequestAtom, Variable } from './atoms.js';
import { compiling } from './compiling.js';
import type { Compiling } from './compiling.js';
import { compileGrants } from './grant.js';
import { compileIdentity } from './identity.js';
import { compileResourceBased, undecidedLayer } from './layers.js';
import type { Pooled, ResourceBased } from './layers.js';
import { compileBoundary, compileLimits, compileSession } from './limits.js';
import type { Limits } from './limits.js';
import { same } from './principal.js';
import { mayPassTag } from './session-tags.js';
import type { Naming } from './principal.js';
import type { PartialRequest, Question } from './question.js';
import { unlessAssumed } from './assumptions.js';
import { openInEvery, valueOf } from './variables.js';
import type { KeyValue } from './key-value.js';

/**
 * When the request is allowed, as a formula over what the question leaves open: no layer denies, every
 * limiting layer allows, some granting layer allows.
 */
export function compileRequest(
  formulas: Formulas<RequestAtom>,
  inventory: Inventory,
  request: PartialRequest,
): Formula<RequestAtom> {
  return compileValues(formulas, inventory, request).formula;
}

/** As {@link compileRequest}, with the values of all condition keys that the formula depends on. */
export function compileValues(
  formulas: Formulas<RequestAtom>,
  inventory: Inventory,
  request: PartialRequest,
): {
  readonly formula: Formula<RequestAtom>;
  /** By names in lower case. */
  readonly values: ReadonlyMap<string, KeyValue>;
} {
  const at = compiling(formulas, ask(inventory, request));
  return { formula: compileAllowed(at), values: at.asked };
}

function compileAllowed(at: Compiling): Formula<RequestAtom> {
  const { formulas, question } = at;
  const { request } = question;
  // SOURCE: facts evaluation 12.3
  if (question.action === 'sts:getcalleridentity') return formulas.always;
  // SOURCE: facts evaluation 1.7
  if (question.action === 'sts:assumerole' && request.caller.kind === 'root') return formulas.never;
  const identity = compileIdentity(at);
  const boundary = bothLimits(at, compileBoundary(at), compileSession(at));
  const resource = compileResource(at);
  const limits = compileLimits(at);
  const denies = [
    identity.denies,
    boundary.denies,
    resource?.denies ?? formulas.never,
    ...limits.map((limit) => limit.denies),
  ];
  const allows = grantedBy(at, identity, boundary, resource);
  return formulas.all([
    allows,
    ...limits.map((limit) => limit.allows),
    formulas.not(formulas.any(denies)),
  ]);
}

/** Whether such a request may choose the value of a condition key, which the parties otherwise fix. */
export function isOpen(inventory: Inventory, request: PartialRequest, spelling: string): boolean {
  return valueOf(ask(inventory, request), spelling).kind === 'open';
}

/** The condition keys that every such request has, whether or not a policy looks at them. */
export function variablesOfEvery(
  inventory: Inventory,
  request: PartialRequest,
): readonly Variable[] {
  return openInEvery(ask(inventory, request));
}

// What limits the caller's own permissions, and some of those that resource-based policies give.
function bothLimits({ formulas }: Compiling, a: Limits, b: Limits): Limits {
  return { allows: formulas.all([a.allows, b.allows]), denies: formulas.any([a.denies, b.denies]) };
}

function ask(inventory: Inventory, request: PartialRequest): Question {
  const { caller, resource, action } = request;
  const arn = resource === '*' ? undefined : parseArn(resource);
  const callerId = 'account' in caller ? caller.account : undefined;
  const key = findKey(inventory, resource);
  const principal = findPrincipal(inventory, caller);
  const listed = findDependant(inventory, resource);
  // The ARN of a bucket names no account; a hole in its place says no more than that.
  const known = [
    request.resourceAccount,
    key?.account,
    arn?.account,
    hasHole(listed?.account ?? '') ? undefined : listed?.account,
  ];
  const stated = known.find((id) => id !== undefined && id !== '');
  const assumed =
    request.assume === 'nothing' && resource !== '*'
      ? hole('request', `account of ${resource}`)
      : callerId;
  const ownerId = stated ?? assumed;
  const accountOf = (id: Text | undefined) =>
    id === undefined ? undefined : findAccount(inventory, id);
  return {
    inventory,
    request,
    action: action.toLowerCase(),
    service: action.slice(0, action.indexOf(':')).toLowerCase(),
    key,
    principal,
    callerAccount: accountOf(callerId),
    ownerId,
    ownerAccount: accountOf(ownerId),
    region: listed?.region ?? arn?.region,
    maySetTag: (tag) =>
      caller.kind === 'role-session' &&
      principal?.trust !== undefined &&
      mayPassTag(inventory, principal.trust, tag),
  };
}

// The resource-based policy of the resource; `undefined` where it has none.
function compileResource(at: Compiling): ResourceBased | undefined {
  const { question } = at;
  if (isKeyAction(question)) return compileKeyPolicy(at, question.key);
  return isOnRole(question) ? compileTrust(at) : compileOther(at);
}

function isOnRole({ service, request }: Question): boolean {
  return service === 'sts' && parseArn(request.resource)?.resource.startsWith('role/') === true;
}

function compileTrust(at: Compiling): ResourceBased {
  const { inventory, request, ownerId } = at.question;
  const role = parseCaller(request.resource);
  const listed = role && findPrincipal(inventory, role);
  if (listed?.trust !== undefined) return compileResourceBased(at, listed.trust, 'trust');
  if (listed === undefined && isComplete(inventory, ownerId ?? '', 'principals')) return silent(at);
  return unsupplied(at, 'trust', 'the trust policy');
}

// The policy of a bucket, queue, topic, secret or other resource that may have one.
function compileOther(at: Compiling): ResourceBased | undefined {
  const { inventory, request, ownerId, service } = at.question;
  if (request.resource === '*' || !resourcePolicyServices.has(service)) return undefined;
  const policy = findDependant(inventory, request.resource)?.policy;
  if (policy !== undefined) return compileResourceBased(at, policy, 'resource-policy');
  if (isComplete(inventory, ownerId ?? '', 'resources')) return undefined;
  return unsupplied(at, 'resource-policy', 'the resource-based policy');
}

function silent({ formulas: { never } }: Compiling): ResourceBased {
  return { direct: never, role: never, account: never, denies: never };
}

// What it grants is unknown; a Deny that nobody has shown is a limit, unless every such thing has a policy.
function unsupplied(
  at: Compiling,
  layer: 'key-policy' | 'trust' | 'resource-policy',
  detail: string,
): ResourceBased {
  const undecided = undecidedLayer(at, { layer, of: at.question.request.resource, detail });
  const denies =
    layer === 'resource-policy' ? unlessAssumed(at, undecided('denies')) : undecided('denies');
  return { ...silent(at), direct: undecided('allows'), denies };
}

function isKeyAction({ service, request }: Question): boolean {
  return (
    service === 'kms' &&
    (/:key\//.test(request.resource) ||
      (request.resource !== '*' && !request.resource.includes(':alias/')))
  );
}

function compileKeyPolicy(at: Compiling, key: Key | undefined): ResourceBased {
  const { question } = at;
  if (key === undefined && isComplete(question.inventory, question.ownerId ?? '', 'keys'))
    return silent(at);
  if (key?.policy !== undefined) return compileResourceBased(at, key.policy, 'key-policy');
  return unsupplied(at, 'key-policy', 'the key policy');
}

// SOURCE: facts evaluation 9, 10, 12, 13
function grantedBy(
  at: Compiling,
  identity: Pooled,
  boundary: Limits,
  resource: ResourceBased | undefined,
): Formula<RequestAtom> {
  const { formulas, question } = at;
  const { caller } = question.request;
  // SOURCE: facts evaluation 13.10: no policy allows RetireGrant
  const isRetiring = question.action === 'kms:retiregrant';
  if (!('account' in caller)) {
    // SOURCE: facts evaluation 7.7, 10.5: the resource's side alone
    return formulas.any([
      ...(resource === undefined || isRetiring ? [] : [resource.direct]),
      grants(at).direct,
    ]);
  }
  const own = formulas.all([identity.allows, boundary.allows]);
  if (question.request.resource === '*' || hasNoResource(question.request.action)) return own;
  const named = (isRetiring ? undefined : resource) ?? {
    direct: formulas.never,
    role: formulas.never,
    account: formulas.never,
  };
  const isHome = same(at, caller.account, question.ownerId ?? caller.account);
  const fromGrants = grants(at);
  const home = formulas.any([
    named.direct,
    formulas.all([named.role, boundary.allows]),
    // SOURCE: facts evaluation 13.3, 12.1: a key or a role's trust must hand over to identity policies
    formulas.all([needsDelegation(question) ? named.account : formulas.always, own]),
    fromGrants.direct,
    formulas.all([fromGrants.role, boundary.allows]),
    formulas.all([fromGrants.account, own]),
  ]);
  const anyNaming = (from: Readonly<Record<Naming, Formula<RequestAtom>>>): Formula<RequestAtom> =>
    formulas.any([from.direct, from.role, from.account]);
  const abroad =
    question.service === 'kms' && !worksAcrossAccounts(question.request.action)
      ? formulas.never
      : formulas.any([
          formulas.all([anyNaming(named), own]),
          // SOURCE: facts evaluation 13.8: a grant is sufficient by itself
          formulas.all([formulas.any([fromGrants.direct, fromGrants.role]), boundary.allows]),
          formulas.all([fromGrants.account, own]),
        ]);
  return formulas.any([
    formulas.all([isHome, home]),
    formulas.all([formulas.not(isHome), samePartition(at), abroad]),
  ]);
}

function needsDelegation(question: Question): boolean {
  return isKeyAction(question) || isOnRole(question);
}

// SOURCE: facts evaluation 10.3
function samePartition(at: Compiling): Formula<RequestAtom> {
  const { caller, resource } = at.question.request;
  if (!('account' in caller)) return at.formulas.always;
  const arn = caller.kind === 'role-session' ? caller.roleArn : caller.arn;
  const a = parseArn(arn)?.partition;
  const b = parseArn(resource)?.partition;
  return a === undefined || b === undefined ? at.formulas.always : same(at, a, b);
}

function grants(at: Compiling): Readonly<Record<Naming, Formula<RequestAtom>>> {
  const { formulas, question } = at;
  const { inventory, key, ownerId, request } = question;
  const none = { direct: formulas.never, role: formulas.never, account: formulas.never };
  if (!isKeyAction(question)) return none;
  if (key?.grants !== undefined) return compileGrants(at, key.grants);
  if (isComplete(inventory, ownerId ?? '', key === undefined ? 'keys' : 'grants')) return none;
  const missing = {
    layer: 'grant',
    of: request.resource,
    detail: 'the grants of the key',
  } as const;
  return { ...none, direct: unlessAssumed(at, undecidedLayer(at, missing)('allows')) };
}
