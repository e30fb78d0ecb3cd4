import type { AnswerCondition } from '../authorization/answers/index.js';
import type { Caller, Grant, Missing, Request } from '../inventory/index.js';
import type { Broken, Statement } from '../policy/index.js';
import type { Text } from '../source/index.js';

/** What access a change of the estate gives and takes. */
export interface AccessDifference {
  /** Requests that are allowed after the change and refused before; each entry has one. */
  readonly gained: readonly AccessChange[];
  /** Requests that are allowed before the change and refused after. */
  readonly lost: readonly AccessChange[];
  /** Access of which nobody can tell whether it changes: facts are missing, or a limit was reached. */
  readonly unknown: readonly UnknownChange[];
  readonly keys: Turnover;
  readonly principals: Turnover;
  /** A proof that every principal may do the same with every key, in every context, before and after. */
  readonly equivalent: boolean;
}

/** Access of principals that no policy tells apart, to one key by one action. */
export interface AccessChange {
  readonly principals: readonly ChangedPrincipal[];
  /** `kms:Decrypt`. */
  readonly action: string;
  /** The key's ARN as it is after the change, or before it where it is lost; `*` for actions without a key. */
  readonly key: Text;
  /** What people call the key: an alias, else its logical id, else its ARN. */
  readonly keyName: Text;
  /** `new`: the change creates the key, so that nothing was protected by it before. */
  readonly keyIs: 'kept' | 'new';
  /** When the access is gained or lost, an OR of ANDs; one empty term: always; no term: too long to help. */
  readonly conditions: readonly (readonly AnswerCondition[])[];
  /** By the first of the principals. Allowed on one side and refused on the other, as the interpreter decides. */
  readonly witness: Request;
  /** The statements and grants that make the difference. */
  readonly because: readonly (Statement | Broken | Grant)[];
  readonly reach: Reach;
  /** What was not supplied, and taken not to allow the same anyway; absent: nothing. */
  readonly assumed?: readonly Missing[];
}

/** Whose access it is, seen from the key: `service` is an AWS service, `public` is everybody. */
export type Reach = 'same-account' | 'cross-account' | 'service' | 'public';

export interface ChangedPrincipal {
  /** An ARN or a service principal, or for a class its name: `other principals of account 111122223333`. */
  readonly name: Text;
  readonly isClass: boolean;
  /** It, or one of the class, as it makes the witness request. */
  readonly caller: Caller;
}

export interface UnknownChange extends Omit<AccessChange, 'conditions' | 'assumed'> {
  /** What may have changed. */
  readonly direction: 'gained' | 'lost';
  readonly missing: readonly Missing[];
  /** The limit that was reached, in words. */
  readonly limit?: string;
}

/** Keys or principals that are not the same ones on both sides, as people call them. */
export interface Turnover {
  readonly added: readonly Text[];
  readonly removed: readonly Text[];
  readonly renamed: readonly { readonly before: Text; readonly after: Text }[];
}
