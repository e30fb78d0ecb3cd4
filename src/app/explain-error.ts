import { answer, nearestChanges, type Answer } from '../authorization/answers/index.js';
import { decide, type LayerOutcome } from '../authorization/decide/index.js';
import type { Host } from '../host/index.js';
import {
  findCaller,
  findKey,
  parseAccessDenied,
  type AccessDenied,
  type Caller,
  type Inventory,
  type Refusal,
} from '../inventory/index.js';
import type { DenialReport, DeniedRequest } from '../report/index.js';
import type { Text } from '../source/index.js';
import { loadEstate, type EstateInput } from './estate.js';
import { mistake, type Mistake } from './mistake.js';

export interface ExplainErrorInput {
  readonly estate: EstateInput;
  /** An AccessDenied message of AWS, with whatever stands around it. */
  readonly message: string;
}

const KEYS_MAX = 20;

/** Which layer refused the request of an AccessDenied message, by the policies that were read. */
export async function explainError(
  input: ExplainErrorInput,
  host: Host,
): Promise<DenialReport | Mistake> {
  const message = parseAccessDenied(input.message);
  if (message === undefined) {
    return mistake(
      'this is no AccessDenied message that names a request',
      'paste it whole: `User: … is not authorized to perform: … on resource: …`',
    );
  }
  const estate = await loadEstate(input.estate, host);
  if ('kind' in estate) return estate;
  const { inventory, diagnostics } = estate;
  const caller =
    message.principal === undefined ? undefined : findCaller(inventory, message.principal);
  return {
    kind: 'denial',
    message,
    requests: caller === undefined ? [] : deniedRequests(inventory, caller, message),
    diagnostics,
  };
}

function deniedRequests(
  inventory: Inventory,
  caller: Caller,
  message: AccessDenied,
): readonly DeniedRequest[] {
  const { action, refusal } = message;
  if (action === undefined) return [];
  return resourcesOf(inventory, message).map((resource) => {
    const request = { caller, action, resource, context: new Map() };
    const found = answer(inventory, request);
    return {
      request,
      answer: found,
      nearest: found.kind === 'never' ? nearestChanges(inventory, request) : [],
      agreement: agreementOf(refusal, found, refusingLayers(inventory, found)),
    };
  });
}

/** The key that the message names; where it names none, those that it may mean. */
function resourcesOf(inventory: Inventory, { resource, action }: AccessDenied): readonly Text[] {
  if (resource !== undefined) return [findKey(inventory, resource)?.arn ?? resource];
  if (action?.startsWith('kms:') !== true) return ['*'];
  return [...new Set(inventory.keys.map(({ arn }) => arn))].slice(0, KEYS_MAX);
}

/** The layers as they decide a request that is refused. */
function refusingLayers(inventory: Inventory, found: Answer): readonly LayerOutcome[] {
  return found.kind === 'when' ? decide(inventory, found.counterexample).layers : found.layers;
}

function agreementOf(
  refusal: Refusal,
  found: Answer,
  layers: readonly LayerOutcome[],
): DeniedRequest['agreement'] {
  if (refusal.kind === 'hidden' || refusal.kind === 'not-said') return 'no-layer-named';
  if (refusal.policy === undefined) {
    return layers.some(({ outcome }) => outcome === 'denies') ? 'agrees' : 'differs';
  }
  const { policy } = refusal;
  const named = layers.filter(({ layer }) => policy.layers.includes(layer));
  const refuses = refusal.kind === 'explicit' ? 'denies' : 'silent';
  if (found.kind !== 'always' && named.some(({ outcome }) => outcome === refuses)) return 'agrees';
  if (named.every(({ outcome }) => outcome === 'not-supplied')) return 'not-supplied';
  return 'differs';
}
