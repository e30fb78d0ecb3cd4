import type { Account, Caller, Context, Inventory, Key, Principal } from '../../inventory/index.js';
import type { Text } from '../../source/index.js';

/** A request of which the context is left open. */
export interface PartialRequest {
  readonly caller: Caller;
  /** `kms:Decrypt`. */
  readonly action: string;
  /** An ARN, or `*` where the action has none. */
  readonly resource: Text;
  /** The owner of the resource, where the ARN does not say. */
  readonly resourceAccount?: Text;
  /** What is fixed; every other key that the caller can choose is open. */
  readonly context: Context;
  /**
   * How layers that only limit, and grants, count where they were not supplied: as absent, which is the
   * default, or as unknown.
   */
  readonly assume?: 'absent' | 'nothing';
  /** Condition keys, in lower case, that the request lacks; what ends in `/` is the start of a name. */
  readonly absent?: readonly string[];
  /**
   * Condition keys, likewise, that are open although they follow from the parties, such as the tags of a
   * principal who may change them. The inventory must say that the parties have none of them, so that an
   * example without them is what it seems.
   */
  readonly chosen?: readonly string[];
  /** The caller stands for all of its kind and account whom nobody lists: a name, an id and tags are theirs to have. */
  readonly unlisted?: Unlisted;
}

/** Principals whom nobody lists. */
export interface Unlisted {
  /** Equal only where the same names are taken, and the same pattern is asked for. */
  readonly id: string;
  /** Whether somebody who is listed bears the name. */
  readonly isTaken: (name: Text) => boolean;
  /** A wildcard pattern that the ARNs match. */
  readonly like?: Text;
  /** Whether they are all of one account, or of any account of the caller's organization. */
  readonly of: 'account' | 'organization';
}

/** A question with all that the inventory says about its parties, looked up once. */
export interface Question {
  readonly inventory: Inventory;
  readonly request: PartialRequest;
  /** In lower case. */
  readonly action: string;
  /** The service prefix of the action, in lower case. */
  readonly service: string;
  /** The key of the inventory that the request is about. */
  readonly key: Key | undefined;
  readonly callerAccount: Account | undefined;
  readonly principal: Principal | undefined;
  readonly ownerId: Text | undefined;
  readonly ownerAccount: Account | undefined;
  /** The Region of the resource. */
  readonly region: Text | undefined;
  /** Whether a session of the caller's role may bring the tag, by what the role's trust policy says. */
  readonly maySetTag: (tag: string) => boolean;
}
