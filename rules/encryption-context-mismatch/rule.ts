import {
  benchFor,
  claimOf,
  decrypting,
  encrypting,
  failedWith,
  findCall,
  inputField,
  nameOfCall,
  pairsIn,
  rule,
  sdkCalls,
  type CallClaim,
  type CodeCall,
  type Inventory,
  type Text,
} from '../../src/rule.js';

interface Claim extends CallClaim {
  /** The address of the call whose ciphertext it decrypts, in the same file. */
  readonly from: string;
}

export const encryptionContextMismatch = rule<Claim>({
  meta: {
    id: 'encryption-context-mismatch',
    title: 'Decrypt gives another encryption context than Encrypt',
    severity: 'error',
    category: 'correctness',
    since: '0.1.0',
    sources: ['https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html'],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const { from, to } of pairsOfCalls(inventory)) {
      const contexts = contextsOf(from, to);
      if (contexts === undefined || isSame(contexts.encrypted, contexts.decrypted)) continue;
      yield {
        claim: { ...claimOf(to), from: from.address },
        message: `${nameOfCall(to)} gives the encryption context ${show(contexts.decrypted)}, and ${nameOfCall(from)} gave ${show(contexts.encrypted)}`,
        why: 'the context is part of what is authenticated: with another one, or with none, Decrypt fails with `InvalidCiphertextException`, which names no reason',
        fix: 'give the same pairs to both, case included',
        span: inputField(to, 'EncryptionContext')?.span ?? to.span,
        related: [
          {
            span: inputField(from, 'EncryptionContext')?.span ?? from.span,
            message: 'the context that it was encrypted with',
          },
        ],
        address: to.address,
        subject: show(contexts.decrypted),
      };
    }
  },

  scenario({ from: address, ...claim }, inventory) {
    const to = findCall(inventory, claim);
    const from = findCall(inventory, { call: address, unit: claim.unit });
    const contexts = from && to && contextsOf(from, to);
    if (contexts === undefined) return { unsimulated: 'a context is not known' };
    const bench = benchFor({ actions: ['kms:Encrypt', 'kms:Decrypt'] });
    return {
      claims: 'can',
      stage: bench.stage,
      attempts: {
        kind: 'all',
        attempts: [
          [
            encrypting(bench, { EncryptionContext: Object.fromEntries(contexts.encrypted) }),
            decrypting(bench, { EncryptionContext: Object.fromEntries(contexts.decrypted) }),
          ],
        ],
      },
      succeeded: (exchanges) => failedWith(exchanges.at(-1), 'InvalidCiphertextException'),
    };
  },
});

/** Calls whose ciphertext another call of the same file decrypts. */
function pairsOfCalls(
  inventory: Inventory,
): readonly { readonly from: CodeCall; readonly to: CodeCall }[] {
  const decrypting = sdkCalls(inventory, 'kms', ['Decrypt']);
  return sdkCalls(inventory, 'kms', ['Encrypt', 'GenerateDataKey', 'ReEncrypt']).flatMap((from) =>
    decrypting
      .filter(({ unit, arguments: [input] }) => {
        if (unit !== from.unit || input?.kind !== 'object') return false;
        const blob = input.fields.find(({ name }) => name === 'CiphertextBlob')?.value;
        return (
          blob?.kind === 'output' &&
          blob.call === from.address &&
          blob.path.join('.') === 'CiphertextBlob'
        );
      })
      .map((to) => ({ from, to })),
  );
}

interface Contexts {
  readonly encrypted: ReadonlyMap<Text, Text>;
  readonly decrypted: ReadonlyMap<Text, Text>;
}

function contextsOf(from: CodeCall, to: CodeCall): Contexts | undefined {
  const name =
    from.operation === 'ReEncrypt' ? 'DestinationEncryptionContext' : 'EncryptionContext';
  const encrypted = contextIn(from, name);
  const decrypted = contextIn(to, 'EncryptionContext');
  return encrypted && decrypted && { encrypted, decrypted };
}

/** What is given as a context; nothing where it is left out for certain. */
function contextIn(call: CodeCall, name: string): ReadonlyMap<Text, Text> | undefined {
  const [input] = call.arguments;
  if (input?.kind !== 'object' || input.open) return undefined;
  return pairsIn(inputField(call, name));
}

function isSame(a: ReadonlyMap<Text, Text>, b: ReadonlyMap<Text, Text>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}

function show(pairs: ReadonlyMap<Text, Text>): string {
  if (pairs.size === 0) return '`{}`';
  return `\`${[...pairs]
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(', ')}\``;
}
