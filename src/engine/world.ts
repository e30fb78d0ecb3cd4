import type { Entropy } from './engine.js';

/** What an engine runs on, beside its state. */
export interface World {
  readonly entropy: Entropy;
  readonly nowMs: number;
  /** How long a new grant is seen only by those who present its token. */
  readonly grantPropagationMs: number;
}

/** A call that another service makes on the caller's behalf. */
export interface Via {
  /** The value of `kms:ViaService`. */
  readonly service: string;
}
