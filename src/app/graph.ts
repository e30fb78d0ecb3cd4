import { accessGraph } from '../graph/index.js';
import type { Host } from '../host/index.js';
import { findCaller, findKeys } from '../inventory/index.js';
import type { GraphReport } from '../report/index.js';
import { loadEstate, type EstateInput } from './estate.js';
import { mistake, type Mistake } from './mistake.js';
import { actionOf, unknownKey, unknownPrincipal } from './request.js';

export interface GraphInput {
  readonly estate: EstateInput;
  readonly actions: readonly string[];
  /** A key, or `all`. */
  readonly key: string;
  readonly principal?: string | undefined;
}

/** Who may do what with the keys of an estate, as one graph. */
export async function graph(input: GraphInput, host: Host): Promise<GraphReport | Mistake> {
  const estate = await loadEstate(input.estate, host);
  if ('kind' in estate) return estate;
  const { inventory, diagnostics } = estate;
  const actions: string[] = [];
  for (const text of input.actions) {
    const action = actionOf(text);
    if (typeof action !== 'string') return action;
    actions.push(action);
  }
  const keys = input.key === 'all' ? inventory.keys : findKeys(inventory, input.key);
  if (keys.length === 0 && input.key !== 'all') {
    const unknown = unknownKey(input.key, 'kms:Decrypt', inventory);
    return unknown ?? mistake(`no key that was read is \`${input.key}\``);
  }
  const caller = input.principal === undefined ? undefined : findCaller(inventory, input.principal);
  if (input.principal !== undefined && caller === undefined)
    return unknownPrincipal(input.principal, inventory);
  const question = { actions, keys, ...(caller === undefined ? {} : { principal: caller }) };
  return {
    kind: 'graph',
    question: {
      actions,
      key: input.key,
      ...(input.principal === undefined ? {} : { principal: input.principal }),
    },
    graph: accessGraph(inventory, question),
    diagnostics,
  };
}
