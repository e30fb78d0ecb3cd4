import { decide as decideRequest, type DecideOptions } from '../authorization/decide/index.js';
import type { Host } from '../host/index.js';
import { deriveContext } from '../inventory/index.js';
import type { DecisionReport } from '../report/index.js';
import { loadEstate, type EstateInput } from './estate.js';
import type { Mistake } from './mistake.js';
import { requestOf, type RequestInput } from './request.js';

export interface DecideInput extends RequestInput {
  readonly estate: EstateInput;
  readonly assume: NonNullable<DecideOptions['assume']>;
}

/** Decides one concrete request against an estate. */
export async function decide(input: DecideInput, host: Host): Promise<DecisionReport | Mistake> {
  const estate = await loadEstate(input.estate, host);
  if ('kind' in estate) return estate;
  const { inventory, diagnostics } = estate;
  const request = requestOf(input, inventory);
  if ('kind' in request) return request;
  return {
    kind: 'decision',
    request: deriveContext(inventory, request),
    authorization: decideRequest(inventory, request, { assume: input.assume }),
    diagnostics,
  };
}
