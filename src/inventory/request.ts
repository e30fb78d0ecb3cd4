import type { Text } from '../source/index.js';
import type { Caller } from './caller.js';

/** One concrete request, as IAM sees it. */
export interface Request {
  readonly caller: Caller;
  /** `kms:Decrypt`. */
  readonly action: string;
  /** The ARN, or `*` where the action has no resource. */
  readonly resource: Text;
  /** The owner of the resource, where the ARN does not say. */
  readonly resourceAccount?: Text;
  readonly context: Context;
}

/** Condition keys in lower case; what is not in the map is absent from the request. */
export type Context = ReadonlyMap<string, ContextValue>;

/** A list for multivalued keys, even of one. `unknown`: the request has or lacks it, nobody can tell. */
export type ContextValue = Text | readonly Text[] | UnknownValue;

export interface UnknownValue {
  readonly unknown: Missing;
}

/** An input that would be needed to decide. */
export interface Missing {
  readonly layer: Layer | 'attribute';
  /** The ARN, or other name, of what it belongs to. */
  readonly of: Text;
  /** What is missing, in words. */
  readonly detail: string;
}

/** One kind of policy in a decision; it grants or it limits. */
export type Layer =
  | 'key-policy'
  | 'delegation'
  | 'identity'
  | 'grant'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'endpoint'
  | 'trust'
  | 'resource-policy';
