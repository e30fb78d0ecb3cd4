import { parseCaller, type Caller, type Key } from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import type { Text } from '../source/index.js';
import { lockedOut, refuse, type Asking } from './authorize.js';
import type { AuthorizedRequest, Exchange, KmsCall, KmsException } from './call.js';
import type { CloudTrailEvent } from './engine.js';
import { recordCall } from './events.js';
import { dryRun, exception, invalidGrantToken } from './exceptions.js';
import { handlers } from './handlers/index.js';
import { isAuthentic } from './iam.js';
import type { Operation, Ran, Scene } from './operation.js';
import { failed, type Result } from './result.js';
import type { State } from './state.js';
import { unusable } from './usable.js';
import { validateInput } from './validate.js';
import type { Via, World } from './world.js';

/** What came of a call, and what it leaves behind. */
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
  const caller = parseCaller(call.caller);
  const stranger = unauthenticated(state, caller);
  if (caller === undefined || stranger !== undefined) {
    const error = stranger ?? unrecognized;
    return { state, outcome: { kind: 'failed', error }, authorizations, events: [] };
  }
  const { keys, result } = attempt({ world, state, call, caller, via, log: authorizations });
  const over = { call, caller, nowMs: world.nowMs, via: via?.service };
  if (result.kind === 'failed') {
    const events = recordCall({ ...over, keys, error: result.error });
    return { state, outcome: result, authorizations, events };
  }
  const { output, madeKey, state: next } = result.value;
  const events = recordCall({ ...over, keys: madeKey === undefined ? keys : [...keys, madeKey] });
  return { state: next, outcome: { kind: 'succeeded', output }, authorizations, events };
}

interface Attempt {
  readonly world: World;
  readonly state: State;
  readonly call: KmsCall;
  readonly caller: Caller;
  readonly via: Via | undefined;
  readonly log: AuthorizedRequest[];
}

type AnyOutput = Readonly<Record<string, unknown>>;

/** Takes a call as far as it goes, and says which keys it was about. */
function attempt({ world, state, call, caller, via, log }: Attempt): {
  readonly keys: readonly Key[];
  readonly result: Result<Ran<AnyOutput>>;
} {
  const input: Readonly<Record<string, unknown>> = { ...call.input };
  const malformed = validateInput(call.operation, input) ?? checkTokens(state, input);
  if (malformed !== undefined) return { keys: [], result: failed(malformed) };
  const scene = sceneOf(world, state, call, caller);
  // The operation and its input belong together, which the type of the union does not carry this far.
  const operation = handlers[call.operation] as Operation<unknown, AnyOutput>;
  const prepared = operation(scene, call.input);
  if (prepared.kind === 'failed') return { keys: [], result: prepared };
  const { keys, asks, uses, run } = prepared.value;
  const asking: Asking = { world, scene, call, via, tokens: tokensOf(input), log };
  const refused = refuse(asking, asks) ?? unusable(call.operation, uses);
  if (refused !== undefined) return { keys, result: failed(refused) };
  const result = run();
  if (result.kind === 'failed') return { keys, result };
  const stopped =
    lockedOut(asking, result.value) ?? (input['DryRun'] === true ? dryRun : undefined);
  return { keys, result: stopped === undefined ? result : failed(stopped) };
}

const unrecognized = exception(
  'UnrecognizedClientException',
  'The security token included in the request is invalid.',
);

/** Requests that AWS turns away before it looks at them. */
function unauthenticated(state: State, caller: Caller | undefined): KmsException | undefined {
  if (caller === undefined || !isAuthentic(state, caller)) return unrecognized;
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
  const isKnown = (token: string): boolean =>
    [...state.grants.values()].some(({ tokens }) => tokens.includes(token));
  return tokensOf(input).every(isKnown) ? undefined : invalidGrantToken;
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
