import {
  afterRecreation,
  areAllRefused,
  circumstancesFor,
  exists,
  findAllowed,
  findKey,
  findPrincipal,
  grantsTo,
  isLeftAlone,
  isRefused,
  isSuccess,
  isWhole,
  nameOfKey,
  namedFreedom,
  parseCaller,
  presumeOwner,
  recreation,
  rule,
  scopeTo,
  showText,
  stageFor,
  statementsNaming,
  stepsOf,
  triableActions,
  withActors,
  type Inventory,
  type Key,
  type Span,
  type Try,
} from '../../src/rule.js';

interface Claim {
  /** What stops working. */
  readonly lost: Try;
}

export const principalRecreation = rule<Claim>({
  meta: {
    id: 'principal-recreation',
    title: 'A principal loses the key when it is deleted and created again',
    severity: 'error',
    category: 'availability',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
    ],
    presets: ['recommended', 'strict'],
    ephemeral: 'info',
  },

  *detect({ inventory }) {
    for (const listed of inventory.keys) {
      if (listed.policy === undefined || !isWhole(listed.policy)) continue;
      const { inventory: whole, key, hangsOn } = presumeOwner(inventory, listed);
      const settled = scopeTo(whole, key);
      for (const { arn, span, by } of namedIn(settled, key)) {
        const lost = findLost(settled, key, arn);
        if (lost === undefined) continue;
        const change = isReplacedBeside(inventory, arn, listed) ? replacing : recreating;
        yield {
          claim: { lost: { ...lost, key: listed.arn } },
          severity: change.severity,
          message: `\`${showText(arn)}\` loses \`${lost.action}\` on ${nameOfKey(key)} ${change.when}`,
          why: `only ${by} gives it that, by its ARN; AWS stores the unique id behind the ARN, ${change.but}`,
          fix: 'let the account use IAM policies (allow `arn:aws:iam::<account>:root`) and give the permission in an IAM policy of the principal, or test `aws:PrincipalArn` in a condition',
          span,
          address: key.address,
          subject: showText(arn),
          ...(hangsOn === undefined ? {} : { hangsOn }),
        };
      }
    }
  },

  scenario({ lost }, inventory) {
    const key = findKey(inventory, lost.key);
    if (key === undefined) return { unsimulated: 'the key is not in the inventory' };
    const stage = stageFor(withHolder(scopeTo(inventory, key), lost.caller), key);
    const steps = stepsOf(stage, lost);
    if (steps.length === 0) return { unsimulated: 'nobody can encrypt anything with the key' };
    const attempt = [...steps, ...recreation(lost.caller), ...steps.slice(-1)];
    return {
      claims: 'can',
      stage,
      attempts: { kind: 'all', attempts: [attempt] },
      succeeded: (exchanges) =>
        isSuccess(exchanges[steps.length - 1]) && isRefused(exchanges[attempt.length - 1]),
    };
  },
});

/** It may be replaced some day. */
const recreating = {
  severity: 'warning',
  when: 'when it is deleted and created again',
  but: 'and one of the same name that is created later has another',
} as const;

/** A change is about to replace it. */
const replacing = {
  severity: 'error',
  when: 'when this plan replaces it',
  but: 'and the plan makes another principal of the same name while it leaves the key as it is',
} as const;

/** Whether a change replaces a principal by one of the same ARN, and does not write again what names it. */
function isReplacedBeside(inventory: Inventory, arn: string, key: Key): boolean {
  const caller = parseCaller(arn);
  if (caller === undefined || findPrincipal(inventory, caller)?.replaced !== true) return false;
  const earlier = inventory.before && findPrincipal(inventory.before, caller);
  return earlier?.arn === arn && isLeftAlone(inventory, key);
}

interface Named {
  readonly arn: string;
  readonly span: Span;
  /** What names it, in words. */
  readonly by: string;
}

/** The users and roles that the key policy or a grant names, and that somebody may create again as they are. */
function namedIn(inventory: Inventory, key: Key): readonly Named[] {
  const named = [
    ...statementsNaming(key).map(({ arn, span }) => ({ arn, span, by: 'the key policy' })),
    ...grantsTo(key).map(({ arn, span }) => ({ arn, span, by: 'a grant' })),
  ];
  const first = new Map(named.toReversed().map((one) => [one.arn, one]));
  return [...first.values()]
    .reverse()
    .filter(({ arn }) => exists(inventory, arn) && isRecreatedAlike(inventory, arn));
}

function isRecreatedAlike(inventory: Inventory, arn: string): boolean {
  // Services create their roles themselves, and expect to be named by ARN.
  if (arn.includes(':role/aws-service-role/')) return false;
  const caller = parseCaller(arn);
  const principal = caller && findPrincipal(inventory, caller);
  // A name that the template leaves to AWS is new each time, and with it the ARN in the policy.
  return principal?.fixedName !== false && principal?.serviceLinked !== true;
}

/** The first action that the principal is allowed now, and certainly not after it was recreated. */
function findLost(inventory: Inventory, key: Key, arn: string): Try | undefined {
  const before = withHolder(inventory, arn);
  const after = afterRecreation(before, arn);
  for (const action of triableActions(key)) {
    const ways = circumstancesFor(
      statementsNaming(key).map((one) => one.statement),
      namedFreedom,
    );
    const tries = ways.map((circumstances) => ({
      caller: arn,
      action,
      key: key.arn,
      circumstances,
    }));
    const found = findAllowed(before, tries);
    if (found !== undefined && areAllRefused(after, tries) === true) return found;
  }
  return undefined;
}

/** One of whom only the ARN is known has all IAM policies that it could have. */
function withHolder(inventory: Inventory, arn: string): Inventory {
  return withActors(inventory, [{ arn, may: 'everything' }]);
}
