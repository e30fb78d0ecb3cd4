import type { Account, Inventory, Key, Principal } from '../inventory/index.js';
import { findAliases, identityPoliciesOf, sayTheSame } from '../inventory/index.js';
import type { PolicyDocument } from '../policy/index.js';
import type { Text } from '../source/index.js';
import { isRenamed } from './diff-pairs.js';
import type { Pair } from './diff-pairs.js';
import { changedStatements, couldMatter } from './diff-statements.js';
import type { StatementChanges } from './diff-statements.js';

/**
 * What an answer can hang on, and whether it is the same before and after. What is not said to have changed
 * has not: such questions need not be asked.
 */
export interface Changes {
  /** Whether anybody's access to any key by the action may have changed. */
  everywhere(action: string): boolean;
  /** Whether what the key's own side says of the action may have changed. */
  atKey(pair: Pair<Key>, action: string): boolean;
  /** Whether what the principal's own policies say of the action on a resource may have changed. */
  atPrincipal(pair: Pair<Principal>, action: string, resource: Text): boolean;
  /** Whether what limits an account may have changed for the action. */
  atAccount(account: Text, action: string): boolean;
  readonly accounts: ReadonlySet<Text>;
}

export function findChanges(before: Inventory, after: Inventory): Changes {
  const everywhere = changesEverywhere(before, after);
  const accounts = changesByAccount(before, after);
  const atKey = remembered((pair: Pair<Key>) => changesAtKey(pair, before, after));
  const atPrincipal = remembered((pair: Pair<Principal>) =>
    changesAtPrincipal(pair, before, after),
  );
  const some = (changes: readonly StatementChanges[], action: string, resource?: Text): boolean =>
    changes.some((one) => couldMatter(one, action, resource));
  return {
    everywhere: (action) => some(everywhere, action),
    atKey: (pair, action) => some(atKey(pair), action),
    atPrincipal: (pair, action, resource) => some(atPrincipal(pair), action, resource),
    atAccount: (account, action) => some(accounts.get(account) ?? [], action),
    accounts: new Set(accounts.keys()),
  };
}

/** The pairs whose two sides may differ in anything. */
export function changedPrincipals(
  pairs: readonly Pair<Principal>[],
  before: Inventory,
  after: Inventory,
): readonly Pair<Principal>[] {
  return pairs.filter(
    (pair) =>
      pair.before !== pair.after &&
      changesAtPrincipal(pair, before, after).some(
        (changes) => changes === 'everything' || changes.length > 0,
      ),
  );
}

function remembered<T extends object, Result>(find: (thing: T) => Result): (thing: T) => Result {
  const known = new WeakMap<T, Result>();
  return (thing) => {
    let result = known.get(thing);
    if (result === undefined) {
      result = find(thing);
      known.set(thing, result);
    }
    return result;
  };
}

function changesEverywhere(before: Inventory, after: Inventory): readonly StatementChanges[] {
  if (!sayTheSame(before.complete, after.complete)) return ['everything'];
  const [old, current] = [before.endpoints, after.endpoints];
  const others = [old, current].map((endpoints) =>
    endpoints.map(({ policy, ...endpoint }) => ({ ...endpoint, hasPolicy: policy !== undefined })),
  );
  if (!sayTheSame(others[0], others[1])) return ['everything'];
  return old.map(({ policy }, index) => changesIn(policy, current[index]?.policy));
}

function changesIn(
  before: PolicyDocument | undefined,
  after: PolicyDocument | undefined,
): StatementChanges {
  if (before === after) return [];
  return changedStatements(before && [before], after && [after]);
}

function changesByAccount(
  before: Inventory,
  after: Inventory,
): ReadonlyMap<Text, readonly StatementChanges[]> {
  const old = new Map(before.accounts.map((account) => [account.id, account]));
  const current = new Map(after.accounts.map((account) => [account.id, account]));
  const changes = new Map<Text, readonly StatementChanges[]>();
  for (const id of new Set([...old.keys(), ...current.keys()])) {
    const found = changesAtAccount(old.get(id), current.get(id));
    if (found.some((one) => one === 'everything' || one.length > 0)) changes.set(id, found);
  }
  return changes;
}

function changesAtAccount(
  before: Account | undefined,
  after: Account | undefined,
): readonly StatementChanges[] {
  if (before === after) return [];
  if (before === undefined || after === undefined) return ['everything'];
  const { scps: oldScps, rcps: oldRcps, ...old } = before;
  const { scps, rcps, ...current } = after;
  if (!sayTheSame(old, current)) return ['everything'];
  return [...changesByLevel(oldScps, scps), ...changesByLevel(oldRcps, rcps)];
}

type Levels = readonly (readonly PolicyDocument[])[] | undefined;

function changesByLevel(before: Levels, after: Levels): readonly StatementChanges[] {
  if (before === after) return [];
  if (before?.length !== after?.length) return ['everything'];
  return (before ?? []).map((documents, level) => changedStatements(documents, after?.[level]));
}

function changesAtKey(
  pair: Pair<Key>,
  before: Inventory,
  after: Inventory,
): readonly StatementChanges[] {
  const { before: old, after: current } = pair;
  if (old === undefined || current === undefined || isRenamed(pair)) return ['everything'];
  const attributes = [attributesOf(old, before), attributesOf(current, after)];
  if (!sayTheSame(attributes[0], attributes[1])) return ['everything'];
  return [changesIn(old.policy, current.policy)];
}

// All that a request's context or a grant may follow from.
function attributesOf(key: Key, inventory: Inventory): unknown {
  const aliases = findAliases(inventory, key);
  const others = without(key, ['policy', 'policyIsDefault', 'state', 'rotation', 'deletionDate']);
  return { ...others, aliases: aliases === undefined ? 'unknown' : [...aliases].sort() };
}

function without<T extends object>(thing: T, names: readonly (keyof T & string)[]): object {
  const left: readonly string[] = names;
  return Object.fromEntries(Object.entries(thing).filter(([name]) => !left.includes(name)));
}

function changesAtPrincipal(
  pair: Pair<Principal>,
  before: Inventory,
  after: Inventory,
): readonly StatementChanges[] {
  const { before: old, after: current } = pair;
  if (old === undefined || current === undefined || isRenamed(pair)) return ['everything'];
  const attributes = [old, current].map((one) =>
    without(one, ['policies', 'groups', 'boundary', 'trust', 'fixedName']),
  );
  if (!sayTheSame(attributes[0], attributes[1])) return ['everything'];
  // Who may pass which session tags.
  if (!sayTheSame(old.trust, current.trust)) return ['everything'];
  const policies = [identityPoliciesOf(before, old), identityPoliciesOf(after, current)] as const;
  if (typeof old.boundary !== typeof current.boundary) return ['everything'];
  const boundaries = [old, current].map(({ boundary }) =>
    typeof boundary === 'object' ? boundary : undefined,
  );
  return [
    policies[0] === undefined && policies[1] === undefined
      ? []
      : changedStatements(policies[0], policies[1]),
    changesIn(boundaries[0], boundaries[1]),
  ];
}
