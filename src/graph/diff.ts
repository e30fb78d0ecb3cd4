import { compare } from '../authorization/answers/index.js';
import type { Contrast } from '../authorization/answers/index.js';
import { actionNames, hasNoResource } from '../facts/index.js';
import { findAliases, keyIdOf, separate } from '../inventory/index.js';
import type { Caller, Inventory, Key, Missing, Principal } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { askedOf, audienceOf, classesOf, inSession } from './diff-asked.js';
import type { Asked, Audience } from './diff-asked.js';
import { createCauses } from './diff-causes.js';
import type { Causes } from './diff-causes.js';
import { changedPrincipals, findChanges } from './diff-changes.js';
import type { Changes } from './diff-changes.js';
import { alignUnits } from './diff-units.js';
import { presume, presumedOf } from './diff-presumed.js';
import { matchWorlds } from './diff-worlds.js';
import type { Matched, Worlds } from './diff-worlds.js';
import type {
  AccessChange,
  AccessDifference,
  ChangedPrincipal,
  Reach,
  Turnover,
  UnknownChange,
} from './difference.js';

/**
 * What access to KMS keys a change of an estate gives and takes, over all principals that the policies of
 * either side tell apart, all actions and all keys. What cannot differ, since all that it hangs on is the
 * same, is not looked at.
 */
export function diffAccess(before: Inventory, after: Inventory): AccessDifference {
  const [old, current] = alignUnits(before, after);
  const earlier = separate(old);
  const later = separate(current);
  const count = Math.max(earlier.length, later.length);
  const parts = Array.from({ length: count }, (_, index) => {
    const one = earlier[Math.min(index, earlier.length - 1)];
    const other = later[Math.min(index, later.length - 1)];
    return one === undefined || other === undefined ? [] : [diffWorlds(one, other)];
  }).flat();
  return {
    gained: once(parts.flatMap(({ gained }) => gained)),
    lost: once(parts.flatMap(({ lost }) => lost)),
    unknown: once(parts.flatMap(({ unknown }) => unknown)),
    keys: together(parts.map(({ keys }) => keys)),
    principals: together(parts.map(({ principals }) => principals)),
    equivalent: parts.every(({ equivalent }) => equivalent),
  };
}

// Where a thing is defined twice, most of what is found for one definition holds for the other.
function once<T extends AccessChange | UnknownChange>(changes: readonly T[]): readonly T[] {
  const found = new Map<string, T>();
  for (const change of changes) {
    const { principals, action, key } = change;
    const direction = 'direction' in change ? change.direction : '';
    const id = JSON.stringify([principals.map(({ name }) => name), action, key, direction]);
    if (!found.has(id)) found.set(id, change);
  }
  return [...found.values()];
}

function together(turnovers: readonly Turnover[]): Turnover {
  const unique = (names: readonly Text[]): readonly Text[] => [...new Set(names)];
  const renamed = turnovers.flatMap((one) => one.renamed);
  return {
    added: unique(turnovers.flatMap(({ added }) => added)),
    removed: unique(turnovers.flatMap(({ removed }) => removed)),
    renamed: [
      ...new Map(renamed.map((one) => [`${one.before}\n${one.after}`, one] as const)).values(),
    ],
  };
}

function diffWorlds(before: Inventory, after: Inventory): AccessDifference {
  const worlds = matchWorlds(before, after);
  const comparing = createComparing(worlds);
  for (const key of worlds.keys) {
    if (key.status !== 'removed') compareKey(comparing, key);
  }
  compareWithoutKey(comparing);
  const keys = turnoverOf(worlds.keys, (key, side) => nameOfKey(key, worlds[side]));
  const principals = turnoverOf(worlds.principals, ({ arn }) => arn);
  const { gained, lost, unknown } = comparing;
  const isSame =
    gained.length + lost.length + unknown.length === 0 &&
    [keys.added, keys.removed, keys.renamed, principals.renamed].every((one) => one.length === 0);
  return {
    gained,
    lost,
    unknown,
    keys,
    principals,
    equivalent: isSame && !loseByRemoval(comparing),
  };
}

interface Comparing {
  readonly worlds: Worlds;
  readonly changes: Changes;
  /** The principals of both sides whose own policies may have changed, or that are new. */
  readonly changed: readonly Matched<Principal>[];
  readonly causes: Causes;
  readonly gained: AccessChange[];
  readonly lost: AccessChange[];
  readonly unknown: UnknownChange[];
}

function createComparing(worlds: Worlds): Comparing {
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

function compareKey(comparing: Comparing, key: Matched<Key>): void {
  const { worlds, changes, changed } = comparing;
  let everybody: Audience | undefined;
  const audience = (): Audience => (everybody ??= audienceOf(worlds, key));
  const pairs = new Map(changed.map((pair) => [pair.after.arn, pair]));
  for (const action of actionsOnKeys) {
    if (isOpenTo(changes, key, action)) {
      compareClasses(comparing, audience(), action, key);
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
    compareClasses(comparing, { asked, before: side.before, after: side.after }, action, key);
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

function compareClasses(
  comparing: Comparing,
  audience: Audience,
  action: string,
  key: Matched<Key>,
): void {
  for (const members of classesOf(audience, action, key)) {
    const [first] = members;
    if (first === undefined) continue;
    const [earlier, later] = [first.before.caller, first.after.caller];
    const found = compare(
      { inventory: audience.before, request: requestOf(earlier, action, key.before.arn) },
      { inventory: audience.after, request: requestOf(later, action, key.after.arn) },
    );
    for (const direction of ['gained', 'lost'] as const) {
      if (found[direction].kind !== 'unknown') {
        note(comparing, found[direction], direction, members, action, key);
        continue;
      }
      const presumed = presume(audience, key);
      const { before, after, keyBefore, keyAfter } = presumed;
      const there = compare(
        { inventory: before, request: requestOf(earlier, action, keyBefore) },
        { inventory: after, request: requestOf(later, action, keyAfter) },
      )[direction];
      const told =
        there.kind === 'some'
          ? { ...there, assumed: presumedOf(later, presumed) }
          : found[direction];
      note(comparing, told, direction, members, action, key);
    }
  }
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
  return asked.name === 'principals of any other account' ? 'public' : 'cross-account';
}

// Such as CreateKey: IAM policies alone decide.
function compareWithoutKey(comparing: Comparing): void {
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
      const found = compare(
        { inventory: before, request: requestOf(one.before.caller, action, '*') },
        { inventory: after, request: requestOf(one.after.caller, action, '*') },
      );
      note(comparing, found.gained, 'gained', [one], action, undefined);
      note(comparing, found.lost, 'lost', [one], action, undefined);
    }
  }
}

// A principal that is gone takes its access with it, which is told as its removal.
function loseByRemoval({ worlds, changes }: Comparing): boolean {
  const { before, after } = worlds;
  const removed = worlds.principals.filter(({ status }) => status === 'removed');
  return removed.some((pair) => {
    const { caller } = askedOf(pair).before;
    const loses = (action: string, resource: Text): boolean =>
      compare(
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

function turnoverOf<T extends { readonly arn: Text }>(
  things: readonly Matched<T>[],
  nameOf: (thing: T, side: 'before' | 'after') => Text,
): Turnover {
  const named = (status: Matched<T>['status'], side: 'before' | 'after'): readonly Text[] =>
    things.filter((one) => one.status === status).map((one) => nameOf(one[side], side));
  return {
    added: named('new', 'after'),
    removed: named('removed', 'before'),
    renamed: things
      .filter(({ before, after }) => before.arn !== after.arn)
      .map(({ before, after }) => ({
        before: nameOf(before, 'before'),
        after: nameOf(after, 'after'),
      })),
  };
}

/** What people call a key: an alias, else its logical id, else its ARN. */
function nameOfKey(key: Key, inventory: Inventory): Text {
  const [alias] = findAliases(inventory, key) ?? key.aliases ?? [];
  const names = [key.arn, keyIdOf(key)];
  const known = inventory.aliases.find(({ target }) => names.includes(target))?.name;
  return alias ?? known ?? key.address;
}
