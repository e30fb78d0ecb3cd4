import {
  benchFor,
  claimOf,
  decrypting,
  encrypting,
  findCall,
  leavesOut,
  nameOfCall,
  rule,
  sdkCalls,
  standInKey,
  type CallClaim,
} from '../../src/rule.js';

export const decryptWithoutKeyId = rule<CallClaim>({
  meta: {
    id: 'decrypt-without-key-id',
    title: 'Decrypt takes ciphertext of any key',
    severity: 'info',
    category: 'confused-deputy',
    since: '0.1.0',
    sources: ['https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html'],
    presets: ['strict'],
  },

  *detect({ inventory }) {
    for (const call of sdkCalls(inventory, 'kms', ['Decrypt'])) {
      if (!leavesOut(call, 'KeyId')) continue;
      yield {
        claim: claimOf(call),
        message: `${nameOfCall(call)} names no key, so that whoever made the ciphertext chooses it`,
        why: "KMS finds the key in the ciphertext, and decrypts with any key that the caller may use, also one of another account that its owner opened to it: what comes out may be somebody else's",
        fix: 'pass the key in `KeyId`; ciphertext of another key then fails with `IncorrectKeyException`',
        span: call.span,
        address: call.address,
        subject: 'KeyId',
      };
    }
  },

  scenario(claim, inventory) {
    const call = findCall(inventory, claim);
    if (call === undefined || !leavesOut(call, 'KeyId'))
      return { unsimulated: 'the call names a key' };
    const bench = benchFor({ actions: ['kms:*'] });
    const other = standInKey(OTHER_KEY);
    const stage = { ...bench.stage, keys: [...bench.stage.keys, other] };
    return {
      claims: 'can',
      stage,
      attempts: {
        kind: 'all',
        attempts: [[encrypting(bench, { KeyId: other.arn }), decrypting(bench)]],
      },
      succeeded: ([, decrypted]) => decrypted?.outcome.kind === 'succeeded',
    };
  },
});

const OTHER_KEY = 'arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321';
