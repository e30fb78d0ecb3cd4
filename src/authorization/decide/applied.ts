import type { Grant, Missing } from '../../inventory/index.js';
import type { PolicyDocument } from '../../policy/index.js';

/** All that decides about one request, given outright. */
export interface AppliedPolicies {
  /** Identity-based policies of the caller; of a federated user, those of the user behind it. */
  readonly identity: Supply;
  /** The key policy, the trust policy of a role, or the policy of another resource. */
  readonly resource: Supply;
  readonly boundary: Supply;
  readonly session: Supply;
  /** Of the caller's account, a level each, root first. */
  readonly scps: Supply;
  /** Of the account of the resource; for an action without one, of the caller's. */
  readonly rcps: Supply;
  /** Of the VPC endpoint that the request comes through. */
  readonly endpoint: Supply;
  /** Of the KMS key. */
  readonly grants: readonly Grant[];
  readonly grantsGap?: Gap;
}

/** The policies of one layer. */
export interface Supply {
  /**
   * Levels, of which each must allow where the layer limits; the policies of one level are pooled. A
   * level without policies allows nothing. `none`: there is no such policy, and no such limit.
   */
  readonly levels: 'none' | readonly (readonly PolicyDocument[])[];
  /** Set where there may be more than was supplied. */
  readonly gap?: Gap;
}

/** What was not supplied, and how that counts. */
export interface Gap {
  readonly missing: Missing;
  /**
   * `absent`: as a limit it is taken not to be there, which is listed as assumed. `unknown`: nothing is
   * assumed. Whether it would *grant* is unknown either way.
   */
  readonly taken: 'absent' | 'unknown';
}

export const noPolicies: Supply = { levels: 'none' };

/** Pooled policies of one level. */
export function pooled(documents: readonly PolicyDocument[]): Supply {
  return { levels: [documents] };
}
