import type { Call, Exchange, KmsCall } from '../../engine/index.js';
import { findKey, imagined, type Inventory, type Key } from '../../inventory/index.js';
import { parseArn } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import type { Step } from '../rule.js';
import { roleBeside, rootBeside, withActors } from './actors.js';
import { circumstancesFor } from './circumstances.js';
import { statementsIn } from './statements.js';
import { findAllowed, type Try } from './tries.js';

/** The actions that {@link stepsOf} makes calls of, those that do the most harm first. */
export const simulatedActions: readonly string[] = [
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:Encrypt',
  'kms:CreateGrant',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:GetKeyPolicy',
  'kms:ListGrants',
  'kms:DescribeKey',
];

const cryptographic = [
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:Encrypt',
  'kms:GenerateDataKeyWithoutPlaintext',
];

/** Those of the simulated actions that a key of this kind can do. */
export function triableActions({ spec = 'SYMMETRIC_DEFAULT' }: Key): readonly string[] {
  return spec === 'SYMMETRIC_DEFAULT'
    ? simulatedActions
    : simulatedActions.filter((action) => !cryptographic.includes(action));
}

/**
 * A stage on which what a key protects can be tried: the key is enabled, and a role of its account may
 * encrypt with it by a grant, so that there is something to decrypt.
 */
export function stageFor(inventory: Inventory, key: Key): Inventory {
  const grant = {
    id: 'of-some-writer',
    grantee: writerOf(key),
    operations: ['Encrypt'],
    span: imagined('a grant made for the trial').span,
  };
  const staged: Key = { ...key, state: 'Enabled', grants: [...(key.grants ?? []), grant] };
  const keys = inventory.keys.map((one) => (one === key ? staged : one));
  return withActors({ ...inventory, keys }, [{ arn: writerOf(key), may: 'nothing' }]);
}

function writerOf(key: Key): Text {
  return roleBeside(key, 'some-writer');
}

/**
 * The calls that make a try on a stage for its key; none where the engine does not run the action, or
 * where nobody can encrypt what it would decrypt.
 */
export function stepsOf(stage: Inventory, one: Try): readonly Step[] {
  const key = findKey(stage, one.key);
  if (key === undefined) return [];
  if (one.action !== 'kms:Decrypt') {
    const call = callOf(one, key);
    return call === undefined ? [] : [call];
  }
  const write = writing(stage, key, one);
  return write === undefined ? [] : [write, (earlier) => reading(earlier, one, key)];
}

/** Somebody encrypts what is to be decrypted: a role that has a grant for it, or whoever decrypts. */
function writing(stage: Inventory, key: Key, { caller, circumstances }: Try): Call | undefined {
  const { encryptionContext } = circumstances;
  const write = { action: 'kms:Encrypt', key: key.arn };
  const ways = circumstancesFor(statementsIn(key.policy), () => 'any');
  const allowed = findAllowed(stage, [
    ...ways.map((way) => ({
      ...write,
      caller: writerOf(key),
      circumstances: { ...way, encryptionContext },
    })),
    { ...write, caller, circumstances },
  ]);
  if (allowed === undefined) return undefined;
  return {
    kind: 'kms',
    operation: 'Encrypt',
    input: { KeyId: key.arn, Plaintext: PLAINTEXT, ...contextInput(encryptionContext) },
    ...sceneOf(allowed, key),
  };
}

const PLAINTEXT = new TextEncoder().encode('a secret');

function reading(earlier: readonly Exchange[], one: Try, key: Key): Call | undefined {
  const ciphertext = ciphertextIn(earlier);
  if (ciphertext === undefined) return undefined;
  return {
    kind: 'kms',
    operation: 'Decrypt',
    input: {
      KeyId: key.arn,
      CiphertextBlob: ciphertext,
      ...contextInput(one.circumstances.encryptionContext),
    },
    ...sceneOf(one, key),
  };
}

/** What the last call that encrypted something gave. */
function ciphertextIn(exchanges: readonly Exchange[]): Uint8Array | undefined {
  const outputs = exchanges.map(({ outcome }) =>
    outcome.kind === 'succeeded' ? outcome.output['CiphertextBlob'] : undefined,
  );
  const last = outputs.findLast((output) => output !== undefined);
  return last instanceof Uint8Array ? last : undefined;
}

function callOf(one: Try, key: Key): Call | undefined {
  const at = { kind: 'kms', ...sceneOf(one, key) } as const;
  const KeyId = key.arn;
  const pairs = contextInput(one.circumstances.encryptionContext);
  switch (one.action) {
    case 'kms:Encrypt':
      return { ...at, operation: 'Encrypt', input: { KeyId, Plaintext: PLAINTEXT, ...pairs } };
    case 'kms:GenerateDataKey':
      return {
        ...at,
        operation: 'GenerateDataKey',
        input: { KeyId, KeySpec: 'AES_256', ...pairs },
      };
    case 'kms:GenerateDataKeyWithoutPlaintext':
      return {
        ...at,
        operation: 'GenerateDataKeyWithoutPlaintext',
        input: { KeyId, KeySpec: 'AES_256', ...pairs },
      };
    case 'kms:CreateGrant':
      return {
        ...at,
        operation: 'CreateGrant',
        input: {
          KeyId,
          GranteePrincipal: one.caller,
          Operations: ['Decrypt'],
          ...constraint(pairs),
        },
      };
    case 'kms:PutKeyPolicy':
      return { ...at, operation: 'PutKeyPolicy', input: { KeyId, Policy: ownPolicy(one, key) } };
    case 'kms:ScheduleKeyDeletion':
      return { ...at, operation: 'ScheduleKeyDeletion', input: { KeyId } };
    case 'kms:DisableKey':
      return { ...at, operation: 'DisableKey', input: { KeyId } };
    case 'kms:EnableKey':
      return { ...at, operation: 'EnableKey', input: { KeyId } };
    case 'kms:GetKeyPolicy':
      return { ...at, operation: 'GetKeyPolicy', input: { KeyId } };
    case 'kms:ListGrants':
      return { ...at, operation: 'ListGrants', input: { KeyId } };
    case 'kms:DescribeKey':
      return { ...at, operation: 'DescribeKey', input: { KeyId } };
    default:
      return undefined;
  }
}

/** A policy that its writer can replace again, so that the lockout safety check lets it through. */
function ownPolicy({ caller }: Try, key: Key): string {
  const allow = (AWS: Text): object => ({
    Effect: 'Allow',
    Principal: { AWS },
    Action: 'kms:*',
    Resource: '*',
  });
  const statements = [...new Set([rootBeside(key), caller])].map(allow);
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** A grant has its encryption context as a constraint. */
function constraint({ EncryptionContext: pairs }: ReturnType<typeof contextInput>): {
  readonly Constraints?: { readonly EncryptionContextSubset: typeof pairs & object };
} {
  return pairs === undefined ? {} : { Constraints: { EncryptionContextSubset: pairs } };
}

function contextInput(pairs: Try['circumstances']['encryptionContext']): {
  readonly EncryptionContext?: Try['circumstances']['encryptionContext'];
} {
  return Object.keys(pairs).length === 0 ? {} : { EncryptionContext: pairs };
}

function sceneOf(
  { caller, circumstances: { context } }: Try,
  key: Key,
): Pick<KmsCall, 'caller' | 'region' | 'context'> {
  const region = regionOf(key);
  return Object.keys(context).length === 0 ? { caller, region } : { caller, region, context };
}

function regionOf({ arn, region }: Key): Text {
  return parseArn(arn)?.region ?? region;
}

export function isSuccess(exchange: Exchange | undefined): boolean {
  return exchange?.outcome.kind === 'succeeded';
}

/** Whether permission was denied, and certainly so: not for want of what the input does not say. */
export function isRefused(exchange: Exchange | undefined): boolean {
  if (exchange?.outcome.kind !== 'failed') return false;
  return (
    exchange.outcome.error.name.startsWith('AccessDenied') &&
    exchange.authorizations.every(({ authorization }) => authorization.decision !== 'Unknown')
  );
}
