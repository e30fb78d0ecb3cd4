import { whatCan as findWhatCan } from '../graph/index.js';
import type { Host } from '../host/index.js';
import { findCaller } from '../inventory/index.js';
import type { ActionsReport } from '../report/index.js';
import { loadEstate, type EstateInput } from './estate.js';
import type { Mistake } from './mistake.js';
import { actionOf, unknownPrincipal } from './request.js';

export interface WhatCanInput {
  readonly estate: EstateInput;
  readonly principal: string;
  /** Only these; all of KMS's where empty. */
  readonly actions: readonly string[];
}

/** What a principal may do with each key of an estate. */
export async function whatCan(input: WhatCanInput, host: Host): Promise<ActionsReport | Mistake> {
  const estate = await loadEstate(input.estate, host);
  if ('kind' in estate) return estate;
  const { inventory, diagnostics } = estate;
  const caller = findCaller(inventory, input.principal);
  if (caller === undefined) return unknownPrincipal(input.principal, inventory);
  const named: string[] = [];
  for (const text of input.actions) {
    const action = actionOf(text);
    if (typeof action !== 'string') return action;
    named.push(action);
  }
  const actions = named.length === 0 ? undefined : named;
  return {
    kind: 'actions',
    caller,
    keys: findWhatCan(inventory, caller, inventory.keys, actions),
    diagnostics,
  };
}
