import {
  nameOf,
  rejectionScenario,
  rule,
  showText,
  statementsOf,
  type Owner,
  type PolicyDocument,
  type PrincipalEntry,
  type RejectedStatement,
} from '../../src/rule.js';

export const invalidPrincipalShape = rule<RejectedStatement | undefined>({
  meta: {
    id: 'invalid-principal-shape',
    title: 'A policy names something that cannot be a principal',
    severity: 'error',
    category: 'correctness',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const { statement, document, owner } of statementsOf(inventory)) {
      for (const entry of statement.principal?.entries ?? []) {
        if (entry.form.kind !== 'invalid') continue;
        yield {
          claim:
            owner.kind === 'key' ? { key: owner.thing.arn, index: statement.index } : undefined,
          message: `\`${showText(entry.text)}\` in ${nameOf(statement)} is not a principal: ${entry.form.why}`,
          why: `AWS refuses ${kindNames[document.kind]} with such a principal: ${refusalOf(owner)}`,
          fix: fixOf(entry),
          span: entry.span,
          address: owner.thing.address,
          subject: showText(entry.text),
        };
      }
    }
  },

  scenario(claim, inventory) {
    if (claim === undefined) return { unsimulated: 'the engine stores key policies only' };
    return rejectionScenario(claim, inventory);
  },
});

const kindNames: Readonly<Record<PolicyDocument['kind'], string>> = {
  'key-policy': 'a key policy',
  identity: 'an IAM policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
  scp: 'an SCP',
  rcp: 'an RCP',
  endpoint: 'a VPC endpoint policy',
  trust: 'a trust policy',
  resource: 'a policy',
  unknown: 'a policy',
};

function refusalOf({ kind }: Owner): string {
  return kind === 'key'
    ? '`MalformedPolicyDocumentException`, "Policy contains a statement with one or more invalid principals"'
    : '`MalformedPolicyDocument`, or the policy has no effect';
}

function fixOf({ type, text }: PrincipalEntry): string {
  if (/[*?]/.test(text) && type === 'AWS') {
    const account = /^arn:[^:]*:iam::(\d{12}):/.exec(text)?.[1] ?? '<account>';
    return `allow the account, \`arn:aws:iam::${account}:root\`, and put the pattern in a condition: \`ArnLike\` on \`aws:PrincipalArn\``;
  }
  if (/:group\//.test(text)) {
    return 'name a role that its members assume, or allow the account and let an IAM policy of the group decide';
  }
  if (type === 'AWS' && /\.amazonaws\.com/.test(text)) return 'move it to `"Service"`';
  return 'write `*`, an account id, or the ARN of an account root, user, role or session; services stand under `Service`';
}
