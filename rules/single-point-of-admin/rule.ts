import {
  administratorsOf,
  administratorOf,
  changesByAll,
  findKey,
  isRefused,
  isSuccess,
  nameOfKey,
  presumeOwner,
  printPolicy,
  recreatable,
  recreation,
  scopeTo,
  rule,
  showText,
  spanOfPrincipal,
  stageFor,
  withAdministrator,
  type Call,
  type Key,
} from '../../src/rule.js';

interface Claim {
  /** The ARN of the key. */
  readonly key: string;
  /** The ARN of the only administrator. */
  readonly administrator: string;
}

export const singlePointOfAdmin = rule<Claim>({
  meta: {
    id: 'single-point-of-admin',
    title: 'One user or role is all that can administer the key',
    severity: 'warning',
    category: 'lockout',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
    presets: ['recommended', 'strict'],
    ephemeral: 'info',
  },

  *detect({ inventory }) {
    for (const listed of inventory.keys) {
      const { inventory: settled, key, hangsOn } = presumeOwner(inventory, listed);
      const [only, ...others] = administratorsOf(settled, key) ?? [];
      if (only === undefined || others.length > 0) continue;
      // One who has the right through IAM can be replaced by IAM.
      if (only === administratorOf(key).arn || recreatable(only) !== only) continue;
      yield {
        claim: { key: listed.arn, administrator: only },
        message: `\`${showText(only)}\` is all that can change the key policy of ${nameOfKey(key)}`,
        why: 'the key policy does not let the account give that right by IAM policies; once this one principal is deleted, nobody can change the policy or delete the key, nor can one that is created again under the same name, as the policy holds the unique id',
        fix: 'allow `kms:*` to the account (`arn:aws:iam::<account>:root`) as the default key policy does, or name a second administrator',
        span: spanOfPrincipal(listed, only),
        address: key.address,
        subject: showText(only),
        ...(hangsOn === undefined ? {} : { hangsOn }),
      };
    }
  },

  scenario({ key: arn, administrator }, inventory) {
    const key = findKey(inventory, arn);
    const deletable = recreatable(administrator);
    if (key === undefined || deletable === undefined)
      return { unsimulated: 'the key is not there' };
    const stage = withAdministrator(stageFor(scopeTo(inventory, key), key), key);
    const attempt = [
      changeByOnly(key, administrator),
      ...recreation(deletable),
      ...changesByAll(stage, key),
    ];
    return {
      claims: 'can',
      stage,
      attempts: { kind: 'all', attempts: [attempt] },
      succeeded: ([change, , , ...tries]) => isSuccess(change) && tries.every(isRefused),
    };
  },
});

/** The administrator stores the policy as it is. */
function changeByOnly(key: Key, administrator: string): Call {
  return {
    kind: 'kms',
    operation: 'PutKeyPolicy',
    input: { KeyId: key.arn, Policy: key.policy === undefined ? '' : printPolicy(key.policy) },
    caller: administrator,
    region: key.region,
  };
}
