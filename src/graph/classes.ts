import {
  findPrincipals,
  isServiceLinked,
  suppliedPoliciesOf,
  withPrincipals,
  type Inventory,
  type Key,
  type Principal,
} from '../inventory/index.js';
import { hasHole } from '../source/index.js';
import { ownCallersOf, otherCallersOf } from './callers.js';
import type { Candidate } from './callers.js';
import { saysTheSameOfAll } from './alike-keys.js';
import { joinLooks, looksOf, seenOf } from './looks.js';
import type { Looks } from './looks.js';
import { idOn, sayingOf } from './relevant.js';
import type { Saying } from './relevant.js';
import { resourceSideOf } from './resource-side.js';
import type { ResourceSide } from './resource-side.js';

/** Candidates whom no policy tells apart, so that one answer serves all of them. */
export interface CallerClass {
  readonly members: readonly Candidate[];
  /** The inventory to ask, with what the members bring. */
  readonly inventory: Inventory;
  /** Equal for classes of which the same is supplied and not; absent where that is a matter of its own. */
  readonly standing?: string;
  /** Equal, for two keys that are alike, where both treat the members alike; absent where none says so. */
  readonly id?: string;
}

/**
 * Groups candidates by what matters for one action on one key: their account and kind, the statements
 * of their policies that speak of the action and the key, their boundary, and what policies look at in
 * them, such as tags. Whom the key's policy, a grant or an endpoint's policy names is a class of its own.
 */
export function classify(
  inventory: Inventory,
  action: string,
  key: Key,
  candidates: readonly Candidate[],
): readonly CallerClass[] {
  return classesIn(inventory, action, key, [alike(inventory, action, candidates)]);
}

/** The classes of all whose access to a key is worth asking for. */
export function classesOf(inventory: Inventory, action: string, key: Key): readonly CallerClass[] {
  const byAction = known.get(inventory) ?? new Map<string, Alike>();
  known.set(inventory, byAction);
  const own = byAction.get(action) ?? alike(inventory, action, ownCallersOf(inventory));
  byAction.set(action, own);
  const others = alike(inventory, action, otherCallersOf(inventory, key));
  return classesIn(inventory, action, key, [own, others]);
}

const known = new WeakMap<Inventory, Map<string, Alike>>();

/** The inventory with the accounts and principals that candidates bring. */
export function withBrought(inventory: Inventory, members: readonly Candidate[]): Inventory {
  const brought = members.flatMap(({ brings }) => (brings === undefined ? [] : [brings]));
  const [first, ...others] = brought;
  if (first === undefined) return inventory;
  if (others.length > 0) return withAll(inventory, brought);
  const byBrought = staged.get(inventory) ?? new WeakMap<Brought, Inventory>();
  staged.set(inventory, byBrought);
  const world = byBrought.get(first) ?? withAll(inventory, brought);
  byBrought.set(first, world);
  return world;
}

type Brought = NonNullable<Candidate['brings']>;

// One world for each outsider, whichever key is asked about: what is found in a world stays found.
const staged = new WeakMap<Inventory, WeakMap<Brought, Inventory>>();

function withAll(inventory: Inventory, brought: readonly Brought[]): Inventory {
  const listed = new Set(inventory.accounts.map(({ id }) => id));
  const accounts = brought.map(({ account }) => account).filter(({ id }) => !listed.has(id));
  const among =
    accounts.length === 0
      ? inventory
      : { ...inventory, accounts: [...inventory.accounts, ...accounts] };
  return withPrincipals(
    among,
    brought.map(({ principal }) => principal),
  );
}

/** Candidates by all that can be told of them before a key is known. */
interface Alike {
  readonly groups: readonly Group[];
  readonly alone: readonly Candidate[];
  /** By the names that a policy has for them. */
  readonly byName: ReadonlyMap<string, readonly Named[]>;
}

interface Named {
  readonly candidate: Candidate;
  readonly group: Group;
}

interface Group {
  readonly traits: Traits;
  readonly members: Candidate[];
  /** The members by what policies see of them, for each set of things that they look at. */
  readonly parts: Map<string, readonly Part[]>;
}

interface Part {
  /** What policies see of the members; `undefined` for one whom they may treat in a way of its own. */
  readonly seen: string | undefined;
  readonly members: readonly Candidate[];
}

/** What the inventory says of a principal, as far as it matters for an action. */
interface Traits {
  readonly account: string;
  /** Kind, account, and what is not supplied. */
  readonly standing: string;
  readonly identity: readonly Saying[];
  readonly boundary: Saying | undefined;
  readonly looks: Looks;
}

function alike(inventory: Inventory, action: string, candidates: readonly Candidate[]): Alike {
  const groups = new Map<string, Group>();
  const alone: Candidate[] = [];
  const byName = new Map<string, Named[]>();
  for (const candidate of candidates) {
    const principal = candidate.isClass ? undefined : principalOf(inventory, candidate);
    if (principal === undefined) {
      alone.push(candidate);
      continue;
    }
    const traits = traitsOf(inventory, action, candidate, principal);
    const id = [
      traits.standing,
      ...traits.identity.map((saying) => saying.id),
      traits.boundary?.id ?? '',
    ].join('\n\n');
    let group = groups.get(id);
    if (group === undefined) {
      group = { traits, members: [], parts: new Map() };
      groups.set(id, group);
    }
    group.members.push(candidate);
    for (const name of namesOf(principal)) {
      const named = byName.get(name);
      if (named === undefined) byName.set(name, [{ candidate, group }]);
      else named.push({ candidate, group });
    }
  }
  return { groups: [...groups.values()], alone, byName };
}

// Who is defined more than once, or in a way that nobody knows yet, is judged alone.
function principalOf(inventory: Inventory, { caller }: Candidate): Principal | undefined {
  const [principal, ...others] = findPrincipals(inventory, caller);
  if (principal === undefined || others.length > 0) return undefined;
  if (caller.kind !== 'user' && caller.kind !== 'role-session') return undefined;
  // A session has a name of its own, and a path that nothing lists may be another role's.
  if (caller.kind === 'role-session') {
    if (caller.session !== undefined || caller.roleArn !== principal.arn) return undefined;
  }
  return hasHole(principal.arn) ? undefined : principal;
}

function namesOf({ kind, arn, account, name, uniqueId }: Principal): readonly string[] {
  const own = kind === 'user' ? `user ${arn}` : `role ${account} ${name}`;
  return uniqueId === undefined ? [own] : [own, `id ${uniqueId}`];
}

function traitsOf(
  inventory: Inventory,
  action: string,
  { caller }: Candidate,
  principal: Principal,
): Traits {
  const { kind, account, arn, boundary } = principal;
  const { documents, notSupplied } = suppliedPoliciesOf(inventory, principal);
  const said = documents
    .map((document) => sayingOf(document, action))
    .filter(({ id }) => id !== '');
  const identity = [...new Map(said.map((one) => [one.id, one])).values()].sort(byId);
  const isBound = boundary !== undefined && boundary !== 'none';
  const limit = isBound ? sayingOf(boundary, action) : undefined;
  return {
    account,
    standing: [
      kind,
      arn.slice(0, arn.indexOf(':iam:')),
      account,
      isServiceLinked(caller, principal) ? 'service-linked' : '',
      isBound ? 'bound' : (boundary ?? 'not supplied'),
      ...notSupplied.map((of) => (of === arn ? 'own' : of)),
    ].join(' '),
    identity,
    boundary: limit,
    looks: joinLooks(
      [...identity, ...(limit === undefined ? [] : [limit])].map(({ statements }) =>
        looksOf(statements),
      ),
    ),
  };
}

function byId(a: Saying, b: Saying): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function classesIn(
  inventory: Inventory,
  action: string,
  key: Key,
  all: readonly Alike[],
): readonly CallerClass[] {
  const side = resourceSideOf(inventory, action, key);
  const numberOf = numbering(inventory, key);
  const classes = new Map<
    string,
    { readonly standing: string; readonly id?: string; readonly members: Candidate[] }
  >();
  const alone: Candidate[] = [];
  for (const { groups, alone: single, byName } of all) {
    alone.push(...single);
    const named = [...side.names].flatMap((name) => byName.get(name) ?? []);
    const excluded = new Set(named.map(({ candidate }) => candidate));
    alone.push(...excluded);
    const thinned = new Set(named.map(({ group }) => group));
    for (const group of groups) {
      const { looks, parts } = partsOf(inventory, group, side);
      const isPlain = [...group.traits.identity, group.traits.boundary].every(
        (saying) => saying === undefined || saysTheSameOfAll(saying),
      );
      for (const { seen, members } of parts) {
        const rest = thinned.has(group)
          ? members.filter((member) => !excluded.has(member))
          : members;
        if (seen === undefined) alone.push(...rest);
        if (seen === undefined || rest.length === 0) continue;
        const id = `${signatureOf(group.traits, side, numberOf)} ${seen}`;
        const { standing } = group.traits;
        const alikeHere = classes.get(id);
        if (alikeHere === undefined)
          classes.set(id, {
            standing,
            members: [...rest],
            ...(isPlain ? { id: `${id} ${looks}` } : {}),
          });
        else for (const member of rest) alikeHere.members.push(member);
      }
    }
  }
  return [
    ...[...classes.values()].map((one) => ({ ...one, inventory })),
    ...alone.map((one) => ({
      members: [one],
      inventory: withBrought(inventory, [one]),
      ...(one.isClass || one.caller.kind === 'root' ? { id: one.name } : {}),
    })),
  ];
}

// From outside nobody gets in whom the key's side does not let in, whatever policies there are.
function signatureOf(
  { account, standing, identity, boundary }: Traits,
  { admits }: ResourceSide,
  numberOf: (saying: Saying) => number,
): string {
  if (!admits(account)) return `outside ${standing}`;
  const numbers = new Set(identity.map(numberOf).filter((number) => number > 0));
  const limit = boundary === undefined ? '' : numberOf(boundary);
  return `${standing} ${[...numbers].sort((a, b) => a - b).join()} ${limit}`;
}

const numbers = new WeakMap<Inventory, Map<string, number>>();

/** Numbers for what documents say of a key, equal for those that say the same; 0 for nothing. */
function numbering(inventory: Inventory, key: Key): (saying: Saying) => number {
  const bySaying = new Map<Saying, number>();
  const byId = numbers.get(inventory) ?? new Map<string, number>([['', 0]]);
  numbers.set(inventory, byId);
  return (saying) => {
    let number = bySaying.get(saying);
    if (number === undefined) {
      const id = idOn(saying, key);
      number = byId.get(id) ?? byId.size;
      byId.set(id, number);
      bySaying.set(saying, number);
    }
    return number;
  };
}

function partsOf(
  inventory: Inventory,
  group: Group,
  side: ResourceSide,
): { readonly looks: string; readonly parts: readonly Part[] } {
  const { traits, members, parts } = group;
  // Nothing that policies see of an outsider lets it in.
  const looks = side.admits(traits.account) ? joinLooks([side.looks, traits.looks]) : new Map();
  const id = looks === 'everything' ? looks : [...looks.keys()].sort().join('\n');
  let found = parts.get(id);
  if (found === undefined) {
    found = splitBy(inventory, members, looks);
    parts.set(id, found);
  }
  return { looks: id, parts: found };
}

function splitBy(
  inventory: Inventory,
  members: readonly Candidate[],
  looks: Looks,
): readonly Part[] {
  if (looks !== 'everything' && looks.size === 0) return [{ seen: '', members }];
  const parts = new Map<string, Candidate[]>();
  const alone: Candidate[] = [];
  for (const member of members) {
    const principal = principalOf(inventory, member);
    const seen = principal && seenOf(principal, looks);
    if (seen === undefined) alone.push(member);
    else {
      const part = parts.get(seen);
      if (part === undefined) parts.set(seen, [member]);
      else part.push(member);
    }
  }
  const together = [...parts].map(([seen, each]) => ({ seen, members: each }));
  return alone.length === 0 ? together : [...together, { seen: undefined, members: alone }];
}
