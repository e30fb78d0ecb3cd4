import {
  asymmetricPlaintextBytes,
  benchFor,
  claimOf,
  failedWith,
  findCall,
  findKey,
  inputField,
  limits,
  nameOfCall,
  rule,
  sdkCalls,
  textIn,
  type CallClaim,
  type CodeCall,
  type CodeSize,
  type Inventory,
} from '../../src/rule.js';

export const encryptOver4096 = rule<CallClaim>({
  meta: {
    id: 'encrypt-over-4096',
    title: 'Encrypt is given more bytes than KMS takes',
    severity: 'error',
    category: 'correctness',
    since: '0.1.0',
    sources: ['https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html'],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const call of sdkCalls(inventory, 'kms', ['Encrypt'])) {
      const plaintext = inputField(call, 'Plaintext');
      const size = sizeOf(plaintext);
      if (plaintext === undefined || size === undefined) continue;
      const { max, of } = limitOf(call, inventory);
      const isTooLong = size.atLeast > max;
      const mayBe = size.atMost === undefined && originOf(plaintext) === 'file';
      if (!isTooLong && !mayBe) continue;
      yield {
        claim: claimOf(call),
        message: isTooLong
          ? `${nameOfCall(call)} is given ${bytes(size)}, and KMS takes at most ${max} ${of}`
          : `${nameOfCall(call)} is given a file, and KMS takes at most ${max} bytes ${of}`,
        why: 'a longer plaintext is refused with `ValidationException`: KMS encrypts data keys and small secrets, not data',
        fix: 'call `GenerateDataKey` and encrypt with the data key, or use the AWS Encryption SDK, which does so',
        span: plaintext.span,
        ...(isTooLong ? {} : { severity: 'info' }),
        address: call.address,
        subject: 'Plaintext',
      };
    }
  },

  scenario(claim, inventory) {
    const call = findCall(inventory, claim);
    const size = call && sizeOf(inputField(call, 'Plaintext'));
    if (call === undefined || size === undefined) return { unsimulated: 'the size is not known' };
    const { max, spec, algorithm } = limitOf(call, inventory);
    if (size.atLeast <= max && size.atMost === undefined)
      return { unsimulated: 'how long the file is shows only when the code runs' };
    const bench = benchFor({ actions: ['kms:Encrypt'] });
    const stage = { ...bench.stage, keys: bench.stage.keys.map((key) => ({ ...key, spec })) };
    return {
      claims: 'can',
      stage,
      attempts: {
        kind: 'all',
        attempts: [
          [1, size.atLeast].map((length) => ({
            kind: 'kms' as const,
            operation: 'Encrypt' as const,
            input: {
              KeyId: bench.key.arn,
              Plaintext: new Uint8Array(length),
              ...(algorithm === undefined ? {} : { EncryptionAlgorithm: algorithm }),
            },
            caller: bench.caller,
            region: bench.key.region,
          })),
        ],
      },
      succeeded: ([short, whole]) =>
        short?.outcome.kind === 'succeeded' && failedWith(whole, 'ValidationException'),
    };
  },
});

type Plaintext = ReturnType<typeof inputField>;

/** How many bytes; a text counts in UTF-8. `undefined` where the code says nothing. */
function sizeOf(value: Plaintext): CodeSize | undefined {
  if (value?.kind === 'bytes') return value.size;
  const text = textIn(value);
  if (text === undefined) return undefined;
  const length = new TextEncoder().encode(text).length;
  return { atLeast: length, atMost: length };
}

function originOf(value: NonNullable<Plaintext>): string | undefined {
  return 'origin' in value ? value.origin : undefined;
}

function bytes({ atLeast, atMost }: CodeSize): string {
  return atLeast === atMost ? `${atLeast} bytes` : `at least ${atLeast} bytes`;
}

interface Limit {
  readonly max: number;
  /** For what key, in words. */
  readonly of: string;
  readonly spec: string;
  readonly algorithm?: 'RSAES_OAEP_SHA_1' | 'RSAES_OAEP_SHA_256';
}

/** What the key takes; that of the longest RSA key where an algorithm for RSA is named, and no key is known. */
function limitOf(call: CodeCall, inventory: Inventory): Limit {
  const asked = textIn(inputField(call, 'EncryptionAlgorithm'));
  const [named] = call.keys;
  const listed = named && findKey(inventory, named.text)?.spec;
  const algorithm =
    asked === 'RSAES_OAEP_SHA_1' || asked === 'RSAES_OAEP_SHA_256' ? asked : undefined;
  const spec = listed ?? (algorithm === undefined ? 'SYMMETRIC_DEFAULT' : 'RSA_4096');
  const byAlgorithm = asymmetricPlaintextBytes[spec];
  const max = algorithm === undefined ? undefined : byAlgorithm?.[algorithm];
  if (algorithm === undefined || max === undefined) {
    return { max: limits.plaintextBytes, of: 'for a symmetric key', spec: 'SYMMETRIC_DEFAULT' };
  }
  return { max, of: `for ${spec} with ${algorithm}`, spec, algorithm };
}
