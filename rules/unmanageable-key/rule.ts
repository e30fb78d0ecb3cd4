import {
  findLockout,
  lockoutScenario,
  nameOfKey,
  rule,
  showText,
  spanOfPolicy,
  type KeyClaim,
} from '../../src/rule.js';

export const unmanageableKey = rule<KeyClaim>({
  meta: {
    id: 'unmanageable-key',
    title: 'Nobody can change the key policy',
    severity: 'error',
    category: 'lockout',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
      'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
    ],
    presets: ['recommended', 'strict'],
    ephemeral: 'info',
  },

  *detect({ inventory }) {
    for (const key of inventory.keys) {
      if (findLockout(inventory, key)?.kind !== 'nobody') continue;
      yield {
        claim: { key: key.arn },
        message: `nobody can change the key policy of ${nameOfKey(key)}`,
        why: `no statement that applies lets a principal of account \`${showText(key.account)}\`, or the account itself, call \`kms:PutKeyPolicy\`; only AWS Support can restore access to such a key`,
        fix: 'allow `kms:*` to the account (`arn:aws:iam::<account>:root`), so that IAM policies can give the right to administer it, or name at least two administrators',
        span: spanOfPolicy(key),
        address: key.address,
        subject: 'kms:PutKeyPolicy',
      };
    }
  },

  scenario: lockoutScenario,
});
