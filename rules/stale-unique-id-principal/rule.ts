import {
  keyStatementsOf,
  nameOf,
  nameOfKey,
  principalsOf,
  rejectionScenario,
  rule,
  type Inventory,
  type PrincipalEntry,
  type RejectedStatement,
} from '../../src/rule.js';

export const staleUniqueIdPrincipal = rule<RejectedStatement>({
  meta: {
    id: 'stale-unique-id-principal',
    title: 'Key policy names a principal that was deleted',
    severity: 'error',
    category: 'correctness',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const { key, statement } of keyStatementsOf(inventory)) {
      // A Deny of somebody who is gone does no harm.
      if (statement.effect === 'Deny') continue;
      for (const entry of principalsOf(statement).filter((one) => isStale(one, inventory))) {
        yield {
          claim: { key: key.arn, index: statement.index },
          message: `${nameOf(statement)} of the key policy of ${nameOfKey(key)} names \`${entry.text}\`, the unique id of a ${kindOf(entry)} that was deleted`,
          why: `a ${kindOf(entry)} that was created again under the same name has another id, so that the statement gives it nothing; and AWS refuses to store the policy again while the id is in it`,
          fix: `put the ARN of the ${kindOf(entry)} in its place, or take it out; to outlive a deletion, allow the account and test \`aws:PrincipalArn\``,
          span: entry.span,
          address: key.address,
          subject: entry.text,
        };
      }
    }
  },

  scenario: rejectionScenario,
});

function isStale({ form }: PrincipalEntry, { principals }: Inventory): boolean {
  return form.kind === 'unique-id' && !principals.some(({ uniqueId }) => uniqueId === form.id);
}

function kindOf({ text }: PrincipalEntry): 'user' | 'role' {
  return text.startsWith('AIDA') ? 'user' : 'role';
}
