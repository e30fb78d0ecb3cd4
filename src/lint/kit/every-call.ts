import type { Exchange, KmsCall } from '../../engine/index.js';
import type { Inventory } from '../../inventory/index.js';
import { parseArn } from '../../policy/index.js';
import type { Attempt, Step } from '../rule.js';
import { simulatedActions, stepsOf } from './calls.js';
import { plainly } from './circumstances.js';
import type { Bench } from './stand-ins.js';
import type { Try } from './tries.js';

/**
 * An attempt by the role of a bench at each action that the engine runs, that of `first` at the head of
 * the list where it is one of them.
 */
export function attemptsAtEverything(bench: Bench, first?: string): readonly Attempt[] {
  const attempts = new Map<string, Attempt>([
    ...simulatedActions.map(
      (action) => [action, stepsOf(bench.stage, tryOf(bench, action))] as const,
    ),
    ['kms:ReEncrypt', reEncryptingSteps(bench.stage, tryOf(bench, 'kms:ReEncryptFrom'))],
    ['kms:CreateKey', [callBy(bench, { operation: 'CreateKey', input: {} })]],
    ['kms:ListAliases', [callBy(bench, { operation: 'ListAliases', input: {} })]],
    ['kms:RetireGrant', [retiring(bench)]],
  ]);
  const head = first === undefined ? undefined : attempts.get(first);
  const others = [...attempts.values()].filter((attempt) => attempt !== head);
  return head === undefined ? others : [head, ...others];
}

/** Whether the role of a bench was let do what it tried. */
export function isDoneBy({ caller }: Bench, exchanges: readonly Exchange[]): boolean {
  const last = exchanges.at(-1);
  return (
    last?.call.kind === 'kms' && last.call.caller === caller && last.outcome.kind === 'succeeded'
  );
}

function tryOf({ caller, key }: Bench, action: string): Try {
  return { caller, action, key: key.arn, circumstances: plainly };
}

type Operation = Pick<
  Extract<KmsCall, { operation: 'CreateKey' | 'ListAliases' }>,
  'operation' | 'input'
>;

function callBy({ caller, key }: Bench, { operation, input }: Operation): Step {
  return { kind: 'kms', operation, input, caller, region: key.region } as KmsCall;
}

function retiring({ caller, key }: Bench): Step {
  const GrantId = key.grants?.[0]?.id ?? 'writer';
  return {
    kind: 'kms',
    operation: 'RetireGrant',
    input: { KeyId: key.arn, GrantId },
    caller,
    region: key.region,
  };
}

/** The calls that try to bring what a key protects under the same key once more, which takes both permissions. */
export function reEncryptingSteps(stage: Inventory, one: Try): Attempt {
  const [writing] = stepsOf(stage, { ...one, action: 'kms:Decrypt' });
  const region = parseArn(one.key)?.region;
  if (writing === undefined || region === undefined) return [];
  const { encryptionContext, context } = one.circumstances;
  const step: Step = (earlier) => {
    const outcome = earlier.at(-1)?.outcome;
    const ciphertext = outcome?.kind === 'succeeded' ? outcome.output['CiphertextBlob'] : undefined;
    if (!(ciphertext instanceof Uint8Array)) return undefined;
    return {
      kind: 'kms',
      operation: 'ReEncrypt',
      input: {
        CiphertextBlob: ciphertext,
        DestinationKeyId: one.key,
        SourceEncryptionContext: encryptionContext,
        DestinationEncryptionContext: encryptionContext,
      },
      caller: one.caller,
      region,
      context,
    };
  };
  return [writing, step];
}
