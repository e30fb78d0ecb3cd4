import type { Layer, Missing } from '../../inventory/index.js';
import type { Broken, Statement } from '../../policy/index.js';
import type { Grant } from '../../inventory/index.js';

export interface Authorization {
  /** `Unknown` where the inputs under `missing` could turn the decision. */
  readonly decision: 'Allow' | 'ImplicitDeny' | 'ExplicitDeny' | 'Unknown';
  /** Every layer that there is for this kind of request, in AWS's order. */
  readonly layers: readonly LayerOutcome[];
  /** Empty unless `Unknown`. */
  readonly missing: readonly Missing[];
  /** Limiting layers, and grants, that were not supplied and taken as absent. */
  readonly assumed: readonly Missing[];
}

export interface LayerOutcome {
  readonly layer: Layer;
  /** `silent`: supplied, and neither allows nor denies. */
  readonly outcome: 'allows' | 'denies' | 'silent' | 'not-supplied' | 'does-not-apply';
  /** The statements or grants behind `allows` and `denies`; for `silent`, those that came closest may be listed. */
  readonly because: readonly (Statement | Broken | Grant)[];
}
