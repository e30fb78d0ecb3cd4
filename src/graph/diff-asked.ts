import type { Caller, Inventory, Key, Principal } from '../inventory/index.js';
import { findPrincipal, isComplete } from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import type { Text } from '../source/index.js';
import { callerOf, callersOf, withOwnPolicies } from './callers.js';
import type { Candidate } from './callers.js';
import { classify, withBrought } from './classes.js';
import type { Matched, Worlds } from './diff-worlds.js';
import { facesOf } from './faces.js';
import type { Tells } from './faces.js';

/** Somebody whose access is compared, as they make requests before and after. */
export interface Asked {
  /** As they are called after the change. */
  readonly name: Text;
  readonly isClass: boolean;
  readonly before: Candidate;
  readonly after: Candidate;
}

/** Those who are asked about one key, and the states that they are asked in. */
export interface Audience {
  readonly asked: readonly Asked[];
  readonly before: Inventory;
  readonly after: Inventory;
}

/** One principal of both sides. */
export function askedOf({ before, after }: Matched<Principal>): Asked {
  return {
    name: after.arn,
    isClass: false,
    before: { name: before.arn, caller: callerOf(before), isClass: false },
    after: { name: after.arn, caller: callerOf(after), isClass: false },
  };
}

/** Everybody whom either side's policies tell apart at a key, except for those who are gone. */
export function audienceOf(worlds: Worlds, key: Matched<Key>): Audience {
  const gone = new Set<Text>();
  const nameAfter = new Map<Text, Text>();
  for (const { before, after, status } of worlds.principals) {
    if (status === 'removed') gone.add(before.arn);
    nameAfter.set(before.arn, after.arn);
  }
  const asked = new Map<Text, { before?: Candidate; after?: Candidate }>();
  const add = (candidate: Candidate, side: 'before' | 'after', name: Text): void => {
    if (gone.has(name)) return;
    const entry = asked.get(name) ?? {};
    entry[side] ??= isStranger(worlds, key.after, candidate)
      ? withOwnPolicies(candidate)
      : atHome(candidate, key[side]);
    asked.set(name, entry);
  };
  for (const one of callersOf(worlds.before, key.before))
    add(one, 'before', nameAfter.get(one.name) ?? one.name);
  for (const one of callersOf(worlds.after, key.after)) add(one, 'after', one.name);
  const both = [...asked].flatMap(([name, { before, after }]): readonly Asked[] => {
    const known = after ?? before;
    if (known === undefined) return [];
    const { isClass } = known;
    return [{ name, isClass, before: before ?? known, after: after ?? known }];
  });
  return {
    asked: both,
    before: withBrought(
      worlds.before,
      both.map((one) => one.before),
    ),
    after: withBrought(
      worlds.after,
      both.map((one) => one.after),
    ),
  };
}

// Nobody uses a key of another partition, so whoever stands for others is imagined in that of the key.
function atHome(candidate: Candidate, { arn }: Key): Candidate {
  const { caller, isClass, brings } = candidate;
  const partition = parseArn(arn)?.partition;
  if (partition === undefined || (caller.kind !== 'root' && !(isClass && caller.kind === 'user')))
    return candidate;
  const inPartition = (name: Text): Text => name.replace(/^arn:aws:/, () => `arn:${partition}:`);
  return {
    ...candidate,
    caller: { ...caller, arn: inPartition(caller.arn) },
    ...(brings === undefined
      ? {}
      : {
          brings: { ...brings, principal: { ...brings.principal, arn: inPartition(caller.arn) } },
        }),
  };
}

// Other accounts' own policies are not ours to know, and may be whatever these accounts wish.
function isStranger({ before, after }: Worlds, key: Key, candidate: Candidate): boolean {
  const { caller, isClass } = candidate;
  if (isClass || !('account' in caller) || caller.account === key.account) return false;
  return [before, after].every(
    (inventory) =>
      findPrincipal(inventory, caller) === undefined &&
      !isComplete(inventory, caller.account, 'principals'),
  );
}

/** Those whom the policies of neither side tell apart, for one action on one key. */
export function classesOf(
  { asked, before, after }: Audience,
  action: string,
  key: Matched<Key>,
): readonly (readonly Asked[])[] {
  if (asked.length < 2) return asked.length === 0 ? [] : [asked];
  const earlier = classNumbers(
    before,
    action,
    key.before,
    asked.map((one) => one.before),
  );
  const later = classNumbers(
    after,
    action,
    key.after,
    asked.map((one) => one.after),
  );
  const classes = new Map<string, Asked[]>();
  asked.forEach((one, index) => {
    const id = `${earlier[index] ?? ''} ${later[index] ?? ''}`;
    const members = classes.get(id);
    if (members === undefined) classes.set(id, [one]);
    else members.push(one);
  });
  return [...classes.values()];
}

function classNumbers(
  inventory: Inventory,
  action: string,
  key: Key,
  candidates: readonly Candidate[],
): readonly number[] {
  const numbers = new Map<Candidate, number>();
  classify(inventory, action, key, candidates).forEach(({ members }, number) => {
    for (const member of members) numbers.set(member, number);
  });
  return candidates.map((candidate) => numbers.get(candidate) ?? -1);
}

/** The kinds that a class is made of, each on both sides under any name that nobody listed has. */
export function partsOf(
  { before, after }: Audience,
  one: Asked,
  key: Matched<Key>,
  tells: Tells,
): readonly Audience[] {
  return facesOf(after, namedOnBothSides(key), one.after, tells).map((face) => ({
    asked: [{ name: face.name, isClass: true, before: face, after: face }],
    before: withBrought(before, [face]),
    after: withBrought(after, [face]),
  }));
}

/** The key with what either side's policy and grants name. */
function namedOnBothSides({ before, after }: Matched<Key>): Key {
  const statements = [...(after.policy?.statements ?? []), ...(before.policy?.statements ?? [])];
  const grants = [...(after.grants ?? []), ...(before.grants ?? [])];
  const policy = after.policy ?? before.policy;
  return { ...after, grants, ...(policy && { policy: { ...policy, statements } }) };
}

/** A caller as another one of its class made a request: in a session of the same name. */
export function inSession(caller: Caller, made: Caller): Caller {
  if (caller.kind !== 'role-session' || made.kind !== 'role-session') return caller;
  return made.session === undefined ? caller : { ...caller, session: made.session };
}
