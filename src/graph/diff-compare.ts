import { createComparer } from '../authorization/answers/index.js';
import type { Comparer, Contrast, PartialRequest } from '../authorization/answers/index.js';
import { actionNames, hasNoResource } from '../facts/index.js';
import type { Caller, Key, Missing, Principal } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import type { Candidate } from './callers.js';
import { askedOf, audienceOf, classesOf, inSession, partsOf } from './diff-asked.js';
import type { Asked, Audience } from './diff-asked.js';
import { createCauses } from './diff-causes.js';
import type { Causes } from './diff-causes.js';
import { changedPrincipals, findChanges } from './diff-changes.js';
import type { Changes } from './diff-changes.js';
import { presume, presumedOf } from './diff-presumed.js';
import { nameOfKey } from './diff-worlds.js';
import type { Matched, Worlds } from './diff-worlds.js';
import type { AccessChange, ChangedPrincipal, Reach, UnknownChange } from './difference.js';
import { isFace, isMadeOfKinds, requestOf as requestOfFace } from './faces.js';
import type { Tells } from './faces.js';
import { bothTell, tellsAt } from './resource-side.js';

/** What is being compared, and what was found so far. */
export interface Comparing {
  readonly worlds: Worlds;
  readonly changes: Changes;
  /** The principals of both sides whose own policies may have changed, or that are new. */
  readonly changed: readonly Matched<Principal>[];
  readonly causes: Causes;
  readonly gained: AccessChange[];
  readonly lost: AccessChange[];
  readonly unknown: UnknownChange[];
}

export function createComparing(worlds: Worlds): Comparing {
  const { before, after, principals } = worlds;
  const changed = new Set(changedPrincipals(principals, before, after));
  return {
    worlds,
    changes: findChanges(before, after),
    changed: principals.filter((one) => one.status !== 'removed' && changed.has(one)),
    causes: createCauses(before, after),
    gained: [],
    lost: [],
    unknown: [],
  };
}

const actionsOnKeys = actionNames.filter((action) => !hasNoResource(action));
const actionsWithoutKey = actionNames.filter(hasNoResource);

/** Everybody's access to one key. */
export function compareKey(comparing: Comparing, key: Matched<Key>): void {
  const { worlds, changes, changed } = comparing;
  let everybody: Audience | undefined;
  const audience = (): Audience => (everybody ??= audienceOf(worlds, key));
  const atKey = createAtKey(key);
  const pairs = new Map(changed.map((pair) => [pair.after.arn, pair]));
  for (const action of actionsOnKeys) {
    if (isOpenTo(changes, key, action)) {
      compareClasses(comparing, atKey, audience(), action, key);
      continue;
    }
    const concerned = changed.filter(
      (pair) =>
        changes.atPrincipal(pair, action, key.after.arn) ||
        changes.atPrincipal(pair, action, key.before.arn),
    );
    const accounts = [...changes.accounts].filter((id) => changes.atAccount(id, action));
    const asked =
      accounts.length === 0
        ? concerned.map(askedOf)
        : audience().asked.filter(
            ({ name, after: { caller } }) =>
              ('account' in caller && accounts.includes(caller.account)) ||
              concerned.includes(pairs.get(name) as Matched<Principal>),
          );
    if (asked.length === 0) continue;
    const side = accounts.length === 0 ? worlds : audience();
    const some = { asked, before: side.before, after: side.after };
    compareClasses(comparing, atKey, some, action, key);
  }
}

// Whether everybody's access to the key may have changed.
function isOpenTo(changes: Changes, key: Matched<Key>, action: string): boolean {
  return (
    changes.everywhere(action) ||
    changes.atKey(key, action) ||
    changes.atAccount(key.after.account, action)
  );
}

/** What is made once for all actions on one key. */
interface AtKey {
  /** A comparer for each caller. */
  readonly comparer: (name: string) => Comparer;
  /** The kinds that a class is made of, each on a stage of its own. */
  readonly parts: (audience: Audience, one: Asked, tells: Tells) => readonly Audience[];
}

function createAtKey(key: Matched<Key>): AtKey {
  const comparers = new Map<string, Comparer>();
  const staged = new Map<string, readonly Audience[]>();
  return {
    comparer: (name) => {
      const comparer = comparers.get(name) ?? createComparer();
      comparers.set(name, comparer);
      return comparer;
    },
    parts: (audience, one, tells) => {
      const id = JSON.stringify([one.name, tells]);
      const parts = staged.get(id) ?? partsOf(audience, one, key, tells);
      staged.set(id, parts);
      return parts;
    },
  };
}

function compareClasses(
  comparing: Comparing,
  atKey: AtKey,
  audience: Audience,
  action: string,
  key: Matched<Key>,
): void {
  const { before, after } = audience;
  const tells = bothTell(tellsAt(before, action, key.before), tellsAt(after, action, key.after));
  const isTold = ({ after: candidate }: Asked): boolean =>
    (tells.kinds || tells.organizations) && isMadeOfKinds(candidate);
  for (const members of classesOf(audience, action, key)) {
    const alike = members.filter((one) => !isTold(one));
    compareAlike(comparing, atKey, { ...audience, asked: alike }, action, key);
    // Policies treat those of a class by what they are and are called, so each kind is asked with any name.
    for (const one of members.filter(isTold)) {
      for (const part of atKey.parts(audience, one, tells))
        compareAlike(comparing, atKey, part, action, key);
    }
  }
}

/** Compares what the first of those who are asked may do, which holds for all of them. */
function compareAlike(
  comparing: Comparing,
  atKey: AtKey,
  audience: Audience,
  action: string,
  key: Matched<Key>,
): void {
  const { asked: members } = audience;
  const [first] = members;
  if (first === undefined) return;
  const found = atKey.comparer(first.name)(
    { inventory: audience.before, request: askOf(first.before, action, key.before.arn) },
    { inventory: audience.after, request: askOf(first.after, action, key.after.arn) },
  );
  for (const direction of ['gained', 'lost'] as const) {
    if (found[direction].kind !== 'unknown') {
      note(comparing, found[direction], direction, members, action, key);
      continue;
    }
    const presumed = presume(audience, key);
    const { before, after, keyBefore, keyAfter } = presumed;
    const there = atKey.comparer(`${first.name}, presumed`)(
      { inventory: before, request: askOf(first.before, action, keyBefore) },
      { inventory: after, request: askOf(first.after, action, keyAfter) },
    )[direction];
    const told =
      there.kind === 'some'
        ? { ...there, assumed: presumedOf(first.after.caller, presumed) }
        : found[direction];
    note(comparing, told, direction, members, action, key);
  }
}

function askOf(candidate: Candidate, action: string, resource: Text): PartialRequest {
  return isFace(candidate)
    ? requestOfFace(candidate, action, resource)
    : requestOf(candidate.caller, action, resource);
}

function requestOf(caller: Caller, action: string, resource: Text) {
  return { caller, action, resource, context: new Map() };
}

function note(
  comparing: Comparing,
  found: Contrast & { readonly assumed?: readonly Missing[] },
  direction: 'gained' | 'lost',
  members: readonly Asked[],
  action: string,
  key: Matched<Key> | undefined,
): void {
  if (found.kind === 'none') return;
  const { worlds, causes } = comparing;
  const side = direction === 'gained' ? 'after' : 'before';
  const { witness, allowed, refused } = found;
  const change = {
    principals: members.map((one): ChangedPrincipal => {
      const { name, caller, isClass } = one[side];
      return { name, isClass, caller: inSession(caller, witness.caller) };
    }),
    action,
    key: key?.[side].arn ?? '*',
    keyName: key === undefined ? '*' : nameOfKey(key[side], worlds[side]),
    keyIs: key?.status === 'new' ? ('new' as const) : ('kept' as const),
    witness,
    because: causes.of(allowed, refused),
    reach: reachOf(members[0], key?.[side]),
  };
  if (found.kind === 'some') {
    const { conditions, assumed } = found;
    comparing[direction].push({
      ...change,
      conditions,
      ...(assumed === undefined ? {} : { assumed }),
    });
    return;
  }
  const { missing, limit } = found;
  comparing.unknown.push({
    ...change,
    direction,
    missing,
    ...(limit === undefined ? {} : { limit }),
  });
}

function reachOf(asked: Asked | undefined, key: Key | undefined): Reach {
  const caller = asked?.after.caller;
  if (asked === undefined || caller === undefined || caller.kind === 'anonymous') return 'public';
  if (caller.kind === 'service') return 'service';
  if (!('account' in caller)) return 'cross-account';
  if (key === undefined || caller.account === key.account) return 'same-account';
  return /^\S.* of any (?:other )?account/.test(asked.name) ? 'public' : 'cross-account';
}

/** What has no key, such as CreateKey: IAM policies alone decide. */
export function compareWithoutKey(comparing: Comparing): void {
  const { worlds, changes, changed } = comparing;
  const { before, after } = worlds;
  for (const action of actionsWithoutKey) {
    const accounts = [...changes.accounts].filter((id) => changes.atAccount(id, action));
    const concerned = changes.everywhere(action)
      ? worlds.principals
      : worlds.principals.filter(
          (pair) =>
            accounts.includes(pair.after.account) ||
            (changed.includes(pair) && changes.atPrincipal(pair, action, '*')),
        );
    for (const pair of concerned) {
      if (pair.status === 'removed') continue;
      const one = askedOf(pair);
      const found = createComparer()(
        { inventory: before, request: requestOf(one.before.caller, action, '*') },
        { inventory: after, request: requestOf(one.after.caller, action, '*') },
      );
      note(comparing, found.gained, 'gained', [one], action, undefined);
      note(comparing, found.lost, 'lost', [one], action, undefined);
    }
  }
}

/** Whether principals that are gone take access with them, which is told as their removal. */
export function loseByRemoval({ worlds, changes }: Comparing): boolean {
  const { before, after } = worlds;
  const removed = worlds.principals.filter(({ status }) => status === 'removed');
  return removed.some((pair) => {
    const { caller } = askedOf(pair).before;
    const loses = (action: string, resource: Text): boolean =>
      createComparer()(
        { inventory: before, request: requestOf(caller, action, resource) },
        { inventory: after, request: requestOf(caller, action, resource) },
      ).lost.kind !== 'none';
    return (
      worlds.keys.some((key) =>
        actionsOnKeys.some(
          (action) =>
            changes.atPrincipal(pair, action, key.before.arn) && loses(action, key.before.arn),
        ),
      ) ||
      actionsWithoutKey.some(
        (action) => changes.atPrincipal(pair, action, '*') && loses(action, '*'),
      )
    );
  });
}
