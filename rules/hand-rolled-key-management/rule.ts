import {
  claimOf,
  nameOfCall,
  rule,
  textIn,
  type CallClaim,
  type CodeCall,
  type CodeValue,
} from '../../src/rule.js';

export const handRolledKeyManagement = rule<CallClaim>({
  meta: {
    id: 'hand-rolled-key-management',
    title: 'Encryption with a key that nobody manages',
    severity: 'warning',
    category: 'hygiene',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/kms-cryptography.html',
      'https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/introduction.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const call of inventory.calls) {
      if (call.api !== 'node-crypto' || !ciphers.includes(call.operation)) continue;
      for (const { kind, what, why, fix, value } of weaknessesOf(call)) {
        yield {
          claim: claimOf(call),
          message: `${nameOfCall(call)} ${what}`,
          why,
          fix,
          span: value?.span ?? call.span,
          address: call.address,
          subject: kind,
          kind,
        };
      }
    }
  },

  scenario() {
    return { unsimulated: 'it is encryption without KMS, which the engine has no part in' };
  },
});

const ciphers = ['createCipheriv', 'createCipher'];

interface Weakness {
  readonly kind: string;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly value: CodeValue | undefined;
}

const USE_KMS =
  'call `GenerateDataKey`, keep its `CiphertextBlob` beside the data and forget the plaintext, or use the AWS Encryption SDK';

function weaknessesOf(call: CodeCall): readonly Weakness[] {
  const [algorithm, key, iv] = call.arguments;
  const origin = originOf(key);
  const from = origin === undefined ? undefined : origins[origin];
  const name = textIn(algorithm)?.toLowerCase() ?? '';
  return [
    ...(from === undefined
      ? []
      : [
          {
            kind: 'key',
            what: `takes its key from ${from}`,
            why: 'whoever reads that can decrypt everything, without a trace, and the key cannot be rotated, disabled or audited',
            fix: USE_KMS,
            value: key,
          },
        ]),
    ...(/-ecb$|^(?:des|rc4|rc2|bf|blowfish)/.test(name)
      ? [
          {
            kind: 'algorithm',
            what: `uses \`${name}\``,
            why: 'it shows which blocks are equal, or is broken: what is encrypted can be told or changed without the key',
            fix: `use \`aes-256-gcm\` with a random nonce; ${USE_KMS}`,
            value: algorithm,
          },
        ]
      : []),
    ...(isFixed(iv) && !/-ecb$/.test(name)
      ? [
          {
            kind: 'iv',
            what: 'always uses the same initialization vector',
            why: 'two messages under one key and vector tell of each other, and in GCM give away the key of the tag',
            fix: 'make it of `randomBytes` for each message, and keep it beside the ciphertext',
            value: iv,
          },
        ]
      : []),
  ];
}

const origins: Readonly<Record<string, string>> = {
  literal: 'the source code',
  environment: 'the environment',
  file: 'a file',
  'weak-random': 'a generator that can be guessed',
};

function originOf(value: CodeValue | undefined): string | undefined {
  return value !== undefined && 'origin' in value ? value.origin : undefined;
}

function isFixed(value: CodeValue | undefined): boolean {
  const isValue = value?.kind === 'text' || value?.kind === 'bytes';
  return isValue && value.origin === 'literal';
}
