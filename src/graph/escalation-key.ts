import { findAction, grantOperations } from '../facts/index.js';
import { arnOfCaller, encryptionContextOf, findKey } from '../inventory/index.js';
import type {
  Caller,
  Grant,
  GrantConstraints,
  Inventory,
  Key,
  Request,
} from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { mayOnKey } from './escalation-may.js';
import type { Asker, Move, Step } from './escalation-step.js';
import { withKey } from './escalation-world.js';
import { withAllowOf, writtenPolicy } from './written.js';

/** What is wanted in the end. */
export interface Goal {
  readonly action: string;
  /** The key's ARN. */
  readonly key: Text;
}

/** What an actor can do to the key itself: write its policy, or make a grant to itself. */
export function keyMoves(
  asker: Asker,
  world: Inventory,
  actor: Caller,
  goal: Goal,
): readonly Move[] {
  const key = findKey(world, goal.key);
  const arn = arnOfCaller(actor);
  if (key === undefined || arn === undefined || !('account' in actor)) return [];
  return [
    putKeyPolicy(asker, world, actor, key),
    createGrant(asker, world, arn, actor, key, goal),
  ].flatMap((move) => (move === undefined ? [] : [move]));
}

// SOURCE: facts kms-authz 122. The new policy passes the lockout safety check: it lets the writer write again.
function putKeyPolicy(
  asker: Asker,
  world: Inventory,
  actor: Extract<Caller, { readonly account: Text }>,
  key: Key,
): Move | undefined {
  if (!mayOnKey(world, actor, 'kms:PutKeyPolicy', key)) return undefined;
  const step = asker.step({
    world,
    caller: actor,
    action: 'kms:PutKeyPolicy',
    resource: key.arn,
    absent: ['kms:bypasspolicylockoutsafetycheck'],
  });
  if (step === undefined) return undefined;
  // By `*` and not by name, so that a boundary that says nothing does not limit it (facts evaluation 9).
  const policy = writtenPolicy('key-policy', {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'kms:*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:PrincipalAccount': actor.account } },
  });
  return {
    steps: [step],
    change: (estate) =>
      withKey(estate, key.arn, (now) => ({ policy: withAllowOf(policy, now.policy) })),
    gain: 'the key policy',
  };
}

// SOURCE: facts kms-authz 66, 69, 70
function createGrant(
  asker: Asker,
  world: Inventory,
  grantee: Text,
  actor: Caller,
  key: Key,
  goal: Goal,
): Move | undefined {
  const operation = grantableName(goal.action, key);
  if (operation === undefined || !mayOnKey(world, actor, 'kms:CreateGrant', key)) return undefined;
  const step = asker.step({
    world,
    caller: actor,
    action: 'kms:CreateGrant',
    resource: key.arn,
    detail: `${operation} to ${grantee}`,
    context: { 'kms:GranteePrincipal': grantee, 'kms:GrantOperations': [operation] },
    // A grant that a service makes for the caller is the service's own.
    absent: ['kms:viaservice', 'kms:granteeserviceprincipal', 'kms:retiringserviceprincipal'],
  });
  if (step === undefined) return undefined;
  const grant = grantOf(step, grantee, operation, key);
  return {
    steps: [step],
    change: (estate) =>
      withKey(estate, key.arn, ({ grants = [] }) => ({ grants: [...grants, grant] })),
    gain: `a grant of ${operation} to ${grantee}`,
  };
}

function grantableName(action: string, key: Key): string | undefined {
  const operation = findAction(action)?.operation;
  const name = action.slice('kms:'.length);
  if (operation === undefined || !grantOperations.some((known) => known === name)) return undefined;
  // SOURCE: facts kms-authz 68: an operation that is not valid for the key type is refused
  const { keyUsages, keySpecs } = operation;
  if (keyUsages?.every((usage) => usage !== (key.usage ?? usage)) === true) return undefined;
  return keySpecs?.every((spec) => spec !== (key.spec ?? spec)) === true ? undefined : name;
}

// With what the call that was found says, where policies demand constraints.
function grantOf({ answer }: Step, grantee: Text, operation: string, { span }: Key): Grant {
  const context = answer.kind === 'unknown' ? new Map() : answer.example.context;
  const retiring: unknown = context.get('kms:retiringprincipal');
  const constraints = constraintsOf(context);
  return {
    id: 'made-on-the-way',
    grantee,
    operations: [operation],
    ...(typeof retiring === 'string' ? { retiringPrincipal: retiring } : {}),
    ...(constraints === undefined ? {} : { constraints }),
    span,
  };
}

function constraintsOf(context: Request['context']): GrantConstraints | undefined {
  const source = context.get('kms:grantconstraintsourcearn');
  const sourceArn = typeof source === 'string' ? { sourceArn: source } : {};
  const pairs = new Map(
    [...encryptionContextOf(context)].flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value] as const] : [],
    ),
  );
  const some = pairs.size > 0 ? pairs : new Map([['example', 'example']]);
  const type = context.get('kms:grantconstrainttype');
  if (type === 'EncryptionContextEquals') return { ...sourceArn, encryptionContextEquals: some };
  if (type === 'EncryptionContextSubset') return { ...sourceArn, encryptionContextSubset: some };
  return typeof source === 'string' ? sourceArn : undefined;
}
