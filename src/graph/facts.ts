import { arnOfCaller } from '../inventory/index.js';
import type { Caller, Missing } from '../inventory/index.js';
import type { Text } from '../source/index.js';

/** Facts that answers hang on or take for granted, each once. */
export interface Facts {
  /** Notes facts that were found for one of several callers, and hold of the others as well. */
  readonly note: (facts: readonly Missing[], first: Caller, members: readonly Caller[]) => void;
  readonly all: () => readonly Missing[];
}

/** Of more principals than this only the number is told. */
const namedMax = 3;

export function createFacts(): Facts {
  const facts = new Map<string, Missing>();
  const crowds = new Map<string, Crowd>();
  return {
    note: (found, first, members) => {
      const own = arnOfCaller(first);
      for (const fact of found) {
        const { layer, of, detail } = fact;
        if (of !== own || !('account' in first)) {
          facts.set(`${layer} ${of} ${detail}`, fact);
          continue;
        }
        const id = `${layer} ${first.kind} ${first.account} ${detail}`;
        const crowd = crowds.get(id) ?? { fact, of: crowdName(first), named: [], count: 0 };
        crowds.set(id, crowd);
        crowd.count += members.length;
        for (const member of members.slice(0, namedMax + 1)) {
          const name = arnOfCaller(member);
          if (name !== undefined && crowd.named.length <= namedMax) crowd.named.push(name);
        }
      }
    },
    all: () => [...facts.values(), ...[...crowds.values()].flatMap(factsOf)],
  };
}

/** Callers of one kind and account of whom the same is not known. */
interface Crowd {
  readonly fact: Missing;
  /** What they are together. */
  readonly of: Text;
  readonly named: Text[];
  count: number;
}

function factsOf({ fact, of, named, count }: Crowd): readonly Missing[] {
  if (count > namedMax) return [{ ...fact, of: `${count} ${of}` }];
  return named.map((name) => ({ ...fact, of: name }));
}

function crowdName(caller: Extract<Caller, { readonly account: Text }>): Text {
  return `${caller.kind === 'role-session' ? 'roles' : 'users'} of account ${caller.account}`;
}

/** The facts that one caller's answer hangs on, as they are for another caller. */
export function factsFor(
  facts: readonly Missing[],
  first: Caller,
  caller: Caller,
): readonly Missing[] {
  const own = arnOfCaller(first);
  const name = arnOfCaller(caller);
  if (own === undefined || name === undefined || own === name) return facts;
  return facts.map((fact) => (fact.of === own ? { ...fact, of: name } : fact));
}
