import {
  deriveContext,
  distinctMissing,
  findKey,
  findKeys,
  findPrincipal,
  findPrincipals,
  isComplete,
  type Inventory,
  type Key,
  type Missing,
  type Principal,
  type Request,
  type RoleSession,
} from '../../inventory/index.js';
import { parseArn, type PolicyDocument } from '../../policy/index.js';
import { hole, invariant, type Text } from '../../source/index.js';
import type { AppliedPolicies } from './applied.js';
import type { Authorization } from './authorization.js';
import { evaluate } from './evaluate.js';
import { gather, type Assume } from './gather.js';
import { isAliasAction } from './relation.js';

/** How what was not supplied counts. */
export interface DecideOptions {
  /**
   * `absent`, the default: layers that only limit, and grants, are taken not to exist where they were
   * not supplied, and are listed as assumed. `nothing`: a decision that hangs on them is `Unknown`.
   */
  readonly assume?: Assume;
}

/**
 * Decides one concrete request by the policies of an inventory. Condition keys that follow from caller,
 * action and resource are derived (see `deriveContext`), given ones win, and all others are absent.
 * Where a key or principal is defined more than once, the variants must agree, or the decision is
 * `Unknown`. An operation on an alias needs its permission on the alias and on the key behind it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function decide(
  inventory: Inventory,
  request: Request,
  { assume = 'absent' }: DecideOptions = {},
): Authorization {
  const variants = variantsOf(inventory, request);
  if (variants.length > 1) return agree(variants.map((one) => decide(one, request, { assume })));
  const asked = assume === 'nothing' ? withUnknownPath(inventory, request) : request;
  const named = deriveContext(inventory, asked);
  const owned = isOfUnknownOwner(named) ? withOwner(inventory, asked, assume) : named;
  const derived = assume === 'nothing' ? withUnknownTags(inventory, asked, owned) : owned;
  const decided = decideOne(inventory, derived, assume);
  const assumed = assume === 'nothing' ? [] : assumedOwner(named);
  const onRequest = { ...decided, assumed: distinctMissing([...decided.assumed, ...assumed]) };
  const key = keyBehindAlias(inventory, derived);
  if (key === undefined) return onRequest;
  const onKey = deriveContext(inventory, { ...asked, resource: key.arn });
  return both(onRequest, decideOne(inventory, onKey, assume));
}

function decideOne(inventory: Inventory, request: Request, assume: Assume): Authorization {
  const key = findKey(inventory, request.resource);
  const principal = findPrincipal(inventory, request.caller);
  const policies = gather(inventory, { request, key, principal }, assume);
  const decided = evaluate(policies, request);
  if (assume === 'nothing') return decided;
  const assumed = [
    ...takenForGranted(inventory, request, key),
    ...assumedTags(request, principal, policies),
  ];
  return { ...decided, assumed: [...decided.assumed, ...assumed] };
}

/** What is assumed beside policies: attributes that the names of things do not tell. */
function takenForGranted(
  inventory: Inventory,
  request: Request,
  key: Key | undefined,
): readonly Missing[] {
  const { caller } = request;
  const owner = 'the account of the key, taken from its policy';
  const path = 'the path of the role, taken to have none';
  return [
    ...(key?.accountAssumed === true ? [attribute(key.arn, owner)] : []),
    ...(caller.kind === 'role-session' && hasUnknownPath(inventory, caller)
      ? [attribute(caller.roleArn, path)]
      : []),
  ];
}

/** Session tags, where the trust policy that would tell of them is not supplied and some policy looks at tags. */
function assumedTags(
  { caller }: Request,
  principal: Principal | undefined,
  { identity, resource, boundary, scps, rcps, endpoint }: AppliedPolicies,
): readonly Missing[] {
  if (caller.kind !== 'role-session' || principal?.trust !== undefined) return [];
  const documents = [identity, resource, boundary, scps, rcps, endpoint].flatMap(({ levels }) =>
    levels === 'none' ? [] : levels.flat(),
  );
  return documents.some(looksAtTags)
    ? [attribute(caller.roleArn, 'its session tags, taken to have none')]
    : [];
}

// A policy never changes, and decisions look at the same ones again and again.
const lookAtTags = new WeakMap<PolicyDocument, boolean>();

function looksAtTags(document: PolicyDocument): boolean {
  const known = lookAtTags.get(document) ?? mentionsTags(document);
  lookAtTags.set(document, known);
  return known;
}

function mentionsTags({ statements }: PolicyDocument): boolean {
  const names = /aws:principaltag\//i;
  return statements.some(
    (statement) =>
      statement.kind === 'statement' &&
      (statement.conditions.some(
        ({ key, values }) => names.test(key) || values.some(({ text }) => names.test(text)),
      ) ||
        (statement.resource?.patterns.some(({ text }) => names.test(text)) ?? false)),
  );
}

function attribute(of: Text, detail: string): Missing {
  return { layer: 'attribute', of, detail };
}

/** The inventory with each definition of the caller and the key by itself, where there are several. */
function variantsOf(inventory: Inventory, request: Request): readonly Inventory[] {
  const { caller } = request;
  const home = 'account' in caller ? { account: caller.account } : {};
  const named = findKey(inventory, request.resource, home);
  const keys = distinct(named === undefined ? [] : findKeys(inventory, named.arn));
  const principals = distinct(findPrincipals(inventory, caller));
  if (keys.length < 2 && principals.length < 2) return [inventory];
  return alternatives(keys).flatMap((notKeys) =>
    alternatives(principals).map((notPrincipals) => ({
      ...inventory,
      keys: inventory.keys.filter((key) => !notKeys.includes(key)),
      principals: inventory.principals.filter((one) => !notPrincipals.includes(one)),
    })),
  );
}

function distinct<T>(things: readonly T[]): readonly T[] {
  return [...new Set(things)];
}

/** For each of several things, the others; for one or none, nothing to leave out. */
function alternatives<T>(things: readonly T[]): readonly (readonly T[])[] {
  if (things.length < 2) return [[]];
  return things.map((kept) => things.filter((thing) => thing !== kept));
}

function agree(decided: readonly Authorization[]): Authorization {
  const [first, ...others] = decided;
  invariant(first !== undefined, 'several variants were decided');
  if (others.every(({ decision }) => decision === first.decision)) return first;
  const detail = 'which of several definitions counts';
  const missing = [attribute('the key or its caller', detail)];
  return { ...first, decision: 'Unknown', missing };
}

// SOURCE: facts evaluation 13.12
function keyBehindAlias(inventory: Inventory, { action, resource }: Request): Key | undefined {
  const isOnAlias = parseArn(resource)?.resource.startsWith('alias/') === true;
  return isOnAlias && isAliasAction(action) ? findKey(inventory, resource) : undefined;
}

const severity = { Allow: 0, Unknown: 1, ImplicitDeny: 2, ExplicitDeny: 3 } as const;

/** Both permissions are needed: the decision of the one that fails. */
function both(first: Authorization, second: Authorization): Authorization {
  const isWorse = severity[second.decision] > severity[first.decision];
  const assumed = [...first.assumed, ...second.assumed];
  return { ...(isWorse ? second : first), assumed: distinctMissing(assumed) };
}

/** Whether only the session of an unlisted role is named, which does not tell the role's path. */
function hasUnknownPath(inventory: Inventory, caller: RoleSession): boolean {
  return (
    caller.session !== undefined &&
    caller.roleArn.endsWith(`:role/${caller.role}`) &&
    findPrincipal(inventory, caller) === undefined
  );
}

/** Whether nothing tells the account of the resource, as with a bucket that is not listed. */
function isOfUnknownOwner({ resource, resourceAccount }: Request): boolean {
  return resource !== '*' && resourceAccount === undefined;
}

function assumedOwner(request: Request): readonly Missing[] {
  if (!isOfUnknownOwner(request) || !('account' in request.caller)) return [];
  return [attribute(request.resource, 'its account, taken to be that of the caller')];
}

function withOwner(inventory: Inventory, request: Request, assume: Assume): Request {
  const { caller, resource } = request;
  const assumed = 'account' in caller ? { resourceAccount: caller.account } : {};
  const owner =
    assume === 'nothing' ? { resourceAccount: hole('request', `account of ${resource}`) } : assumed;
  return deriveContext(inventory, { ...request, ...owner });
}

/** What a session brings is unknown where nobody told of the role's trust policy. */
function withUnknownTags(inventory: Inventory, asked: Request, derived: Request): Request {
  const { caller } = derived;
  if (caller.kind !== 'role-session') return derived;
  const role = findPrincipal(inventory, caller);
  const isGone = role === undefined && isComplete(inventory, caller.account, 'principals');
  if (role?.trust !== undefined || isGone) return derived;
  const unknown = { unknown: attribute(caller.roleArn, 'the session tags') };
  const tags = [...derived.context.keys()].filter(
    (name) => name.startsWith('aws:principaltag/') && !asked.context.has(name),
  );
  const context = new Map(derived.context);
  for (const name of ['aws:principaltag/*', ...tags]) context.set(name, unknown);
  return { ...derived, context };
}

function withUnknownPath(inventory: Inventory, request: Request): Request {
  const { caller } = request;
  if (caller.kind !== 'role-session' || !hasUnknownPath(inventory, caller)) return request;
  const start = caller.roleArn.slice(0, -caller.role.length);
  const path = hole('request', `path of role ${caller.role}`);
  return { ...request, caller: { ...caller, roleArn: `${start}${path}${caller.role}` } };
}
