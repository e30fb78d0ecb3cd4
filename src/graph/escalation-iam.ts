import type { Caller, ContextValue, Group, Inventory, Principal } from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import type { PolicyDocument } from '../policy/index.js';
import { equalTexts } from '../source/index.js';
import type { Text } from '../source/index.js';
import { mayByIdentity } from './escalation-may.js';
import type { Asker, Call, Move, Step } from './escalation-step.js';
import { principalOf, withPrincipal } from './escalation-world.js';
import { allowEverything } from './written.js';

/** What an actor can do to give a user or role that it is, or acts as, more IAM permissions. */
export function empowerMoves(
  asker: Asker,
  world: Inventory,
  actor: Caller,
  self: Caller,
): readonly Move[] {
  const principal = principalOf(world, self);
  // Group policies and managed ones of a service-linked role cannot be changed by hand.
  if (principal === undefined || principal.serviceLinked) return [];
  const at: At = { asker, world, actor };
  return [
    ...ownPolicies(at, principal),
    ...managedPolicies(at, principal),
    ...(principal.kind === 'user' ? throughGroups(at, principal) : []),
    ...withoutBoundary(at, principal),
  ];
}

interface At {
  readonly asker: Asker;
  readonly world: Inventory;
  readonly actor: Caller;
}

const parameters = [
  'iam:associatedresourcearn',
  'iam:awsservicename',
  'iam:organizationspolicyid',
  'iam:passedtoservice',
  'iam:permissionsboundary',
  'iam:policyarn',
];

/** A call of IAM's, without the parameters that it does not have; `undefined` where it is never allowed. */
export function iamStep(
  { asker, world, actor }: At,
  call: Pick<Call, 'action' | 'resource' | 'detail' | 'assumes'> & {
    readonly context?: Readonly<Record<string, ContextValue>>;
  },
): Step | undefined {
  if (!mayByIdentity(world, actor, call.action)) return undefined;
  const given = Object.keys(call.context ?? {}).map((name) => name.toLowerCase());
  const absent = parameters.filter((name) => !given.includes(name));
  return asker.step({ ...call, world, caller: actor, absent });
}

function ownPolicies(at: At, principal: Principal): readonly Move[] {
  const kind = principal.kind === 'user' ? 'User' : 'Role';
  const context = boundaryContext(principal);
  const steps = [
    iamStep(at, { action: `iam:Put${kind}Policy`, resource: principal.arn, context }),
    iamStep(at, {
      action: `iam:Attach${kind}Policy`,
      resource: principal.arn,
      detail: 'AdministratorAccess',
      context: { ...context, 'iam:PolicyARN': administratorAccess(principal.arn) },
    }),
  ];
  const change = (estate: Inventory): Inventory =>
    withPrincipal(estate, principal.arn, ({ policies = [] }) => ({
      policies: [...policies, allowEverything],
    }));
  return moves(steps, change, principal.arn);
}

function moves(
  steps: readonly (Step | undefined)[],
  change: Move['change'],
  arn: Text,
): readonly Move[] {
  return steps.flatMap((step) =>
    step === undefined ? [] : [{ steps: [step], change, gain: `policies of ${arn}` }],
  );
}

// SOURCE: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html: the
// boundary that the user or role has; which managed policy it is, a document alone does not tell.
function boundaryContext({ arn, boundary }: Principal): Readonly<Record<string, ContextValue>> {
  if (boundary === 'none' || boundary === undefined) return {};
  const detail = 'the ARN of the permissions boundary';
  const unknown = { layer: 'attribute', of: arn, detail } as const;
  return { 'iam:PermissionsBoundary': boundary.arn ?? { unknown } };
}

function administratorAccess(arn: Text): Text {
  return `arn:${parseArn(arn)?.partition ?? 'aws'}:iam::aws:policy/AdministratorAccess`;
}

// A new default version of a customer managed policy that is attached holds for all who have it.
function managedPolicies(at: At, principal: Principal): readonly Move[] {
  const groups = groupsOf(at.world, principal);
  const documents = [principal, ...groups].flatMap(({ policies = [] }) => policies);
  const arns = new Set(documents.flatMap(({ arn }) => (arn === undefined ? [] : [arn])));
  return [...arns].flatMap((arn) => {
    if (parseArn(arn)?.account === 'aws') return [];
    const step = iamStep(at, { action: 'iam:CreatePolicyVersion', resource: arn });
    return moves([step], (estate) => withPolicyVersion(estate, arn), principal.arn);
  });
}

function withPolicyVersion(world: Inventory, arn: Text): Inventory {
  const version: PolicyDocument = { ...allowEverything, arn };
  const replaced = <T extends { readonly policies?: readonly PolicyDocument[] }>(one: T): T =>
    one.policies?.some((document) => document.arn === arn) === true
      ? { ...one, policies: one.policies.map((old) => (old.arn === arn ? version : old)) }
      : one;
  return {
    ...world,
    principals: world.principals.map(replaced),
    groups: world.groups.map(replaced),
  };
}

function groupsOf(world: Inventory, { groups = [] }: Principal): readonly Group[] {
  return world.groups.filter(({ arn }) => groups.some((own) => equalTexts(own, arn) === true));
}

function throughGroups(at: At, user: Principal): readonly Move[] {
  const own = groupsOf(at.world, user);
  const others = at.world.groups.filter(
    ({ arn }) => parseArn(arn)?.account === user.account && !own.some((one) => one.arn === arn),
  );
  const changed = own.flatMap((group) => {
    const change = (estate: Inventory): Inventory => ({
      ...estate,
      groups: estate.groups.map((one) =>
        one.arn === group.arn
          ? { ...one, policies: [...(one.policies ?? []), allowEverything] }
          : one,
      ),
    });
    const steps = [
      iamStep(at, { action: 'iam:PutGroupPolicy', resource: group.arn }),
      iamStep(at, {
        action: 'iam:AttachGroupPolicy',
        resource: group.arn,
        detail: 'AdministratorAccess',
        context: { 'iam:PolicyARN': administratorAccess(group.arn) },
      }),
    ];
    return moves(steps, change, user.arn);
  });
  const joined = others.flatMap((group) => {
    const change = (estate: Inventory): Inventory =>
      withPrincipal(estate, user.arn, ({ groups = [] }) => ({ groups: [...groups, group.arn] }));
    const step = iamStep(at, { action: 'iam:AddUserToGroup', resource: group.arn });
    return step === undefined
      ? []
      : [{ steps: [step], change, gain: `${user.arn} in ${group.arn}` }];
  });
  return [...changed, ...joined];
}

function withoutBoundary(at: At, principal: Principal): readonly Move[] {
  if (principal.boundary === undefined || principal.boundary === 'none') return [];
  const action = `iam:Delete${principal.kind === 'user' ? 'User' : 'Role'}PermissionsBoundary`;
  const context = boundaryContext(principal);
  const step = iamStep(at, { action, resource: principal.arn, context });
  if (step === undefined) return [];
  const change = (estate: Inventory): Inventory =>
    withPrincipal(estate, principal.arn, () => ({ boundary: 'none' }));
  return [{ steps: [step], change, gain: `no boundary of ${principal.arn}` }];
}
