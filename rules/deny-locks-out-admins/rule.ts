import {
  findLockout,
  lockoutScenario,
  nameOf,
  nameOfKey,
  rule,
  subjectOf,
  type KeyClaim,
} from '../../src/rule.js';

export const denyLocksOutAdmins = rule<KeyClaim>({
  meta: {
    id: 'deny-locks-out-admins',
    title: 'A Deny keeps everybody from changing the key policy',
    severity: 'error',
    category: 'lockout',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html',
      'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
    ],
    presets: ['recommended', 'strict'],
    ephemeral: 'info',
  },

  *detect({ inventory }) {
    for (const key of inventory.keys) {
      const lockout = findLockout(inventory, key);
      if (lockout?.kind !== 'denied') continue;
      const { by } = lockout;
      yield {
        claim: { key: key.arn },
        message: `${nameOf(by)} keeps everybody, administrators too, from changing the key policy of ${nameOfKey(key)}`,
        why: 'an explicit deny beats every Allow, also for the root user of the account; once this policy is stored, only AWS Support can take the Deny out again',
        fix: 'leave `kms:PutKeyPolicy` out of the Deny, or exempt the administrators with a condition such as `ArnNotEquals` on `aws:PrincipalArn`',
        span: by.action?.span ?? by.span,
        address: key.address,
        subject: subjectOf(by),
      };
    }
  },

  scenario: lockoutScenario,
});
