import {
  explainGuards,
  findOutsiderAccess,
  keyStatementsOf,
  nameOf,
  nameOfKey,
  outsiderScenario,
  rule,
  subjectOf,
  type OutsiderAccess,
} from '../../src/rule.js';

export const wildcardPrincipalWeakCondition = rule<OutsiderAccess>({
  meta: {
    id: 'wildcard-principal-weak-condition',
    title: 'Conditions on a wildcard principal do not keep outsiders out',
    severity: 'error',
    category: 'confused-deputy',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory, expectations }) {
    for (const { key, statement } of keyStatementsOf(inventory)) {
      if (statement.conditions.length === 0) continue;
      const access = findOutsiderAccess(inventory, key, statement, expectations);
      if (access === undefined) continue;
      yield {
        claim: access,
        message: `the conditions of ${nameOf(statement)} let any AWS account call \`${access.found.action}\` on ${nameOfKey(key)}`,
        why: `the statement allows every principal there is, and its conditions do not tie the caller to an account: ${explainGuards(statement.conditions)}`,
        fix: 'add a condition on what callers cannot choose, with an operator that needs it to be there: `StringEquals` on `kms:CallerAccount` or `aws:PrincipalOrgID`',
        span: statement.conditions[0]?.span ?? statement.span,
        related:
          statement.principal === undefined
            ? []
            : [{ span: statement.principal.span, message: 'this principal is everyone' }],
        address: key.address,
        subject: subjectOf(statement),
        ...(statement.presence === undefined ? {} : { hangsOn: statement.presence }),
      };
    }
  },

  scenario: outsiderScenario,
});
