import type { Answer } from '../authorization/answers/index.js';
import type { Caller, Inventory, Key, Missing, Request } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { sideFor } from './alike-keys.js';
import { createAsker, inSession } from './asking.js';
import type { Ask } from './asking.js';
import type { Candidate } from './callers.js';
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
  /** Its layers may be those of another principal or key that the policies treat in the same way. */
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
  const asked: Asked = { ask: createAsker(), known: new Map() };
  return keys.map((key) => whoCanOn(asked, inventory, action, key));
}

interface Asked {
  readonly ask: Ask;
  /** Answers by the class of those asked about and what matters of the key. */
  readonly known: Map<string, Known>;
}

/** An answer with the one whom it is about, and the key. */
interface Known {
  readonly caller: Caller;
  readonly key: Key;
  readonly answer: Answer;
}

function whoCanOn(
  { ask, known }: Asked,
  inventory: Inventory,
  action: string,
  key: Key,
): KeyAccess {
  const principals: PrincipalAccess[] = [];
  const missing = createFacts();
  const assumed = createFacts();
  const add = (found: Known, members: readonly Candidate[]): void => {
    const { caller, answer } = found;
    const callers = members.map((member) => member.caller);
    assumed.note(factsAt(answer.assumed, found.key, key), caller, callers);
    if (answer.kind === 'never') return;
    if (answer.kind === 'unknown')
      missing.note(factsAt(answer.missing, found.key, key), caller, callers);
    const via = viaOf(answer, key);
    for (const { name, isClass, caller: own } of members) {
      const isSame = own === caller && found.key === key;
      principals.push({
        principal: name,
        isClass,
        answer: isSame ? answer : respelled(answer, found, own, key),
        via,
      });
    }
  };
  // What is not supplied hangs on the standing of who is asked about, not on its policies.
  const refused = new Map<string, Known & { readonly answer: Never }>();
  const tells = tellsAt(inventory, action, key);
  const side = sideFor(inventory, action, key);
  for (const { members, inventory: estate, standing = '', id } of classesOf(
    inventory,
    action,
    key,
  )) {
    const [candidate] = members;
    if (candidate === undefined) continue;
    if (isMadeOfKinds(candidate) && (tells.kinds || tells.organizations)) {
      for (const part of classAccess(ask, inventory, action, key, candidate, tells))
        add({ ...part, key }, [{ name: part.name, caller: part.caller, isClass: true }]);
      continue;
    }
    const name = side === undefined || id === undefined ? undefined : `${side} ${id}`;
    const before = refused.get(standing);
    const alike = name === undefined ? undefined : known.get(name);
    const { caller } = candidate;
    const request = { caller, action, resource: key.arn, context: new Map() };
    const answer = alike?.answer ?? ask(estate, request, before?.answer);
    const own = answer === before?.answer ? before : { caller, key, answer };
    const found = alike ?? own;
    if (name !== undefined && alike === undefined) known.set(name, found);
    if (answer.kind === 'never' && standing !== '') refused.set(standing, { ...found, answer });
    add(found, members);
  }
  return {
    key: key.arn,
    principals: principals.sort(byKindAndName),
    missing: missing.all(),
    assumed: assumed.all(),
  };
}

function factsAt(facts: readonly Missing[], from: Key, to: Key): readonly Missing[] {
  if (from === to) return facts;
  return facts.map((fact) => (fact.of === from.arn ? { ...fact, of: to.arn } : fact));
}

function byKindAndName(a: PrincipalAccess, b: PrincipalAccess): number {
  if (a.isClass !== b.isClass) return a.isClass ? 1 : -1;
  return a.principal < b.principal ? -1 : a.principal > b.principal ? 1 : 0;
}

// What was found for one member of a class holds for all, and at all keys that are alike; the example is
// made by each itself.
function respelled(
  found: NotNever,
  { caller: first, key: from }: Known,
  caller: Caller,
  key: Key,
): NotNever {
  const madeBy = (request: Request): Request => ({
    ...request,
    caller: inSession(caller, request.caller),
    resource: key.arn,
  });
  switch (found.kind) {
    case 'always':
      return { ...found, example: madeBy(found.example) };
    case 'when':
      return {
        ...found,
        example: madeBy(found.example),
        counterexample: madeBy(found.counterexample),
      };
    case 'unknown':
      return { ...found, missing: factsFor(factsAt(found.missing, from, key), first, caller) };
  }
}
