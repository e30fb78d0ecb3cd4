import {
  benchFor,
  cdkCalls,
  claimOf,
  decrypting,
  encrypting,
  failedWith,
  findCall,
  isInTest,
  madeBy,
  rule,
  textIn,
  type CallClaim,
  type CodeCall,
  type CodeValue,
  type Inventory,
  type Span,
} from '../../src/rule.js';

export const cdkKeyDestroyed = rule<CallClaim>({
  meta: {
    id: 'cdk-key-destroyed',
    title: 'CDK deletes the key together with its stack',
    severity: 'warning',
    category: 'availability',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.RemovalPolicy.html',
      'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    ],
    presets: ['recommended', 'strict'],
    ephemeral: 'info',
  },

  *detect({ inventory }) {
    for (const call of cdkCalls(inventory, /^(?:Key|applyRemovalPolicy)$/)) {
      const at = isInTest(call) ? undefined : destroyedAt(call, inventory);
      if (at === undefined) continue;
      yield {
        claim: claimOf(call),
        message: `CDK deletes ${nameOf(call, inventory)} as soon as it leaves its stack`,
        why: 'once KMS has deleted a key, nothing that was encrypted with it can be decrypted any more, also what outlives the stack: backups, objects, snapshots; it fails with `KMSInvalidStateException` from the day on that deletion is scheduled',
        fix: 'leave `removalPolicy` out, so that the key is kept, and schedule its deletion yourself once nobody uses it; where all the data goes with the stack, say so with `ephemeral` in the configuration',
        span: at,
        address: call.address,
        subject: 'RemovalPolicy.DESTROY',
      };
    }
  },

  scenario(claim, inventory) {
    const call = findCall(inventory, claim);
    if (call === undefined || destroyedAt(call, inventory) === undefined) {
      return { unsimulated: 'the key outlives its stack' };
    }
    const bench = benchFor({ actions: ['kms:*'] });
    return {
      claims: 'can',
      stage: bench.stage,
      attempts: {
        kind: 'all',
        attempts: [
          [
            encrypting(bench),
            {
              kind: 'kms',
              operation: 'ScheduleKeyDeletion',
              input: { KeyId: bench.key.arn },
              caller: bench.caller,
              region: bench.key.region,
            },
            decrypting(bench),
          ],
        ],
      },
      succeeded: ([, , decrypted]) => failedWith(decrypted, 'KMSInvalidStateException'),
    };
  },
});

/** The key by its id in CDK, where the code tells it. */
function nameOf(call: CodeCall, inventory: Inventory): string {
  const key = madeBy(inventory, call.receiver, call.unit) ?? call;
  const id = textIn(key.arguments[1]);
  return id === undefined ? 'the KMS key' : `the KMS key \`${id}\``;
}

/** Where the code says that a key for encryption goes with its stack. */
function destroyedAt(call: CodeCall, inventory: Inventory): Span | undefined {
  if (call.operation === 'Key') return destroyedBy(call);
  const [policy] = call.arguments;
  const key = madeBy(inventory, call.receiver, call.unit);
  if (key === undefined || !/^(?:Key|CfnKey)$/.test(key.operation)) return undefined;
  return isDestroy(policy) && encrypts(key) && destroyedBy(key) === undefined
    ? call.span
    : undefined;
}

function destroyedBy(key: CodeCall): Span | undefined {
  const policy = propertyOf(key, 'removalPolicy');
  return isDestroy(policy) && encrypts(key) ? policy?.span : undefined;
}

function isDestroy(value: CodeValue | undefined): boolean {
  return /^(?:(?:.+\.)?RemovalPolicy\.DESTROY|destroy)$/.test(textIn(value) ?? '');
}

/** Signatures can be verified without their key, and a MAC protects nothing that is lost with it. */
function encrypts(key: CodeCall): boolean {
  const spec = propertyOf(key, 'keySpec');
  return spec === undefined || /SYMMETRIC_DEFAULT$/.test(textIn(spec) ?? '');
}

function propertyOf(
  { arguments: [, , properties] }: CodeCall,
  name: string,
): CodeValue | undefined {
  return properties?.kind === 'object'
    ? properties.fields.find((field) => field.name === name)?.value
    : undefined;
}
