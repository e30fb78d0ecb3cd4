import { actionsOf, rule, statementsIn, type PolicyDocument } from '../../src/rule.js';

export const policyKindUnknown = rule<Readonly<Record<string, never>>>({
  meta: {
    id: 'policy-kind-unknown',
    title: 'Policy document of unknown kind',
    severity: 'info',
    category: 'hygiene',
    since: '0.1.0',
    sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html'],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const { document, span, address } of inventory.documents) {
      if (document.kind !== 'unknown' || !isAboutKms(document)) continue;
      yield {
        claim: {},
        message: 'nothing tells which kind of policy this is',
        why: `${candidatesFor(document)}; what \`"Resource": "*"\` or a missing \`Principal\` means depends on it, so only what holds for every kind was checked`,
        fix: 'say it under `kinds` in the configuration, or in the path, such as `key-policies/orders.json` or `orders-scp.json`',
        span,
        address,
        subject: '',
      };
    }
  },

  scenario: () => ({
    unsimulated: 'what a document is meant for is no matter of what AWS KMS does with it',
  }),
});

/** Whether a document is, or may be, about AWS KMS; what others are for is not asked. */
function isAboutKms(document: PolicyDocument): boolean {
  if (document.unresolved !== undefined || document.statements.length === 0) return true;
  return statementsIn(document).some((statement) => actionsOf(statement).length > 0);
}

function candidatesFor(document: PolicyDocument): string {
  const statements = statementsIn(document);
  if (statements.length > 0 && statements.every(({ principal }) => principal === undefined)) {
    return 'it names no principals, so it may be an IAM policy, a permissions boundary, a session policy or an SCP';
  }
  return 'it names principals, so it may be a key policy, another resource-based policy, a VPC endpoint policy or an RCP';
}
