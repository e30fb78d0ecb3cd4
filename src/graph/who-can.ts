import type { Answer } from '../authorization/answers/index.js';
import type { Caller, Inventory, Key, Missing, Request } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { createAsker, inSession } from './asking.js';
import type { Ask } from './asking.js';
import { classesOf } from './classes.js';
import { createFacts, factsFor } from './facts.js';
import { classAccess } from './class-access.js';
import { isMadeOfKinds } from './faces.js';
import { tellsAt } from './resource-side.js';
import { viaOf } from './via.js';
import type { Via } from './via.js';

/** Who may do one thing with one key. */
export interface KeyAccess {
  readonly key: Text;
  /** Those of whom it is not certain that they never may, named principals first, then classes. */
  readonly principals: readonly PrincipalAccess[];
  /** What would be needed to know more. */
  readonly missing: readonly Missing[];
  readonly assumed: readonly Missing[];
}

export interface PrincipalAccess {
  /** An ARN or a service principal, or for a class its name: `other principals of account 111122223333`. */
  readonly principal: Text;
  /** Whether it stands for all principals that the policies do not tell apart. */
  readonly isClass: boolean;
  readonly answer: NotNever;
  readonly via: readonly Via[];
}

type Never = Extract<Answer, { kind: 'never' }>;
type NotNever = Exclude<Answer, Never>;

/**
 * Who may do `action` with each of the keys: principals of the inventory and those that policies and
 * grants name, then the classes that policies distinguish: other principals of each account, services,
 * everyone.
 */
export function whoCan(
  inventory: Inventory,
  action: string,
  keys: readonly Key[],
): readonly KeyAccess[] {
  const ask = createAsker();
  return keys.map((key) => whoCanOn(ask, inventory, action, key));
}

function whoCanOn(ask: Ask, inventory: Inventory, action: string, key: Key): KeyAccess {
  const principals: PrincipalAccess[] = [];
  const missing = createFacts();
  const assumed = createFacts();
  const resource = key.arn;
  // What is not supplied hangs on the standing of who is asked about, not on its policies.
  const refused = new Map<string, { readonly first: Caller; readonly never: Never }>();
  const tells = tellsAt(inventory, action, key);
  const add = (access: Omit<PrincipalAccess, 'answer' | 'via'>, caller: Caller, found: Answer) => {
    assumed.note(found.assumed, caller, [caller]);
    if (found.kind === 'unknown') missing.note(found.missing, caller, [caller]);
    if (found.kind === 'never') return;
    principals.push({ ...access, answer: found, via: viaOf(found, key) });
  };
  for (const { members, inventory: estate, standing = '' } of classesOf(inventory, action, key)) {
    const [candidate] = members;
    if (candidate === undefined) continue;
    if (isMadeOfKinds(candidate) && (tells.kinds || tells.organizations)) {
      for (const { name, caller, answer } of classAccess(
        ask,
        inventory,
        action,
        key,
        candidate,
        tells,
      ))
        add({ principal: name, isClass: true }, caller, answer);
      continue;
    }
    const callers = members.map(({ caller }) => caller);
    const before = refused.get(standing);
    const request = { caller: candidate.caller, action, resource, context: new Map() };
    const found = ask(estate, request, before?.never);
    const first = found === before?.never ? before.first : candidate.caller;
    assumed.note(found.assumed, first, callers);
    if (found.kind === 'never') {
      if (standing !== '') refused.set(standing, { first, never: found });
      continue;
    }
    if (found.kind === 'unknown') missing.note(found.missing, first, callers);
    const via = viaOf(found, key);
    for (const { name, isClass, caller } of members) {
      const own = caller === first ? found : forCaller(found, first, caller);
      principals.push({ principal: name, isClass, answer: own, via });
    }
  }
  return {
    key: resource,
    principals: principals.sort(byKindAndName),
    missing: missing.all(),
    assumed: assumed.all(),
  };
}

function byKindAndName(a: PrincipalAccess, b: PrincipalAccess): number {
  if (a.isClass !== b.isClass) return a.isClass ? 1 : -1;
  return a.principal < b.principal ? -1 : a.principal > b.principal ? 1 : 0;
}

// What was found for one member of a class holds for all; the example is made by each itself.
function forCaller(found: NotNever, first: Caller, caller: Caller): NotNever {
  switch (found.kind) {
    case 'always':
      return { ...found, example: madeBy(caller, found.example) };
    case 'when':
      return {
        ...found,
        example: madeBy(caller, found.example),
        counterexample: madeBy(caller, found.counterexample),
      };
    case 'unknown':
      return { ...found, missing: factsFor(found.missing, first, caller) };
  }
}

function madeBy(caller: Caller, request: Request): Request {
  return { ...request, caller: inSession(caller, request.caller) };
}
