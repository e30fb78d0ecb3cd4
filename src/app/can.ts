import { answer, answerCall, nearestChanges } from '../authorization/answers/index.js';
import type { CallAnswer } from '../authorization/answers/index.js';
import type { Host } from '../host/index.js';
import type { AnswerReport } from '../report/index.js';
import { loadEstate, type EstateInput } from './estate.js';
import type { Mistake } from './mistake.js';
import { requestOf, type RequestInput } from './request.js';
import { resourceNamed } from './resource.js';

export interface CanInput extends RequestInput {
  readonly estate: EstateInput;
  readonly assume: 'absent' | 'nothing';
  readonly expect?: AnswerReport['expect'];
}

/**
 * Whether a principal may do something with a key, over all contexts of the request; of a call to a service
 * that uses a key, also what the service asks of KMS.
 */
export async function can(input: CanInput, host: Host): Promise<AnswerReport | Mistake> {
  const estate = await loadEstate(input.estate, host);
  if ('kind' in estate) return estate;
  const { inventory, diagnostics } = estate;
  const given = requestOf(input, inventory);
  if ('kind' in given) return given;
  const named = resourceNamed(given.resource, given.action, inventory);
  if ('kind' in named) return named;
  const request = { ...given, ...named, assume: input.assume };
  const call = answerCall(inventory, request);
  const found = call ?? answer(inventory, request);
  return {
    kind: 'answer',
    request,
    answer: found,
    nearest: call === undefined && found.kind === 'never' ? nearestChanges(inventory, request) : [],
    ...(call === undefined ? {} : { legs: legsOf(call) }),
    ...(input.expect === undefined ? {} : { expect: input.expect }),
    diagnostics,
  };
}

function legsOf({ legs }: CallAnswer): NonNullable<AnswerReport['legs']> {
  return legs.map(({ inventory, ...leg }) => ({
    ...leg,
    nearest:
      leg.answer.kind === 'never' && leg.refused === undefined
        ? nearestChanges(inventory, leg.request)
        : [],
  }));
}
