import type { GrantOperation, KeySpec, KeyState, KeyUsage } from './enums.js';

export type { GrantOperation, KeySpec, KeyState, KeyUsage } from './enums.js';

/** What an operation answers with when the key is in a state that it does not allow. */
export type StateException =
  'DisabledException' | 'KMSInvalidStateException' | 'UnsupportedOperationException';

/** What an operation does with a key in each state: `ok`, or the exception it answers with. */
export type KeyStateRule = Readonly<Record<KeyState, 'ok' | StateException>>;

/** How a request may name a key. */
export type KeyIdForm = 'key-id' | 'key-arn' | 'alias-name' | 'alias-arn';

/**
 * One operation of the KMS API.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
export interface Operation {
  /** The permissions it needs, each on its own resource. */
  readonly actions: readonly `kms:${string}`[];
  readonly accessLevel: 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management';
  /** What it is authorized on; empty: on `*`, by IAM policies alone. */
  readonly resources: readonly ('key' | 'alias')[];
  /** Whether it works on a key of another account at all. */
  readonly crossAccount: boolean;
  /** How the request may name the key; empty: it names none. */
  readonly keyIdForms: readonly KeyIdForm[];
  /** Absent where no key is involved. */
  readonly keyStates?: KeyStateRule;
  /** Absent: any. */
  readonly keyUsages?: readonly KeyUsage[];
  /** Absent: any. */
  readonly keySpecs?: readonly KeySpec[];
  /** Condition keys beyond those that every operation on a key has (see `keyConditionKeys`). */
  readonly conditionKeys?: readonly string[];
  /** The names under which a grant allows it; absent: not grantable. */
  readonly grantOperations?: readonly GrantOperation[];
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** As CloudTrail marks it. */
  readonly readOnly: boolean;
  /** Whether the engine has a handler for it. */
  readonly simulated?: true;
}

/** A condition key, as service authorization data describe it. */
export interface ConditionKey {
  /** In its documented spelling; names compare without case. `${…}` stands for any text. */
  readonly name: string;
  readonly type: 'String' | 'ARN' | 'Bool' | 'Date' | 'Numeric' | 'IPAddress' | 'Binary';
  readonly multivalued?: true;
  /** Documented to work in IAM policies and not in key policies. */
  readonly iamPoliciesOnly?: true;
}
