import {
  claimOf,
  nameOfCall,
  rule,
  sdkCalls,
  type CallClaim,
  type CodeCall,
} from '../../src/rule.js';

export const kmsCallInLoop = rule<CallClaim>({
  meta: {
    id: 'kms-call-in-loop',
    title: 'KMS is called once for each item',
    severity: 'info',
    category: 'availability',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html',
      'https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/data-key-caching.html',
    ],
    presets: ['strict'],
  },

  *detect({ inventory }) {
    for (const call of sdkCalls(inventory, 'kms', cryptographic)) {
      const { loop } = call;
      if (loop === undefined || isShort(loop)) continue;
      yield {
        claim: claimOf(call),
        message: `${nameOfCall(call)} is called once for each ${itemOf(loop)}`,
        why: 'the calls of an account share one rate in a Region: a long list is throttled, makes other callers fail, and each call costs time and money',
        fix: 'generate one data key and encrypt all items with it, or use data key caching of the AWS Encryption SDK',
        span: call.span,
        related: [{ span: loop.span, message: 'the loop' }],
        address: call.address,
        subject: loop.over ?? loop.kind,
      };
    }
  },

  scenario() {
    return { unsimulated: 'it changes how often KMS is called, and not what KMS answers' };
  },
});

const cryptographic = [
  'Encrypt',
  'Decrypt',
  'ReEncrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'Sign',
  'Verify',
  'GenerateMac',
  'VerifyMac',
];

type Loop = NonNullable<CodeCall['loop']>;

/** A loop that tries again, or that goes over a few things that the code lists. */
function isShort({ kind, times }: Loop): boolean {
  return times !== undefined ? times <= FEW : kind === 'while' || kind === 'do';
}

const FEW = 5;

function itemOf({ over }: Loop): string {
  return over === undefined ? 'round of a loop' : `item of \`${over}\``;
}
