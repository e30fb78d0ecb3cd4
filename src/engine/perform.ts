import { decide, type Authorization } from '../authorization/decide/index.js';
import { operations, type SimulatedOperation } from '../facts/index.js';
import {
  parseCaller,
  type Caller,
  type Inventory,
  type Key,
  type Request,
} from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import type { Text } from '../source/index.js';
import type { AuthorizedRequest, Exchange, KmsCall, KmsException } from './call.js';
import { ciphertextKeyNotFound, denial } from './denial.js';
import type { CloudTrailEvent, Entropy } from './engine.js';
import { recordCall } from './events.js';
import { dryRun, exception, invalidGrantToken, malformedPolicy } from './exceptions.js';
import { handlers } from './handlers/index.js';
import { isAuthentic } from './iam.js';
import { specOf, stateOf, usageOf } from './key-facts.js';
import type { Operation, Prepared, Ran, Scene } from './operation.js';
import { contextOf, type Ask, type Values } from './request.js';
import type { State } from './state.js';
import { validateInput } from './validate.js';

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

export interface Performed {
  readonly state: State;
  readonly outcome: Exchange['outcome'];
  readonly authorizations: readonly AuthorizedRequest[];
  readonly events: readonly CloudTrailEvent[];
}

/**
 * Runs one call of the KMS API, in KMS's order: who calls, the shape of the request, the keys that it
 * names, permission, key state and usage, the operation itself. Only success changes the state.
 */
export function performKms(world: World, state: State, call: KmsCall, via?: Via): Performed {
  const authorizations: AuthorizedRequest[] = [];
  const attempt = attemptKms(world, state, call, via, authorizations);
  const { ran, keys, caller } = attempt;
  const events =
    caller === undefined
      ? []
      : recordCall({
          call,
          caller,
          keys,
          nowMs: world.nowMs,
          via: via?.service,
          error: attempt.error,
        });
  if (ran === undefined || attempt.error !== undefined) {
    const error = attempt.error ?? exception('KMSInternalException', '');
    return { state, outcome: { kind: 'failed', error }, authorizations, events };
  }
  return {
    state: ran.state,
    outcome: { kind: 'succeeded', output: ran.output },
    authorizations,
    events,
  };
}

interface Attempt {
  readonly caller?: Caller;
  readonly keys: readonly Key[];
  readonly ran?: Ran<Readonly<Record<string, unknown>>>;
  readonly error?: KmsException;
}

function attemptKms(
  world: World,
  state: State,
  call: KmsCall,
  via: Via | undefined,
  log: AuthorizedRequest[],
): Attempt {
  const caller = parseCaller(call.caller);
  const stranger = unauthenticated(state, caller);
  if (caller === undefined || stranger !== undefined) {
    return { keys: [], ...(stranger === undefined ? {} : { error: stranger }) };
  }
  const input: Readonly<Record<string, unknown>> = { ...call.input };
  const malformed = validateInput(call.operation, input) ?? checkTokens(state, input);
  if (malformed !== undefined) return { caller, keys: [], error: malformed };
  const scene = sceneOf(world, state, call, caller);
  // The operation and its input belong together, which the type of the union does not carry this far.
  const operation = handlers[call.operation] as Operation<
    unknown,
    Readonly<Record<string, unknown>>
  >;
  const prepared = operation(scene, call.input);
  if (prepared.kind === 'failed') return { caller, keys: [], error: prepared.error };
  const { keys } = prepared.value;
  const asking: Asking = { world, scene, call, via, tokens: tokensOf(input), log };
  const refused = refuse(asking, prepared.value) ?? unusable(call.operation, prepared.value.uses);
  if (refused !== undefined) return { caller, keys, error: refused };
  const result = prepared.value.run();
  if (result.kind === 'failed') return { caller, keys, error: result.error };
  const locked = lockedOut(asking, result.value);
  if (locked !== undefined) return { caller, keys, error: locked };
  if (input['DryRun'] === true) return { caller, keys, error: dryRun };
  return { caller, keys, ran: result.value };
}

/** Requests that AWS turns away before it looks at them. */
function unauthenticated(state: State, caller: Caller | undefined): KmsException | undefined {
  if (caller === undefined || !isAuthentic(state, caller)) {
    return exception(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  // KMS has no unsigned requests; `*` in a key policy means every principal of every account.
  return caller.kind === 'anonymous'
    ? exception('MissingAuthenticationTokenException', 'Missing Authentication Token')
    : undefined;
}

function tokensOf(input: Readonly<Record<string, unknown>>): readonly string[] {
  const tokens = input['GrantTokens'];
  return Array.isArray(tokens) ? tokens.filter((token) => typeof token === 'string') : [];
}

function checkTokens(
  state: State,
  input: Readonly<Record<string, unknown>>,
): KmsException | undefined {
  const known = [...state.grants.values()].flatMap(({ tokens }) => tokens);
  return tokensOf(input).every((token) => known.includes(token)) ? undefined : invalidGrantToken;
}

function sceneOf(world: World, state: State, call: KmsCall, caller: Caller): Scene {
  return {
    state,
    inventory: state.inventory,
    ...('account' in caller ? { account: caller.account } : {}),
    partition: partitionOf(call),
    region: call.region,
    caller: call.caller,
    callerForm: caller,
    operation: call.operation,
    nowMs: world.nowMs,
    entropy: world.entropy,
  };
}

function partitionOf({ caller, region }: KmsCall): Text {
  const own = parseArn(caller)?.partition;
  if (own !== undefined) return own;
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

interface Asking {
  readonly world: World;
  readonly scene: Scene;
  readonly call: KmsCall;
  readonly via: Via | undefined;
  readonly tokens: readonly string[];
  readonly log: AuthorizedRequest[];
}

function refuse(asking: Asking, { asks }: Prepared<unknown>): KmsException | undefined {
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

export function timeValues(nowMs: number): Values {
  return {
    'aws:CurrentTime': new Date(nowMs).toISOString(),
    'aws:EpochTime': String(Math.floor(nowMs / 1_000)),
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

/** Whether a key is in the wrong state or of the wrong kind for an operation, by the fact tables. */
function unusable(name: SimulatedOperation, keys: readonly Key[]): KmsException | undefined {
  const { keyStates, keyUsages, keySpecs } = operations[name];
  for (const key of keys) {
    const rule = keyStates?.[stateOf(key)] ?? 'ok';
    if (rule !== 'ok') return exception(rule, stateMessages[stateOf(key)](key.arn));
    const isUsable = keyUsages?.includes(usageOf(key)) ?? true;
    if (!isUsable || keySpecs?.includes(specOf(key)) === false) {
      const what = isUsable ? `key spec is ${specOf(key)}` : `key usage is ${usageOf(key)}`;
      return exception(
        'InvalidKeyUsageException',
        `${key.arn} ${what} which is not valid for ${name}.`,
      );
    }
  }
  return undefined;
}

const stateMessages: Readonly<Record<ReturnType<typeof stateOf>, (arn: Text) => string>> = {
  Enabled: (arn) => `${arn} is enabled.`,
  Disabled: (arn) => `${arn} is disabled.`,
  PendingDeletion: (arn) => `${arn} is pending deletion.`,
  PendingReplicaDeletion: (arn) => `${arn} is pending replica deletion.`,
  PendingImport: (arn) => `${arn} is pending import.`,
  Unavailable: (arn) => `${arn} is unavailable.`,
  Creating: (arn) => `${arn} is creating.`,
  Updating: (arn) => `${arn} is updating.`,
};

/**
 * Whether the caller could not make the next PutKeyPolicy on the key under its new policy: asked with
 * all that decides, and with the context of this very call.
 *
 * SOURCE: facts kms-authz 51, 52; 54 leaves open which policies count, and here all do
 */
function lockedOut(asking: Asking, { mustKeep, state }: Ran<unknown>): KmsException | undefined {
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
