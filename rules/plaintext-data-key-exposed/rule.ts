import {
  claimOf,
  nameOfCall,
  rule,
  sdkCalls,
  type CallClaim,
  type CodeUse,
  type Severity,
} from '../../src/rule.js';

export const plaintextDataKeyExposed = rule<CallClaim>({
  meta: {
    id: 'plaintext-data-key-exposed',
    title: 'A data key leaves the function that asked for it',
    severity: 'error',
    category: 'least-privilege',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html',
      'https://docs.aws.amazon.com/kms/latest/developerguide/kms-cryptography.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const call of sdkCalls(inventory, 'kms', ['GenerateDataKey', 'GenerateDataKeyPair'])) {
      for (const use of call.uses) {
        const exposure = exposureOf(use);
        if (exposure === undefined) continue;
        yield {
          claim: claimOf(call),
          message: `the plaintext key of ${nameOfCall(call)} is ${exposure.what}${use.to === undefined ? '' : ` (\`${use.to}\`)`}`,
          why: 'whoever has it decrypts everything under it for ever, without asking KMS and without a trace',
          fix: 'use it at once, overwrite it with `fill(0)`, and keep only the `CiphertextBlob`, which KMS opens to those whom the key policy allows',
          span: use.span,
          severity: exposure.severity,
          related: [{ span: call.span, message: 'where the key comes from' }],
          address: call.address,
          subject: use.kind,
          kind: use.kind,
        };
      }
    }
  },

  scenario() {
    return { unsimulated: 'what becomes of a key outside of KMS is beyond the engine' };
  },
});

interface Exposure {
  readonly what: string;
  readonly severity: Severity;
}

const outputs = ['Plaintext', 'PrivateKeyPlaintext'];

function exposureOf({ output, kind }: CodeUse): Exposure | undefined {
  if (!outputs.includes(output)) return undefined;
  switch (kind) {
    case 'logged':
      return { what: 'logged', severity: 'error' };
    case 'stored':
      return { what: 'stored', severity: 'error' };
    case 'sent':
      return { what: 'sent', severity: 'error' };
    case 'thrown':
      return { what: 'put into an error', severity: 'error' };
    case 'kept':
      return { what: 'kept where it outlives the function', severity: 'warning' };
    case 'returned':
      return { what: 'returned', severity: 'warning' };
    case 'passed':
    case 'converted':
    case 'erased':
    case 'given':
      return undefined;
  }
}
