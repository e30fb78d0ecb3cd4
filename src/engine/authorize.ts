import { decide, type Authorization } from '../authorization/decide/index.js';
import type { Inventory, Request } from '../inventory/index.js';
import type { AuthorizedRequest, KmsCall, KmsException } from './call.js';
import { ciphertextKeyNotFound, denial } from './denial.js';
import { malformedPolicy } from './exceptions.js';
import type { Ran, Scene } from './operation.js';
import { contextOf, timeValues, type Ask } from './request.js';
import type { Via, World } from './world.js';

/** A call with all that its questions to `decide` depend on; the questions are added to `log`. */
export interface Asking {
  readonly world: World;
  readonly scene: Scene;
  readonly call: KmsCall;
  readonly via: Via | undefined;
  readonly tokens: readonly string[];
  readonly log: AuthorizedRequest[];
}

/** Asks for each permission in turn; the exception that answers the first one refused. */
export function refuse(asking: Asking, asks: readonly Ask[]): KmsException | undefined {
  const { scene, call, log } = asking;
  for (const ask of asks) {
    const request = requestOf(asking, ask);
    const authorization = decide(visibleInventory(asking), request);
    log.push({ request, authorization });
    if (authorization.decision === 'Allow') continue;
    return isOfCiphertext(call) && isElsewhere(scene, ask)
      ? ciphertextKeyNotFound(call.caller, ask.action)
      : denial(call.caller, request, authorization);
  }
  return undefined;
}

function isOfCiphertext({ operation, input }: KmsCall): boolean {
  return operation === 'Decrypt' && !('KeyId' in input);
}

function isElsewhere({ account }: Scene, { resourceAccount }: Ask): boolean {
  return account !== undefined && account !== resourceAccount;
}

function requestOf({ world, scene, call, via }: Asking, ask: Ask): Request {
  const { action, resource, resourceAccount, grant, values } = ask;
  return {
    caller: scene.callerForm,
    action,
    resource,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    ...(grant === undefined ? {} : { grant }),
    context: contextOf(
      scene.callerForm,
      {
        ...timeValues(world.nowMs),
        'aws:SecureTransport': 'true',
        'aws:RequestedRegion': call.region,
        ...(via === undefined ? {} : { 'kms:ViaService': via.service }),
        ...values,
      },
      call.context ?? {},
    ),
  };
}

/** The inventory without grants that have not reached every server yet, except for presented ones. */
function visibleInventory({ world, scene, tokens }: Asking): Inventory {
  const { state } = scene;
  const hidden = new Set(
    [...state.grants].flatMap(([id, note]) =>
      world.nowMs - note.createdMs < world.grantPropagationMs &&
      !note.tokens.some((token) => tokens.includes(token))
        ? [id]
        : [],
    ),
  );
  if (hidden.size === 0) return state.inventory;
  const keys = state.inventory.keys.map((key) =>
    key.grants?.some(({ id }) => hidden.has(id)) === true
      ? { ...key, grants: key.grants.filter(({ id }) => !hidden.has(id)) }
      : key,
  );
  return { ...state.inventory, keys };
}

/**
 * Whether the caller could not make the next PutKeyPolicy on the key under its new policy: asked with
 * all that decides, and with the context of this very call.
 *
 * SOURCE: facts kms-authz 51, 52; 54 leaves open which policies count, and here all do
 */
export function lockedOut(
  asking: Asking,
  { mustKeep, state }: Ran<unknown>,
): KmsException | undefined {
  if (mustKeep === undefined) return undefined;
  const request = requestOf(asking, mustKeep);
  const authorization = decide(state.inventory, request);
  asking.log.push({ request, authorization, purpose: 'lockout-safety-check' });
  if (authorization.decision === 'Allow') return undefined;
  return malformedPolicy(
    `The new key policy will not allow you to update the key policy in the future.${unknownPart(authorization)}`,
  );
}

function unknownPart({ decision, missing }: Authorization): string {
  if (decision !== 'Unknown') return '';
  return ` (unknown: ${missing.map(({ detail, of }) => `${detail} of ${of}`).join('; ')})`;
}
