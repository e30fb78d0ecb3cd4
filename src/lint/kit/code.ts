import type { Exchange, KmsCallOf, KmsInputs } from '../../engine/index.js';
import type { CodeCall, CodeValue, Inventory } from '../../inventory/index.js';
import { hasHole, type Text } from '../../source/index.js';
import type { Step } from '../rule.js';
import type { Bench } from './stand-ins.js';

/** What rules claim of a call in source code. */
export interface CallClaim {
  /** Its address, and its unit, which is the path of its file. */
  readonly call: string;
  readonly unit: string;
}

export function claimOf({ address, unit }: CodeCall): CallClaim {
  return { call: address, unit };
}

/** The call of a claim, in this version of the code. */
export function findCall({ calls }: Inventory, { call, unit }: CallClaim): CodeCall | undefined {
  return calls.find((one) => one.address === call && one.unit === unit);
}

/** The calls of an AWS SDK to some operations of a service. */
export function sdkCalls(
  { calls }: Inventory,
  service: string,
  operations: readonly string[],
): readonly CodeCall[] {
  return calls.filter(
    (call) =>
      (call.api === 'aws-sdk-v3' || call.api === 'aws-sdk-v2') &&
      call.service === service &&
      operations.includes(call.operation),
  );
}

/** Whether a call stands in a test by the name of its file: it then reaches a mock, or what lives for minutes. */
export function isInTest({ span }: CodeCall): boolean {
  return /(?:^|\/)(?:tests?|__tests__|__mocks__)\/|(?:[.-](?:test|spec)|(?:^|\/)integ[.-][^/]*)\.[cm]?[jt]sx?$/.test(
    span.source.path,
  );
}

/** The call of which a value is what it returns, whole. */
export function madeBy(
  { calls }: Inventory,
  value: CodeValue | undefined,
  unit: string,
): CodeCall | undefined {
  if (value?.kind !== 'output' || value.path.length > 0) return undefined;
  return calls.find((call) => call.address === value.call && call.unit === unit);
}

/** What CDK's module for KMS is asked for, constructors and methods alike. */
export function cdkCalls({ calls }: Inventory, operation: RegExp): readonly CodeCall[] {
  return calls.filter(
    (call) =>
      call.api === 'aws-cdk-lib' && call.service === 'kms' && operation.test(call.operation),
  );
}

/** A call as messages name it: `` `Encrypt` in `Orders.save` ``. */
export function nameOfCall({ operation, within }: CodeCall): string {
  const where = within.filter((name) => name !== '(anonymous)').join('.');
  return where === '' ? `\`${operation}\`` : `\`${operation}\` in \`${where}\``;
}

/** A field of the input of an SDK's operation; `undefined` where it is left out for certain. */
export function inputField({ arguments: [input] }: CodeCall, name: string): CodeValue | undefined {
  return input?.kind === 'object'
    ? input.fields.find((field) => field.name === name)?.value
    : undefined;
}

/** Whether a field of the input is left out for certain, whatever else may be unknown. */
export function leavesOut({ arguments: [input] }: CodeCall, name: string): boolean {
  if (input === undefined) return true;
  if (input.kind !== 'object' || input.open) return false;
  return !input.fields.some((field) => field.name === name || hasHole(field.name));
}

/** The texts under the names of an object, such as an encryption context; `undefined` where any is unknown. */
export function pairsIn(value: CodeValue | undefined): ReadonlyMap<Text, Text> | undefined {
  if (value === undefined) return new Map();
  if (value.kind !== 'object' || value.open) return undefined;
  const pairs = value.fields.map((field) => [field.name, textIn(field.value)] as const);
  const known = pairs.filter(
    (pair): pair is readonly [Text, Text] => pair[1] !== undefined && !hasHole(pair[0]),
  );
  return known.length === pairs.length ? new Map(known) : undefined;
}

/** The text of a value; `undefined` where code does not tell it. */
export function textIn(value: CodeValue | undefined): Text | undefined {
  return value?.kind === 'text' && !hasHole(value.text) ? value.text : undefined;
}

/** Bytes that a call on the engine returned, such as a `CiphertextBlob`. */
function outputBytes(exchange: Exchange | undefined, name: string): Uint8Array | undefined {
  if (exchange?.outcome.kind !== 'succeeded') return undefined;
  const value = exchange.outcome.output[name];
  return value instanceof Uint8Array ? value : undefined;
}

/** Whether a call on the engine failed with an error of this name. */
export function failedWith(exchange: Exchange | undefined, error: string): boolean {
  return exchange?.outcome.kind === 'failed' && exchange.outcome.error.name === error;
}

/** The role of a bench encrypts a few bytes, with its key where `input` names no other. */
export function encrypting(
  { caller, key }: Bench,
  input: Partial<KmsInputs['Encrypt']> = {},
): KmsCallOf<'Encrypt'> {
  const Plaintext = new TextEncoder().encode('secret');
  return {
    kind: 'kms',
    operation: 'Encrypt',
    input: { KeyId: key.arn, Plaintext, ...input },
    caller,
    region: key.region,
  };
}

/** The role of a bench decrypts what its first call returned, which something may have changed on the way. */
export function decrypting(
  { caller, key }: Bench,
  input: Partial<KmsInputs['Decrypt']> = {},
  change: (ciphertext: Uint8Array) => Uint8Array = (ciphertext) => ciphertext,
): Step {
  return ([first]) => {
    const ciphertext = outputBytes(first, 'CiphertextBlob');
    return (
      ciphertext && {
        kind: 'kms',
        operation: 'Decrypt',
        input: { CiphertextBlob: change(ciphertext), ...input },
        caller,
        region: key.region,
      }
    );
  };
}
