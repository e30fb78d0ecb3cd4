import { arnOfCaller } from '../inventory/index.js';
import type { Caller, Inventory, Principal } from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import type { Text } from '../source/index.js';
import { iamStep } from './escalation-iam.js';
import { assumable, mayByIdentity } from './escalation-may.js';
import { oncePerCall } from './escalation-step.js';
import type { Asker, Move, Step } from './escalation-step.js';
import { callerOf } from './callers.js';
import { withPrincipal } from './escalation-world.js';
import { withAllowOf, writtenPolicy } from './written.js';

/** The roles that an actor can assume as things are. */
export function assumeMoves(asker: Asker, world: Inventory, actor: Caller): readonly Move[] {
  return assumable(world, actor).flatMap((role) => {
    const step = assume(asker, world, actor, role);
    return step === undefined ? [] : [become([step], unchanged, role)];
  });
}

function assume(asker: Asker, world: Inventory, caller: Caller, role: Principal): Step | undefined {
  return asker.step({ world, caller, action: 'sts:AssumeRole', resource: role.arn });
}

const unchanged: Move['change'] = (world) => world;

function become(steps: readonly Step[], change: Move['change'], principal: Principal): Move {
  return { steps, change, becomes: callerOf(principal), gain: `being ${principal.arn}` };
}

/**
 * The users and roles of its account that an actor can come to act as by more than one call, or by
 * making credentials: a new trust policy and then assuming the role, code that a service runs as the
 * role, access keys of a user.
 */
export function takeOverMoves(
  asker: Asker,
  world: Inventory,
  actor: Caller,
  region: Text,
): readonly Move[] {
  if (!('account' in actor)) return [];
  const others = world.principals.filter(
    ({ account, arn }) => account === actor.account && arn !== arnOfCaller(actor),
  );
  const roles = others.filter(({ kind, serviceLinked }) => kind === 'role' && !serviceLinked);
  const at = { asker, world, actor };
  return [
    ...(mayByIdentity(world, actor, 'iam:UpdateAssumeRolePolicy')
      ? roles.flatMap((role) => retrust(asker, world, actor, role))
      : []),
    ...(mayByIdentity(world, actor, 'iam:PassRole')
      ? roles.flatMap((role) => passTo(asker, world, actor, role, region))
      : []),
    ...others.flatMap((user) => {
      if (user.kind === 'role') return [];
      const step = iamStep(at, { action: 'iam:CreateAccessKey', resource: user.arn });
      return step === undefined ? [] : [become([step], unchanged, user)];
    }),
  ];
}

function retrust(asker: Asker, world: Inventory, actor: Caller, role: Principal): readonly Move[] {
  // Root cannot assume roles, but could let another; that other is asked about itself.
  if (actor.kind === 'root') return [];
  const resource = role.arn;
  const call = { action: 'iam:UpdateAssumeRolePolicy', resource };
  const update = iamStep({ asker, world, actor }, call);
  if (update === undefined) return [];
  const trust = writtenPolicy('trust', {
    Effect: 'Allow',
    Principal: { AWS: arnOfCaller(actor) },
    Action: 'sts:AssumeRole',
  });
  const change = (estate: Inventory): Inventory =>
    withPrincipal(estate, role.arn, (now) => ({ trust: withAllowOf(trust, now.trust) }));
  const step = assume(asker, change(world), actor, role);
  return step === undefined ? [] : [become([update, step], change, role)];
}

interface CodeService {
  readonly service: string;
  /** The calls that make it run code, with the resources that each is authorized on, after the account. */
  readonly calls: readonly { readonly action: string; readonly resources: readonly string[] }[];
  readonly assumes: string;
}

// SOURCE: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
const codeServices: readonly CodeService[] = [
  {
    service: 'lambda',
    calls: [
      { action: 'lambda:CreateFunction', resources: ['function:escalation'] },
      { action: 'lambda:InvokeFunction', resources: ['function:escalation'] },
    ],
    assumes: 'the function is a new one in the Region of the key',
  },
  {
    service: 'ec2',
    calls: [
      {
        action: 'ec2:RunInstances',
        resources: [
          'instance/i-0example',
          'network-interface/eni-0example',
          'security-group/sg-0example',
          'subnet/subnet-0example',
          'volume/vol-0example',
        ],
      },
    ],
    assumes: 'the role is in an instance profile, and some image may be started',
  },
  {
    service: 'ecs-tasks',
    calls: [
      { action: 'ecs:RegisterTaskDefinition', resources: ['task-definition/escalation:1'] },
      { action: 'ecs:RunTask', resources: ['task-definition/escalation:1'] },
    ],
    assumes: 'there is a cluster that may run the task',
  },
  {
    service: 'codebuild',
    calls: [
      { action: 'codebuild:CreateProject', resources: ['project/escalation'] },
      { action: 'codebuild:StartBuild', resources: ['project/escalation'] },
    ],
    assumes: 'the project is a new one in the Region of the key',
  },
  {
    service: 'glue',
    calls: [
      { action: 'glue:CreateJob', resources: ['job/escalation'] },
      { action: 'glue:StartJobRun', resources: ['job/escalation'] },
    ],
    assumes: 'the job is a new one in the Region of the key',
  },
];

// A role that is passed to a service acts with the caller's code once the service may assume it.
function passTo(
  asker: Asker,
  world: Inventory,
  actor: Caller,
  role: Principal,
  region: Text,
): readonly Move[] {
  const partition = parseArn(role.arn)?.partition ?? 'aws';
  return codeServices.flatMap(({ service, calls, assumes }) => {
    if (!calls.every(({ action }) => mayByIdentity(world, actor, action))) return [];
    const name = `${service}.amazonaws.com`;
    const isTrusted = asker.step({
      world,
      caller: { kind: 'service', name },
      action: 'sts:AssumeRole',
      resource: role.arn,
      assumes,
    });
    if (isTrusted === undefined) return [];
    const pass = iamStep(
      { asker, world, actor },
      {
        action: 'iam:PassRole',
        resource: role.arn,
        detail: name,
        context: { 'iam:PassedToService': name },
      },
    );
    const prefix = calls[0]?.action.split(':')[0] ?? service;
    const started = calls.flatMap(({ action, resources }) =>
      resources.map((rest) => {
        const resource = `arn:${partition}:${prefix}:${region}:${role.account}:${rest}`;
        return asker.step({ world, caller: actor, action, resource });
      }),
    );
    const steps = [pass, ...started, isTrusted].flatMap((step) => (step ? [step] : []));
    return steps.length === started.length + 2 ? [become(oncePerCall(steps), unchanged, role)] : [];
  });
}
