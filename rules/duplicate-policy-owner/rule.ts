import {
  administratorOf,
  areAllRefused,
  circumstancesFor,
  decideTry,
  findAllowed,
  findKey,
  isRefused,
  isSuccess,
  nameOfKey,
  namedFreedom,
  parseCaller,
  plainly,
  principalsOf,
  printPolicy,
  rootBeside,
  rule,
  sayTheSame,
  scopeTo,
  stageFor,
  statementsIn,
  stepsOf,
  triableActions,
  withActors,
  withAdministrator,
  type Attempt,
  type Inventory,
  type Key,
  type KeyClaim,
  type PolicyDocument,
  type Text,
  type Try,
} from '../../src/rule.js';

export const duplicatePolicyOwner = rule<KeyClaim>({
  meta: {
    id: 'duplicate-policy-owner',
    title: 'Two resources each set the policy of one key',
    severity: 'warning',
    category: 'hygiene',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
      'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key_policy',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const key of inventory.keys) {
      const [first, ...others] = key.policyOwners ?? [];
      if (first === undefined || others.length === 0) continue;
      const differ = others.some(({ policy }) => !sayTheSame(policy, first.policy));
      const names = [first, ...others].map(({ address }) => `\`${address}\``);
      const [last = '', ...before] = names.toReversed();
      yield {
        claim: { key: key.arn },
        severity: differ ? 'warning' : 'info',
        message: `${before.reverse().join(', ')} and ${last} each set the key policy of ${nameOfKey(key)}`,
        why: differ
          ? 'a key has one policy, and PutKeyPolicy replaces it as a whole: what is allowed follows from which of them was applied last, and every run changes it back'
          : 'a key has one policy; they say the same today, and a change of one of them will be undone by the other',
        fix: 'keep one of them, with the statements of both',
        span: first.span,
        related: others.map(({ address, span }) => ({
          span,
          message: `\`${address}\` sets it as well`,
        })),
        address: key.address,
        subject: [...names].sort().join(' '),
      };
    }
  },

  scenario({ key: arn }, inventory) {
    const key = findKey(inventory, arn);
    const policies = (key?.policyOwners ?? []).map(({ policy }) => policy);
    if (key === undefined || policies.length < 2) {
      return { unsimulated: 'one resource alone sets the key policy' };
    }
    for (const first of policies) {
      for (const second of policies) {
        const found = findReplacement(inventory, key, first, second);
        if (found === undefined) continue;
        const { stage, attempt } = found;
        return {
          claims: 'can',
          stage,
          attempts: { kind: 'all', attempts: [attempt] },
          succeeded: (exchanges) =>
            isSuccess(exchanges[attempt.length - 3]) && isRefused(exchanges[attempt.length - 1]),
        };
      }
    }
    return { unsimulated: 'no call is known that one policy allows and another refuses' };
  },
});

interface Replacement {
  readonly stage: Inventory;
  /** A call, another policy, and the call again. */
  readonly attempt: Attempt;
}

/** What somebody may by the first policy and no longer by the second, once it is put in its place. */
function findReplacement(
  inventory: Inventory,
  listed: Key,
  first: PolicyDocument,
  second: PolicyDocument,
): Replacement | undefined {
  const under = (policy: PolicyDocument): Inventory => {
    const key = { ...listed, policy };
    const scope = scopeTo({ ...inventory, keys: [key] }, key);
    return withAdministrator(withActors(stageFor(scope, key), holdersOf(key)), key);
  };
  const [stage, later] = [under(first), under(second)];
  const key = findKey(stage, listed.arn);
  const lost = key && findLost(stage, later, key);
  const writer = key && findWriter(stage, later, key);
  const steps = lost === undefined ? [] : stepsOf(stage, lost);
  if (key === undefined || writer === undefined || steps.length === 0) return undefined;
  const input = { KeyId: key.arn, Policy: printPolicy(second) };
  const attempt: Attempt = [
    ...steps,
    { kind: 'kms', operation: 'PutKeyPolicy', input, caller: writer, region: key.region },
    ...steps.slice(-1),
  ];
  return { stage, attempt };
}

/** Those of whom only the ARN is known have all IAM policies that they could have. */
function holdersOf(key: Key): Parameters<typeof withActors>[1] {
  return callersOf(key).map((arn) => ({ arn, may: 'everything' as const }));
}

/** Whom a key policy allows something, as far as they can make a request. */
function callersOf({ policy, account }: Key): readonly Text[] {
  const forms = statementsIn(policy)
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(principalsOf)
    .flatMap(({ form, text }) => {
      if (form.kind === 'service') return [form.name];
      return form.kind === 'user' || form.kind === 'role' || isForeignRoot(text, account)
        ? [text]
        : [];
    });
  return [...new Set(forms)];
}

function isForeignRoot(text: Text, account: Text): boolean {
  const caller = parseCaller(text);
  return caller?.kind === 'root' && caller.account !== account;
}

function findLost(stage: Inventory, later: Inventory, key: Key): Try | undefined {
  const ways = circumstancesFor(statementsIn(key.policy), namedFreedom);
  for (const caller of callersOf(key)) {
    for (const action of triableActions(key)) {
      const tries = ways.map((circumstances) => ({ caller, action, key: key.arn, circumstances }));
      const found = findAllowed(stage, tries);
      if (found !== undefined && areAllRefused(later, tries) === true) return found;
    }
  }
  return undefined;
}

/** Somebody who may put a policy before, and could again afterwards, as KMS asks. */
function findWriter(stage: Inventory, later: Inventory, key: Key): Text | undefined {
  const callers = [administratorOf(key).arn, rootBeside(key), ...callersOf(key)];
  return callers.find((caller) =>
    [stage, later].every((world) => {
      const one = { caller, action: 'kms:PutKeyPolicy', key: key.arn, circumstances: plainly };
      return decideTry(world, one).decision === 'Allow';
    }),
  );
}
