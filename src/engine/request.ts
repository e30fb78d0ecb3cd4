import type { Caller, Context, ContextValue } from '../inventory/index.js';
import { createContext } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import type { CallContext } from './call.js';
import type { EncryptionContext } from './operations.js';

/** One permission that a call needs, before anybody was asked. */
export interface Ask {
  readonly action: string;
  /** The ARN, or `*`. */
  readonly resource: Text;
  readonly resourceAccount?: Text;
  readonly grant?: Text;
  /** Condition keys that follow from the request's parameters. */
  readonly values: Values;
}

export type Values = Readonly<Record<string, ContextValue | undefined>>;

/**
 * The context of a question, from what each part says: parameters win over the time and the Region,
 * and what the scenario gives wins over all.
 */
export function contextOf(caller: Caller, values: Values, given: CallContext): Context {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  const context = Object.entries(given).map(
    ([key, value]) => [key, value ?? absent(caller, key)] as const,
  );
  return createContext(Object.fromEntries([...entries, ...context]));
}

/** A value that stops a key from being derived: it can only turn out to be absent. */
function absent(caller: Caller, key: string): ContextValue {
  const of = 'arn' in caller ? caller.arn : 'roleArn' in caller ? caller.roleArn : caller.kind;
  return {
    unknown: { layer: 'attribute', of, detail: `${key}, absent` },
    alternatives: [undefined],
  };
}

/** The condition keys of an encryption context. */
export function encryptionContextValues(pairs: EncryptionContext | undefined): Values {
  const keys = Object.keys(pairs ?? {});
  return {
    ...Object.fromEntries(
      Object.entries(pairs ?? {}).map(([key, value]) => [`kms:EncryptionContext:${key}`, value]),
    ),
    'kms:EncryptionContextKeys': keys.length === 0 ? undefined : keys,
  };
}

/** The condition keys of the tags that a request brings. */
export function tagValues(
  tags: readonly { TagKey: string; TagValue: string }[] | undefined,
): Values {
  if (tags === undefined || tags.length === 0) return {};
  return {
    ...Object.fromEntries(
      tags.map(({ TagKey, TagValue }) => [`aws:RequestTag/${TagKey}`, TagValue]),
    ),
    'aws:TagKeys': tags.map(({ TagKey }) => TagKey),
  };
}

export function boolValue(value: boolean | undefined): Text | undefined {
  return value === undefined ? undefined : String(value);
}

export function timeValues(nowMs: number): Values {
  return {
    'aws:CurrentTime': new Date(nowMs).toISOString(),
    'aws:EpochTime': String(Math.floor(nowMs / 1_000)),
  };
}
