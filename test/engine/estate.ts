import { load } from '../../src/load/index.js';
import type { Inventory } from '../../src/inventory/index.js';
import { createEngine, seededPorts, type EngineSettings } from '../../src/engine/index.js';
import type {
  CallContext,
  Engine,
  Exchange,
  KmsInputs,
  KmsOutputs,
} from '../../src/engine/index.js';

export const account = '111122223333';
export const region = 'us-east-1';
export const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
export const keyArn = `arn:aws:kms:${region}:${account}:key/${keyId}`;
export const root = `arn:aws:iam::${account}:root`;
export const stranger = 'arn:aws:iam::999988887777:role/stranger';

export const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

export const allow = (action: string | readonly string[], resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

export const policyFor = (principal: unknown, action: string | readonly string[] = 'kms:*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: action, Resource: '*' }],
});

export const delegating = policyFor({ AWS: root });

/** An inventory file, as a user writes it, from the parts given. */
export function inventoryOf(parts: Readonly<Record<string, unknown>>): Inventory {
  const path = 'estate.keyproof.json';
  const bytes = new TextEncoder().encode(JSON.stringify({ version: 1, ...parts }));
  const { inventory, diagnostics } = load({
    paths: [path],
    files: { read: (asked) => (asked === path ? bytes : undefined), list: () => [] },
    settingsOf: () => ({ parameters: {}, kinds: {} }),
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return inventory;
}

/** One key that delegates to its account, an administrator, and an app that may use keys. */
export const estate = {
  accounts: [{ id: account, organization: 'o-home' }],
  principals: [
    { arn: roleArn('admin'), id: 'AROAADMINEXAMPLE00001', policies: [allow('*')], tags: {} },
    {
      arn: roleArn('app'),
      id: 'AROAAPPEXAMPLE000001',
      policies: [allow(['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'])],
      tags: {},
    },
    { arn: roleArn('nobody'), policies: [], tags: {} },
  ],
  keys: [{ arn: keyArn, policy: delegating, spec: 'SYMMETRIC_DEFAULT', aliases: ['alias/orders'] }],
};

export function engineOf(
  parts: Readonly<Record<string, unknown>> = estate,
  settings: EngineSettings = {},
): Engine {
  return createEngine(inventoryOf(parts), seededPorts(1), settings);
}

export interface Circumstances {
  readonly caller?: string;
  readonly region?: string;
  readonly context?: CallContext;
}

/** Calls as the administrator in the home Region, unless said otherwise. */
export function call<Name extends keyof KmsInputs>(
  engine: Engine,
  operation: Name,
  input: KmsInputs[Name],
  circumstances: Circumstances = {},
): Exchange {
  // The union of calls ties the input to the operation, which a type parameter cannot show.
  return engine.call({
    kind: 'kms',
    operation,
    input,
    caller: roleArn('admin'),
    region,
    ...circumstances,
  } as Parameters<Engine['call']>[0]);
}

/** As {@link call}, for calls that must succeed. */
export function ok<Name extends keyof KmsInputs>(
  engine: Engine,
  operation: Name,
  input: KmsInputs[Name],
  circumstances: Circumstances = {},
): KmsOutputs[Name] {
  const { outcome } = call(engine, operation, input, circumstances);
  if (outcome.kind === 'failed') {
    throw new Error(`${operation}: ${outcome.error.name}: ${outcome.error.message}`);
  }
  return outcome.output as KmsOutputs[Name];
}

/** The name of the error of a call that must fail. */
export function errorOf({ outcome }: Exchange): string {
  return outcome.kind === 'failed' ? outcome.error.name : 'succeeded';
}

export function messageOf({ outcome }: Exchange): string {
  return outcome.kind === 'failed' ? outcome.error.message : '';
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
