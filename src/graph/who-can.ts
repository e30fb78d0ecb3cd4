import { answer } from '../authorization/answers/index.js';
import type { Answer } from '../authorization/answers/index.js';
import type { Caller, Inventory, Key, Missing } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { callersOf } from './callers.js';

import { classify } from './classes.js';
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
  readonly answer: Exclude<Answer, { kind: 'never' }>;
  readonly via: readonly Via[];
}

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
  return keys.map((key) => whoCanOn(inventory, action, key));
}

function whoCanOn(inventory: Inventory, action: string, key: Key): KeyAccess {
  const principals: PrincipalAccess[] = [];
  const missing = new Map<string, Missing>();
  const assumed = new Map<string, Missing>();
  const note = (into: Map<string, Missing>, facts: readonly Missing[]): void => {
    for (const fact of facts) into.set(`${fact.layer} ${fact.of} ${fact.detail}`, fact);
  };
  const classes = classify(inventory, action, key, callersOf(inventory, key));
  for (const { members, inventory: estate } of classes) {
    const [first] = members;
    if (first === undefined) continue;
    const found = answer(estate, {
      caller: first.caller,
      action,
      resource: key.arn,
      context: new Map(),
    });
    note(assumed, found.assumed);
    if (found.kind === 'never') continue;
    if (found.kind === 'unknown') note(missing, found.missing);
    const via = viaOf(found, key);
    for (const { name, isClass, caller } of members) {
      principals.push({ principal: name, isClass, answer: forCaller(found, caller), via });
    }
  }
  return {
    key: key.arn,
    principals: principals.sort(byKindAndName),
    missing: [...missing.values()],
    assumed: [...assumed.values()],
  };
}

function byKindAndName(a: PrincipalAccess, b: PrincipalAccess): number {
  if (a.isClass !== b.isClass) return a.isClass ? 1 : -1;
  return a.principal < b.principal ? -1 : a.principal > b.principal ? 1 : 0;
}

// What was found for one member of a class holds for all; the example is made by each itself.
function forCaller(
  found: Exclude<Answer, { kind: 'never' }>,
  caller: Caller,
): Exclude<Answer, { kind: 'never' }> {
  switch (found.kind) {
    case 'always':
      return {
        ...found,
        example: { ...found.example, caller: named(caller, found.example.caller) },
      };
    case 'when':
      return {
        ...found,
        example: { ...found.example, caller: named(caller, found.example.caller) },
        counterexample: {
          ...found.counterexample,
          caller: named(caller, found.counterexample.caller),
        },
      };
    case 'unknown':
      return found;
  }
}

function named(caller: Caller, example: Caller): Caller {
  if (caller.kind !== 'role-session' || example.kind !== 'role-session') return caller;
  return example.session === undefined ? caller : { ...caller, session: example.session };
}
