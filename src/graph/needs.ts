import { findAction, operations } from '../facts/index.js';
import type { OperationName } from '../facts/index.js';
import { createContext, findKey } from '../inventory/index.js';
import type { CodeCall, CodeValue, Context, Inventory, Key } from '../inventory/index.js';
import { hasHole, hole, type Text } from '../source/index.js';
import { codeInput, fieldIn } from './code-input.js';
import { serviceNeeds } from './service-needs.js';

/** A permission that code requires. */
export interface Need {
  /** `kms:Decrypt`. */
  readonly action: string;
  /**
   * What it is required on: an ARN where the code or the inventory tells it, else as the code names it;
   * `*` where the action has no resource. Absent: the code names none, and any key may be meant.
   */
  readonly resource?: Text;
  /** The key of the inventory that the code means. */
  readonly key?: Key;
  /** What the request says of condition keys, as far as the code tells. */
  readonly context: Context;
  /** Condition keys that the request lacks, in lower case. */
  readonly absent: readonly string[];
  /** The action of a service on whose behalf KMS is asked, and its resource. */
  readonly through?: { readonly action: string; readonly resource: Text };
  /** The calls that require it, in the order of the code; never empty. */
  readonly sites: readonly [CodeCall, ...CodeCall[]];
}

/** The permissions that calls require, those that ask for the same together, by action and resource. */
export function needsOf(inventory: Inventory, calls: readonly CodeCall[]): readonly Need[] {
  const needs = new Map<string, Need>();
  for (const call of calls) {
    for (const need of needsOfCall(inventory, call)) {
      const mark = JSON.stringify([
        need.action,
        need.resource ?? null,
        [...need.context],
        need.absent,
        need.through ?? null,
      ]);
      const known = needs.get(mark);
      needs.set(mark, known === undefined ? need : { ...known, sites: [...known.sites, call] });
    }
  }
  return [...needs.values()].sort(byActionAndResource);
}

function byActionAndResource(a: Need, b: Need): number {
  const [left, right] = [a, b].map(({ action, resource = '' }) => `${action} ${resource}`);
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1;
}

function needsOfCall(inventory: Inventory, call: CodeCall): readonly Need[] {
  switch (call.api) {
    case 'aws-sdk-v2':
    case 'aws-sdk-v3':
    case 'lib-storage':
      return call.service === 'kms' ? kmsNeeds(inventory, call) : serviceNeeds(inventory, call);
    case 'encryption-sdk':
      return keyringNeeds(inventory, call);
    // Constructs are deployed with the rights of CloudFormation, and ciphers ask nobody.
    case 'aws-cdk-lib':
    case 'node-crypto':
      return [];
  }
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}

function kmsNeeds(inventory: Inventory, call: CodeCall): readonly Need[] {
  if (!isOperation(call.operation)) return [];
  return operations[call.operation].actions.map((action) => {
    const field = keyFieldOf(action);
    const named = call.keys.find((key) => key.field === field) ?? call.keys[0];
    const isBare = findAction(action)?.operation.resources.length === 0;
    return {
      ...needOfKey(inventory, action, isBare ? '*' : named?.text, call),
      ...contextOf(call, action),
      sites: [call],
    };
  });
}

/** The field of the input that names the key of an action, where there are several. */
function keyFieldOf(action: string): string {
  if (action === 'kms:ReEncryptFrom') return 'SourceKeyId';
  if (action === 'kms:ReEncryptTo') return 'DestinationKeyId';
  return /Alias$/.test(action) ? 'TargetKeyId' : 'KeyId';
}

/** A permission on a key by any of its names; one that is looked up is looked up at the client's Region. */
function needOfKey(
  inventory: Inventory,
  action: string,
  reference: Text | undefined,
  call: CodeCall,
): Omit<Need, 'context' | 'absent'> {
  if (reference === undefined || reference === '*') {
    return { action, ...(reference === undefined ? {} : { resource: reference }), sites: [call] };
  }
  const home = call.region === undefined || hasHole(call.region) ? {} : { region: call.region };
  const key = hasHole(reference) ? undefined : findKey(inventory, reference, home);
  return {
    action,
    resource: key?.arn ?? reference,
    ...(key === undefined ? {} : { key }),
    sites: [call],
  };
}

/** What a direct call says of itself: its encryption context, and that no service makes it. */
function contextOf(call: CodeCall, action: string): Pick<Need, 'context' | 'absent'> {
  const operation = isOperation(call.operation) ? operations[call.operation] : undefined;
  const name =
    action === 'kms:ReEncryptFrom'
      ? 'SourceEncryptionContext'
      : action === 'kms:ReEncryptTo'
        ? 'DestinationEncryptionContext'
        : 'EncryptionContext';
  const takesContext = operation?.optional?.includes(name) ?? false;
  const absent = ['kms:viaservice'];
  if (!takesContext) return { context: new Map(), absent };
  const input = codeInput(call);
  const given = fieldIn(input, name);
  if (given === undefined) {
    const isNone = input?.kind === 'object' && !input.open;
    return {
      context: new Map(),
      absent: isNone ? [...absent, 'kms:encryptioncontextkeys'] : absent,
    };
  }
  return { context: pairsOf(given, call.unit), absent };
}

function pairsOf(value: CodeValue, unit: string): Context {
  if (value.kind !== 'object') return new Map();
  const pairs = value.fields.map(({ name, value: inner }): readonly [string, Text] => [
    `kms:EncryptionContext:${name}`,
    inner.kind === 'text' || inner.kind === 'unknown'
      ? inner.text
      : hole(unit, `the value of ${name}`),
  ]);
  const names = value.fields.map(({ name }) => name);
  const isKnown = !value.open && !names.some(hasHole);
  return createContext({
    ...Object.fromEntries(pairs.filter(([name]) => !hasHole(name))),
    ...(isKnown ? { 'kms:EncryptionContextKeys': names } : {}),
  });
}

/**
 * What keyrings ask of the keys that they are given.
 * @see https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/use-kms-keyring.html
 */
function keyringNeeds(inventory: Inventory, call: CodeCall): readonly Need[] {
  if (!/Keyring/.test(call.operation)) return [];
  const context = new Map();
  const absent = ['kms:viaservice'];
  return call.keys.flatMap(({ field, text }) =>
    [field === 'generatorKeyId' ? 'kms:GenerateDataKey' : 'kms:Encrypt', 'kms:Decrypt'].map(
      (action) => ({ ...needOfKey(inventory, action, text, call), context, absent }),
    ),
  );
}
