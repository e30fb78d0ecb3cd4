import {
  benchFor,
  claimOf,
  decrypting,
  encrypting,
  failedWith,
  findCall,
  nameOfCall,
  rule,
  sdkCalls,
  type CallClaim,
  type CodeUse,
} from '../../src/rule.js';

interface Claim extends CallClaim {
  /** The position of the use among those of the call. */
  readonly use: number;
}

export const ciphertextStringCoercion = rule<Claim>({
  meta: {
    id: 'ciphertext-string-coercion',
    title: 'Ciphertext is made a text that cannot be decrypted',
    severity: 'error',
    category: 'correctness',
    since: '0.1.0',
    sources: ['https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html'],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const call of sdkCalls(inventory, 'kms', withCiphertext)) {
      for (const [use, made] of call.uses.entries()) {
        if (!isSpoiling(made)) continue;
        yield {
          claim: { ...claimOf(call), use },
          message: `the \`CiphertextBlob\` of ${nameOfCall(call)} is made a text as UTF-8`,
          why: 'ciphertext is bytes of any value; those that are no UTF-8 are replaced, and nothing decrypts what is left: `InvalidCiphertextException`',
          fix: 'keep the bytes, or encode them: `Buffer.from(CiphertextBlob).toString("base64")`, and decode before Decrypt',
          span: made.span,
          address: call.address,
          subject: made.conversion ?? 'text',
        };
      }
    }
  },

  scenario(claim, inventory) {
    const call = findCall(inventory, claim);
    const made = call?.uses[claim.use];
    if (call === undefined || made === undefined || !isSpoiling(made))
      return { unsimulated: 'the ciphertext is not made a text' };
    const bench = benchFor({ actions: ['kms:Encrypt', 'kms:Decrypt'] });
    return {
      claims: 'can',
      stage: bench.stage,
      attempts: {
        kind: 'all',
        attempts: [[encrypting(bench), decrypting(bench), decrypting(bench, {}, asText)]],
      },
      succeeded: ([, kept, spoiled]) =>
        kept?.outcome.kind === 'succeeded' && failedWith(spoiled, 'InvalidCiphertextException'),
    };
  },
});

const withCiphertext = [
  'Encrypt',
  'ReEncrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
];

function isSpoiling({ output, kind, encoding }: CodeUse): boolean {
  const isCiphertext = output === 'CiphertextBlob' || output === 'PrivateKeyCiphertextBlob';
  return (
    isCiphertext &&
    kind === 'converted' &&
    /^(?:utf-?8|ascii|utf16le|ucs-?2)$/i.test(encoding ?? '')
  );
}

/** The bytes after a way through a text. */
function asText(blob: Uint8Array): Uint8Array {
  return new TextEncoder().encode(new TextDecoder().decode(blob));
}
