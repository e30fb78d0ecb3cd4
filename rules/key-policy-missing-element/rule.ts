import {
  keyStatementsOf,
  nameOf,
  nameOfKey,
  rejectionScenario,
  rule,
  subjectOf,
  type RejectedStatement,
  type Statement,
} from '../../src/rule.js';

export const keyPolicyMissingElement = rule<RejectedStatement>({
  meta: {
    id: 'key-policy-missing-element',
    title: 'A statement of the key policy lacks an element',
    severity: 'error',
    category: 'correctness',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html',
      'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const { key, statement } of keyStatementsOf(inventory)) {
      const missing = missingElements(statement);
      if (missing.length === 0) continue;
      yield {
        claim: { key: key.arn, index: statement.index },
        message: `${nameOf(statement)} of the key policy of ${nameOfKey(key)} has no ${missing.map((name) => `\`${name}\``).join(' and no ')}`,
        why: 'AWS KMS refuses to store such a statement since 2025-08-18; one that was stored before has no effect at all, whatever it looks like',
        fix: missing.map((name) => repairs[name]).join(', and '),
        span: statement.span,
        address: key.address,
        subject: subjectOf(statement),
      };
    }
  },

  scenario: rejectionScenario,
});

type Element = 'Principal' | 'Action' | 'Resource';

const repairs: Readonly<Record<Element, string>> = {
  Principal: 'add the `Principal` whom it is about',
  Action: 'add the `Action` that it is about, or delete the statement if nothing misses it',
  Resource:
    'add `"Resource": "*"`, which in a key policy means this key; mind that the statement then takes effect',
};

function missingElements({ principal, action, resource }: Statement): readonly Element[] {
  return [
    ...(isEmpty(principal?.entries) ? (['Principal'] as const) : []),
    ...(isEmpty(action?.patterns) ? (['Action'] as const) : []),
    ...(isEmpty(resource?.patterns) ? (['Resource'] as const) : []),
  ];
}

function isEmpty(items: readonly unknown[] | undefined): boolean {
  return items === undefined || items.length === 0;
}
