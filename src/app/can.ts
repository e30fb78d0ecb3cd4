import { answer, nearestChanges } from '../authorization/answers/index.js';
import type { Host } from '../host/index.js';
import { findKey } from '../inventory/index.js';
import type { AnswerReport } from '../report/index.js';
import { loadEstate, type EstateInput } from './estate.js';
import type { Mistake } from './mistake.js';
import { requestOf, type RequestInput } from './request.js';

export interface CanInput extends RequestInput {
  readonly estate: EstateInput;
  readonly assume: 'absent' | 'nothing';
  readonly expect?: AnswerReport['expect'];
}

/** Whether a principal may do something with a key, over all contexts of the request. */
export async function can(input: CanInput, host: Host): Promise<AnswerReport | Mistake> {
  const estate = await loadEstate(input.estate, host);
  if ('kind' in estate) return estate;
  const { inventory, diagnostics } = estate;
  const given = requestOf(input, inventory);
  if ('kind' in given) return given;
  const resource = findKey(inventory, given.resource)?.arn ?? given.resource;
  const request = { ...given, resource, assume: input.assume };
  const found = answer(inventory, request);
  return {
    kind: 'answer',
    request,
    answer: found,
    nearest: found.kind === 'never' ? nearestChanges(inventory, request) : [],
    ...(input.expect === undefined ? {} : { expect: input.expect }),
    diagnostics,
  };
}
