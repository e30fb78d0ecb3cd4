import {
  actionsOf,
  findOutsiderAccess,
  keyStatementsOf,
  nameOf,
  nameOfKey,
  outsiderScenario,
  rule,
  subjectOf,
  worksAcrossAccounts,
  type OutsiderAccess,
} from '../../src/rule.js';

export const publicKeyPolicy = rule<OutsiderAccess>({
  meta: {
    id: 'public-key-policy',
    title: 'Key policy is open to every AWS account',
    severity: 'error',
    category: 'least-privilege',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory, expectations }) {
    for (const { key, statement } of keyStatementsOf(inventory)) {
      // A statement with conditions is the business of wildcard-principal-weak-condition.
      if (statement.conditions.length > 0) continue;
      const access = findOutsiderAccess(inventory, key, statement, expectations);
      if (access === undefined) continue;
      const others = actionsOf(statement).filter(worksAcrossAccounts).length - 1;
      const more = others > 0 ? ` and ${others} other ${others > 1 ? 'actions' : 'action'}` : '';
      yield {
        claim: access,
        message: `any AWS account can call \`${access.found.action}\`${more} on ${nameOfKey(key)}`,
        why: `${nameOf(statement)} of the key policy allows every principal there is, and no condition ties the caller to an account: an IAM policy in the caller's own account is all that it takes besides`,
        fix: 'name the principals, or require `kms:CallerAccount` or `aws:PrincipalOrgID` in a condition',
        span: statement.principal?.span ?? statement.span,
        address: key.address,
        subject: subjectOf(statement),
        ...(statement.presence === undefined ? {} : { hangsOn: statement.presence }),
      };
    }
  },

  scenario: outsiderScenario,
});
