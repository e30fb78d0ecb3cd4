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
  /** `kms:RetireGrant`: the id of the grant to retire; absent: any of the key's. */
  readonly grant?: Text;
  readonly context: Context;
}

/**
 * Condition keys in lower case, except that what follows `kms:encryptioncontext:` keeps its case, as
 * grants compare it; read it with `findValue`. A name that ends in `/*`, such as `aws:principaltag/*`,
 * stands for all of its kind that are not listed. What is not in the map is absent from the request.
 */
export type Context = ReadonlyMap<string, ContextValue>;

/** A list for multivalued keys, even of one. `unknown`: the request has or lacks it, nobody can tell. */
export type ContextValue = Text | readonly Text[] | UnknownValue;

export interface UnknownValue {
  readonly unknown: Missing;
  /** All values that it may turn out to have, where they are few; `undefined` among them: absent. */
  readonly alternatives?: readonly (Text | readonly Text[] | undefined)[];
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
