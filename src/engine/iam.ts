import {
  isComplete,
  parseCaller,
  type Caller,
  type Principal,
  identityName,
  withUniqueId,
  type Identity,
} from '../inventory/index.js';
import { parsePolicy, type PolicyDocument } from '../policy/index.js';
import { parseJson, wholeOf, type Text } from '../source/index.js';
import type { Exchange, IamEvent } from './call.js';
import type { Entropy } from './engine.js';
import { exception } from './exceptions.js';
import { failed, succeeded, type Result } from './result.js';
import { withEntry, withInventory, withoutEntry, type State } from './state.js';

type Person = Extract<Caller, { kind: 'user' | 'role-session' }>;

/** Creates or deletes a user or role. */
export function performIam(
  entropy: Entropy,
  state: State,
  event: IamEvent,
): { readonly state: State; readonly outcome: Exchange['outcome'] } {
  const caller = parseCaller(event.arn);
  const result =
    caller?.kind === 'user' || (caller?.kind === 'role-session' && caller.session === undefined)
      ? eventOf(entropy, state, event, caller)
      : failed(exception('ValidationError', `${event.arn} is not the ARN of a user or role`));
  return result.kind === 'failed'
    ? { state, outcome: result }
    : { state: result.value, outcome: { kind: 'succeeded', output: {} } };
}

/** Whether a caller has credentials: deleted principals have none, sessions of a deleted role included. */
export function isAuthentic(state: State, caller: Caller): boolean {
  return caller.kind !== 'user' && caller.kind !== 'role-session'
    ? true
    : !state.gone.has(nameOf(caller));
}

/**
 * Whether the user or role that an ARN names exists: it does unless it was deleted, or all principals
 * of its account are listed and it is not among them.
 */
export function isExisting({ gone, inventory }: State, identity: Identity): boolean {
  const name = identityName(identity);
  if (gone.has(name)) return false;
  const isListed = inventory.principals.some((listed) => identityName(listed) === name);
  return isListed || !isComplete(inventory, identity.account, 'principals');
}

function identityOf(caller: Person): Identity {
  return caller.kind === 'user'
    ? { kind: 'user', account: caller.account, name: caller.name }
    : { kind: 'role', account: caller.account, name: caller.role };
}

function nameOf(caller: Person): string {
  return identityName(identityOf(caller));
}

function isSame(principal: Principal, caller: Person): boolean {
  return identityName(principal) === nameOf(caller);
}

function eventOf(entropy: Entropy, state: State, event: IamEvent, caller: Person): Result<State> {
  switch (event.event) {
    case 'CreatePrincipal':
      return create(entropy, state, event, caller);
    case 'DeletePrincipal':
      return remove(entropy, state, event, caller);
  }
}

function create(entropy: Entropy, state: State, event: IamEvent, caller: Person): Result<State> {
  const { inventory, gone } = state;
  if (inventory.principals.some((listed) => isSame(listed, caller))) {
    return failed(exception('EntityAlreadyExists', `${event.arn} already exists.`));
  }
  const parsed = event.policies?.map((text) => parseIdentityPolicy(text, event.arn));
  const policies = parsed?.filter((policy) => policy !== undefined);
  if (policies?.length !== parsed?.length) {
    return failed(exception('MalformedPolicyDocument', 'Syntax errors in policy.'));
  }
  const principal: Principal = {
    ...(gone.get(nameOf(caller)) ?? newPrincipal(event.arn, caller)),
    uniqueId: uniqueId(entropy, caller),
    ...(policies === undefined
      ? {}
      : { policies, groups: [], boundary: 'none', tags: new Map<Text, Text>() }),
  };
  return succeeded({
    ...withInventory(state, { principals: [...inventory.principals, principal] }),
    gone: withoutEntry(gone, nameOf(caller)),
  });
}

function parseIdentityPolicy(text: string, arn: Text): PolicyDocument | undefined {
  const { value, diagnostics } = parseJson({ path: `policy of ${arn}`, text });
  if (value === undefined || diagnostics.some(({ severity }) => severity === 'error'))
    return undefined;
  const parsed = parsePolicy(value, 'identity');
  const isBroken = parsed.diagnostics.some(({ severity }) => severity === 'error');
  return isBroken ? undefined : parsed.value;
}

function newPrincipal(arn: Text, caller: Person): Principal {
  const isUser = caller.kind === 'user';
  return {
    kind: isUser ? 'user' : 'role',
    arn,
    account: caller.account,
    name: isUser ? caller.name : caller.role,
    serviceLinked: false,
    fixedName: true,
    address: arn,
    unit: 'engine',
    span: wholeOf({ path: arn, text: '' }),
  };
}

// SOURCE: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
function uniqueId(entropy: Entropy, caller: Person): Text {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const letters = [...entropy.bytes(17)].map((byte) => alphabet.charAt(byte % 32));
  return `${caller.kind === 'user' ? 'AIDA' : 'AROA'}${letters.join('')}`;
}

function remove(entropy: Entropy, state: State, event: IamEvent, caller: Person): Result<State> {
  const { inventory, gone } = state;
  const listed = inventory.principals.find((principal) => isSame(principal, caller));
  const isGone = gone.has(nameOf(caller));
  const isClosed = isComplete(inventory, caller.account, 'principals');
  if (isGone || (listed === undefined && isClosed)) {
    return failed(exception('NoSuchEntity', `${event.arn} cannot be found.`));
  }
  const id = listed?.uniqueId ?? uniqueId(entropy, caller);
  const others = inventory.principals.filter((principal) => !isSame(principal, caller));
  return succeeded({
    ...withInventory(
      state,
      withUniqueId({ ...inventory, principals: others }, identityOf(caller), id),
    ),
    gone: withEntry(gone, nameOf(caller), listed),
  });
}
