import { parseArn, type PolicyDocument } from '../policy/index.js';
import type { Text } from '../source/index.js';
import { parseCaller, segmentsOf, type Caller } from './caller.js';
import type {
  Account,
  Alias,
  Completable,
  Dependant,
  Group,
  Inventory,
  Key,
  Principal,
} from './inventory.js';

/** Where a request is made, which is where a bare key id or alias name is looked up. */
export interface Home {
  readonly account?: Text;
  readonly region?: Text;
}

/**
 * The key that a key ARN, key id, alias name, alias ARN or logical address names; `undefined` where
 * none is listed by it, or where several are and `home` does not tell which.
 */
export function findKey(inventory: Inventory, reference: Text, home: Home = {}): Key | undefined {
  const [first, ...others] = findKeys(inventory, reference, home);
  return others.every((other) => other.arn === first?.arn) ? first : undefined;
}

/** All keys that a reference may name, both variants of a key that is defined twice included. */
export function findKeys(inventory: Inventory, reference: Text, home: Home = {}): readonly Key[] {
  const byArn = indexOf(inventory).keys.get(reference);
  if (byArn !== undefined) return byArn;
  const aliasArn = parseArn(reference);
  if (aliasArn?.resource.startsWith('alias/') === true) {
    return keysOf(inventory, aliasArn.resource, aliasArn);
  }
  const named = reference.startsWith('alias/')
    ? keysOf(inventory, reference, {})
    : (indexOf(inventory).named().get(reference) ?? []);
  const atHome = named.filter((key) => isAt(home, key));
  return atHome.length > 0 ? atHome : named;
}

/** All aliases of a key, as `alias/…`; `undefined` where they are not all known. */
export function findAliases(inventory: Inventory, key: Key): readonly Text[] | undefined {
  if (key.aliases === undefined && !isComplete(inventory, key.account, 'aliases')) return undefined;
  const targeting = inventory.aliases.filter((alias) => isTarget(alias, key));
  return [...new Set([...(key.aliases ?? []), ...targeting.map(({ name }) => name)])];
}

/** The account of an id, where it is listed. */
export function findAccount(inventory: Inventory, id: Text): Account | undefined {
  return indexOf(inventory).accounts.get(id);
}

/** The user or role that the caller is or acts as; for a federated user, the user behind it. */
export function findPrincipal(inventory: Inventory, caller: Caller): Principal | undefined {
  return findPrincipals(inventory, caller)[0];
}

/** As {@link findPrincipal}, with all variants of a principal that is defined more than once. */
export function findPrincipals(inventory: Inventory, caller: Caller): readonly Principal[] {
  switch (caller.kind) {
    case 'user':
      return indexOf(inventory).principals.get(nameOf('user', caller.account, caller.name)) ?? [];
    case 'role-session':
      return indexOf(inventory).principals.get(nameOf('role', caller.account, caller.role)) ?? [];
    case 'federated-user': {
      const user = parseCaller(caller.federatingUser ?? '');
      return user?.kind === 'user' ? findPrincipals(inventory, user) : [];
    }
    case 'root':
    case 'provider':
    case 'service':
    case 'anonymous':
      return [];
  }
}

/** The listed resource of an ARN; for an object, its bucket. */
export function findDependant(inventory: Inventory, resource: Text): Dependant | undefined {
  const bucket = parseArn(resource)?.service === 's3' ? segmentsOf(resource)[0] : undefined;
  return inventory.dependants.find(({ arn }) => arn === resource || arn === bucket);
}

/** The caller that a text names: as `parseCaller`, or a listed user or role by its logical address. */
export function findCaller(inventory: Inventory, text: Text): Caller | undefined {
  const caller = parseCaller(text);
  if (caller !== undefined) return caller;
  const named = inventory.principals.filter(({ address, arn }) => address === text || arn === text);
  const [principal, ...others] = named;
  if (principal === undefined || others.length > 0) return undefined;
  const { arn, account, name } = principal;
  return principal.kind === 'user'
    ? { kind: 'user', account, arn, name }
    : { kind: 'role-session', account, roleArn: arn, role: name };
}

/**
 * The identity-based policies of a user or role, those of its groups included; `undefined` where not
 * all of them were supplied.
 */
export function identityPoliciesOf(
  inventory: Inventory,
  principal: Principal,
): readonly PolicyDocument[] | undefined {
  const { documents, notSupplied } = suppliedPoliciesOf(inventory, principal);
  return notSupplied.length === 0 ? documents : undefined;
}

/** The identity-based policies of a user or role as far as supplied, and whose are not. */
export function suppliedPoliciesOf(
  inventory: Inventory,
  principal: Principal,
): { readonly documents: readonly PolicyDocument[]; readonly notSupplied: readonly Text[] } {
  const groups = (principal.groups ?? []).map((arn) => ({
    arn,
    policies: indexOf(inventory).groups().get(arn)?.policies,
  }));
  const holders = [{ arn: principal.arn, policies: principal.policies }, ...groups];
  return {
    documents: holders.flatMap(({ policies }) => policies ?? []),
    notSupplied: holders.flatMap(({ arn, policies }) => (policies === undefined ? [arn] : [])),
  };
}

/** Whether all there is of a kind was loaded, for everything or for the account. */
export function isComplete(inventory: Inventory, account: Text, kind: Completable): boolean {
  if (inventory.complete.has(kind)) return true;
  return indexOf(inventory).complete.get(account)?.has(kind) === true;
}

/** The last part of a key's ARN. */
export function keyIdOf(key: Key): Text {
  return parseArn(key.arn)?.resource.replace(/^key\//, '') ?? key.arn;
}

function keysOf(inventory: Inventory, alias: Text, where: Home): readonly Key[] {
  const targets = inventory.aliases.filter(({ name, ...at }) => name === alias && isAt(where, at));
  return inventory.keys.filter(
    (key) =>
      (key.aliases?.includes(alias) === true && isAt(where, key)) ||
      targets.some((target) => isTarget(target, key)),
  );
}

function isTarget(alias: Alias, key: Key): boolean {
  if (alias.target === key.arn) return true;
  return alias.target === keyIdOf(key) && isAt(alias, key);
}

function isAt(home: Home, { account, region }: Home): boolean {
  return (
    (home.account === undefined || home.account === account) &&
    (home.region === undefined || home.region === region)
  );
}

/** What is there by a name. */
interface Lookup<T> {
  readonly get: (name: string) => T | undefined;
}

interface Index {
  /** By ARN. */
  readonly keys: ReadonlyMap<Text, readonly Key[]>;
  /** Keys by id and by logical address; made when first asked for, as many inventories never are. */
  readonly named: () => ReadonlyMap<Text, readonly Key[]>;
  readonly principals: Lookup<readonly Principal[]>;
  /** The first of each id. */
  readonly accounts: ReadonlyMap<Text, Account>;
  /** What is complete in each account, by one definition of it or another. */
  readonly complete: ReadonlyMap<Text, ReadonlySet<Completable>>;
  readonly groups: () => ReadonlyMap<Text, Group>;
}

// An inventory never changes, so what was found in it once stays true.
const indexes = new WeakMap<Inventory, Index>();

function indexOf(inventory: Inventory): Index {
  let index = indexes.get(inventory);
  if (index === undefined) {
    index = {
      keys: keysByArn(inventory.keys),
      named: () => keysByName(inventory.keys),
      principals: principalsByName(inventory.principals),
      accounts: accountsById(inventory.accounts),
      complete: completeByAccount(inventory.accounts),
      groups: () => groupsByArn(inventory.groups),
    };
    indexes.set(inventory, index);
  }
  return index;
}

/** The inventory with more principals, without a new index of all the others. */
export function withPrincipals(inventory: Inventory, more: readonly Principal[]): Inventory {
  const principals = [...inventory.principals, ...more];
  const before = indexOf(inventory).principals;
  const own = new Map(
    [...groupByName(more)].map(([name, group]) => [name, [...(before.get(name) ?? []), ...group]]),
  );
  principalsByName.remember(principals, { get: (name) => own.get(name) ?? before.get(name) });
  return { ...inventory, principals };
}

// An inventory that differs from another one in something else has the same lists, and their indexes.
const keysByArn = perList((keys: readonly Key[]) => groupBy(keys, ({ arn }) => arn));
const keysByName = perList(namesOf);
const principalsByName = perList<Principal, Lookup<readonly Principal[]>>(groupByName);
const accountsById = perList((accounts: readonly Account[]) =>
  firstOfEach(accounts, ({ id }) => id),
);
const groupsByArn = perList((groups: readonly Group[]) => firstOfEach(groups, ({ arn }) => arn));
const completeByAccount = perList((accounts: readonly Account[]) => {
  const groups = groupBy(accounts, ({ id }) => id);
  return new Map(
    [...groups].map(([id, all]) => [id, new Set(all.flatMap((one) => [...(one.complete ?? [])]))]),
  );
});

interface PerList<T, Made> {
  (list: readonly T[]): Made;
  readonly remember: (list: readonly T[], made: Made) => void;
}

function perList<T, Made>(make: (list: readonly T[]) => Made): PerList<T, Made> {
  const known = new WeakMap<readonly T[], Made>();
  const madeOf = (list: readonly T[]): Made => {
    let made = known.get(list);
    if (made === undefined) {
      made = make(list);
      known.set(list, made);
    }
    return made;
  };
  return Object.assign(madeOf, {
    remember: (list: readonly T[], made: Made) => void known.set(list, made),
  });
}

function groupByName(principals: readonly Principal[]): ReadonlyMap<string, readonly Principal[]> {
  return groupBy(principals, ({ kind, account, name }) => nameOf(kind, account, name));
}

function namesOf(keys: readonly Key[]): ReadonlyMap<Text, readonly Key[]> {
  const named = keys.flatMap((key) =>
    [...new Set([keyIdOf(key), key.address])].map((name) => ({ name, key })),
  );
  const groups = groupBy(named, ({ name }) => name);
  return new Map([...groups].map(([name, group]) => [name, group.map(({ key }) => key)]));
}

function nameOf(kind: 'user' | 'role', account: Text, name: Text): string {
  return `${account}:${kind}/${name}`;
}

function firstOfEach<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T> {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return first;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
