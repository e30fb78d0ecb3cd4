import {
  claimOf,
  leavesOut,
  nameOfCall,
  rule,
  sdkCalls,
  type CallClaim,
  type CodeCall,
  type Inventory,
} from '../../src/rule.js';

export const grantTokenNotUsed = rule<CallClaim>({
  meta: {
    id: 'grant-token-not-used',
    title: 'A grant is used at once without its token',
    severity: 'warning',
    category: 'availability',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
      'https://docs.aws.amazon.com/kms/latest/developerguide/using-grant-token.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const call of sdkCalls(inventory, 'kms', ['CreateGrant'])) {
      if (call.uses.some(({ output }) => output === 'GrantToken' || output === '')) continue;
      const next = nextUse(call, inventory);
      if (next === undefined) continue;
      yield {
        claim: claimOf(call),
        message: `${nameOfCall(next)} uses the key right after ${nameOfCall(call)} gave a grant, without the grant's token`,
        why: 'a grant takes up to five minutes until all of KMS knows it; a call that needs it before fails with `AccessDeniedException`, now and then',
        fix: 'pass the `GrantToken` that CreateGrant returns in `GrantTokens` of the calls that follow',
        span: next.span,
        related: [{ span: call.span, message: 'where the grant is made' }],
        address: call.address,
        subject: next.operation,
      };
    }
  },

  scenario() {
    return { unsimulated: 'the engine knows grants at once, so that nothing has to wait for them' };
  },
});

const withTokens = [
  'Encrypt',
  'Decrypt',
  'ReEncrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'DescribeKey',
];

/** The first call with the same key that follows in the same function, and passes no token. */
function nextUse(grant: CodeCall, inventory: Inventory): CodeCall | undefined {
  const place = grant.within.join('\n');
  const keys = grant.keys.map(({ text }) => text);
  return sdkCalls(inventory, 'kms', withTokens)
    .filter(
      (call) =>
        call.unit === grant.unit &&
        call.within.join('\n') === place &&
        call.span.start > grant.span.end &&
        call.keys.some(({ text }) => keys.includes(text)),
    )
    .find((call) => leavesOut(call, 'GrantTokens'));
}
