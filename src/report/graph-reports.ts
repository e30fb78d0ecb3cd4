import type { AccessGraph, ActionsOnKey } from '../graph/index.js';
import type { Caller } from '../inventory/index.js';
import type { Diagnostic } from '../source/index.js';

/** The answer to `what-can`. */
export interface ActionsReport {
  readonly kind: 'actions';
  readonly caller: Caller;
  readonly keys: readonly ActionsOnKey[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The answer to `graph`. */
export interface GraphReport {
  readonly kind: 'graph';
  readonly question: {
    readonly actions: readonly string[];
    readonly key: string;
    readonly principal?: string;
  };
  readonly graph: AccessGraph;
  readonly diagnostics: readonly Diagnostic[];
}
