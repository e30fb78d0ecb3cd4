import { deriveContext } from '../../inventory/index.js';
import type { Caller, ContextValue, Inventory, Request } from '../../inventory/index.js';
import { createFormulas } from '../../logic/index.js';
import type { Text } from '../../source/index.js';
import { identityOf } from './atoms.js';
import type { RequestAtom } from './atoms.js';
import { completedBy } from './complete.js';
import { program } from './programs.js';
import type { Program } from './programs.js';
import { compileRequest, compileValues } from './residual.js';
import type { KeyValue } from './key-value.js';

/** Whether a concrete request is allowed; `unknown` where the inventory does not tell. */
type Verdict = 'allowed' | 'refused' | 'unknown';

/** Decides concrete requests as `decide` does, without saying why. */
type Decider = (request: Request) => Verdict;

/**
 * A decider for many requests. What an inventory makes of a caller, an action and a resource is compiled
 * when first asked for; a request then costs finding that, and looking at its context.
 */
export function compileDecisions(inventory: Inventory): Decider {
  const known = new Map<string, Map<string, Map<Text, Compiled>>>();
  let size = 0;
  const compileOnce = (request: Request): Compiled => {
    if (size >= compiledMax) {
      known.clear();
      size = 0;
    }
    const compiled = compile(inventory, request);
    const ofCaller = member(known, nameOf(request.caller));
    member(ofCaller, request.action).set(aboutOf(request), compiled);
    size += 1;
    return compiled;
  };
  return (request) => {
    const { run, values } =
      known.get(nameOf(request.caller))?.get(request.action)?.get(aboutOf(request)) ??
      compileOnce(request);
    const outcome = isForeseen(values, request) ? run({ request }) : undefined;
    if (outcome === undefined) return completed(inventory, request);
    return outcome ? 'allowed' : 'refused';
  };
}

/** How many callers, actions and resources together are remembered, a few kB each. */
const compiledMax = 20_000;

interface Compiled {
  readonly run: Program;
  /** What it takes condition keys to be, by their names in lower case. */
  readonly values: ReadonlyMap<string, KeyValue>;
}

function compile(inventory: Inventory, request: Request): Compiled {
  const bare: Request = { ...request, caller: anySession(request.caller), context: new Map() };
  const { context: derived } = deriveContext(inventory, bare);
  const formulas = createFormulas<RequestAtom>(identityOf);
  const { formula, values } = compileValues(formulas, inventory, withKey(inventory, bare));
  return { run: program({ inventory, request: bare, derived }, formula), values };
}

function anySession(caller: Caller): Caller {
  if (caller.kind !== 'role-session') return caller;
  const { session, ...role } = caller;
  return session === undefined ? caller : role;
}

// A request may name its key by an alias or an id, policies name it by its ARN.
function withKey(inventory: Inventory, request: Request): Request {
  const { resource, context } = deriveContext(inventory, request);
  if (resource === request.resource) return request;
  const alias = context.get('kms:requestalias');
  return {
    ...request,
    resource,
    context:
      alias === undefined
        ? request.context
        : new Map([...request.context, ['kms:requestalias', alias]]),
  };
}

/** Whether the request says nothing but what was left open, and what was taken for granted anyway. */
function isForeseen(values: Compiled['values'], { context }: Request): boolean {
  for (const [name, given] of context) {
    // The second name of an instant, and a kind of keys of which not all are known, are read as a whole.
    if (name === 'aws:epochtime' || name.endsWith('*')) return false;
    const isPair = name.startsWith(pairs);
    // A pair brings its name along, which a key without encryption context was taken not to have.
    if (isPair && values.get('kms:encryptioncontextkeys')?.kind === 'absent') return false;
    const value = values.get(isPair ? name.toLowerCase() : name);
    if (value !== undefined && !isLike(value, given)) return false;
  }
  return true;
}

/** The only condition keys that stand in a context with upper case. */
const pairs = 'kms:encryptioncontext:';

function isLike(value: KeyValue, given: ContextValue): boolean {
  if (typeof given === 'object' && 'unknown' in given) return false;
  switch (value.kind) {
    case 'constant':
      return isEqual(value.value, given);
    case 'open': {
      const { missing, multivalued } = value.variable;
      if (missing !== undefined) return false;
      // What is empty counts now as a value and now as none.
      return typeof given === 'string'
        ? !multivalued && given !== ''
        : multivalued && given.length > 0 && !given.includes('');
    }
    case 'absent':
    case 'follows':
      return false;
  }
}

function isEqual(a: Text | readonly Text[], b: Text | readonly Text[]): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

// The formula for this very request.
function completed(inventory: Inventory, request: Request): Verdict {
  const formulas = createFormulas<RequestAtom>(identityOf);
  const formula = compileRequest(formulas, inventory, withKey(inventory, request));
  const outcome = formulas.evaluate(formula, completedBy(inventory, request));
  if (outcome.kind !== 'constant') return 'unknown';
  return outcome.value ? 'allowed' : 'refused';
}

// No two callers have one name.
function nameOf(caller: Caller): string {
  switch (caller.kind) {
    case 'root':
    case 'user':
      return caller.arn;
    case 'role-session':
      return caller.roleArn;
    case 'federated-user':
      return caller.federatingUser === undefined
        ? caller.arn
        : `${caller.arn} of ${caller.federatingUser}`;
    case 'provider':
      return `provider ${caller.provider}`;
    case 'service':
      return caller.name;
    case 'anonymous':
      return caller.kind;
  }
}

function aboutOf({ resource, resourceAccount }: Request): Text {
  return resourceAccount === undefined ? resource : `${resource} of ${resourceAccount}`;
}

function member<K, V>(maps: Map<string, Map<K, V>>, name: string): Map<K, V> {
  let map = maps.get(name);
  if (map === undefined) {
    map = new Map();
    maps.set(name, map);
  }
  return map;
}
