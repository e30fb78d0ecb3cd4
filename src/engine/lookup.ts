import {
  keyIdOf,
  type Alias,
  type Dependant,
  type Inventory,
  type Key,
} from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { ownerOf } from './key-facts.js';

/** An alias with the key that it names. */
export interface NamedKey {
  readonly name: Text;
  readonly account: Text;
  readonly region: Text;
  /** Absent where the key is not listed. */
  readonly key?: Key;
}

export function findKeyByArn(inventory: Inventory, arn: Text): Key | undefined {
  return keysOf(inventory).byArn.get(arn);
}

/** The key of an id in a Region; `account` undefined: of any account. */
export function findKeyById(
  inventory: Inventory,
  id: Text,
  region: Text,
  account: Text | undefined,
): Key | undefined {
  const keys = keysOf(inventory).byId.get(id) ?? [];
  return keys.find((key) => key.region === region && (account ?? key.account) === key.account);
}

/** All keys of an account with the same id: one, or related multi-Region keys. */
export function findRelatedKeys(inventory: Inventory, key: Key): readonly Key[] {
  const keys = keysOf(inventory).byId.get(keyIdOf(key)) ?? [];
  return keys.filter(({ account }) => account === key.account);
}

/** The key in a Region that a ciphertext of that owner is under (see `ownerOf`). */
export function findKeyOf(inventory: Inventory, owner: string, region: Text): Key | undefined {
  return keysOf(inventory)
    .byOwner.get(owner)
    ?.find((key) => key.region === region);
}

export function findKeysPendingDeletion(inventory: Inventory): readonly Key[] {
  return keysOf(inventory).pending;
}

export function findAlias(
  inventory: Inventory,
  name: Text,
  region: Text,
  account: Text | undefined,
): NamedKey | undefined {
  return aliasesOf(inventory)
    .get(name)
    ?.find((alias) => alias.region === region && (account ?? alias.account) === alias.account);
}

export function listAliases(
  inventory: Inventory,
  account: Text | undefined,
  region: Text,
): readonly NamedKey[] {
  return [...aliasesOf(inventory).values()]
    .flat()
    .filter((alias) => alias.account === account && alias.region === region);
}

/** A bucket by its name or ARN. */
export function findBucket(inventory: Inventory, bucket: Text): Dependant | undefined {
  return bucketsOf(inventory).get(bucket);
}

/** The name of a bucket, or of whatever an S3 ARN names. */
function bucketNameOf(arn: Text): Text {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

interface KeyIndex {
  readonly byArn: ReadonlyMap<Text, Key>;
  readonly byId: ReadonlyMap<Text, readonly Key[]>;
  readonly byOwner: ReadonlyMap<string, readonly Key[]>;
  readonly pending: readonly Key[];
}

// Lists never change, so an index of one stays true; engines of one inventory share it.
const keyIndexes = new WeakMap<readonly Key[], KeyIndex>();
// A call that changes one key makes a new list; the names of the others need not be taken apart again.
const names = new WeakMap<Key, { readonly id: Text; readonly owner: string }>();
const aliasIndexes = new WeakMap<
  readonly Key[],
  WeakMap<readonly Alias[], ReadonlyMap<Text, readonly NamedKey[]>>
>();
const bucketIndexes = new WeakMap<readonly Dependant[], ReadonlyMap<Text, Dependant>>();

function remembered<K extends object, V>(memory: WeakMap<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}

function keysOf({ keys }: Inventory): KeyIndex {
  return remembered(keyIndexes, keys, () => {
    const byArn = new Map<Text, Key>();
    const byId = new Map<Text, Key[]>();
    const byOwner = new Map<string, Key[]>();
    for (const key of keys) {
      // A key that is defined twice counts as its first definition.
      if (byArn.has(key.arn)) continue;
      byArn.set(key.arn, key);
      const { id, owner } = remembered(names, key, () => ({
        id: keyIdOf(key),
        owner: ownerOf(key),
      }));
      add(byId, id, key);
      add(byOwner, owner, key);
    }
    const pending = keys.filter(({ state }) => state === 'PendingDeletion');
    return { byArn, byId, byOwner, pending };
  });
}

function aliasesOf(inventory: Inventory): ReadonlyMap<Text, readonly NamedKey[]> {
  const ofKeys = remembered(aliasIndexes, inventory.keys, () => new WeakMap());
  return remembered(ofKeys, inventory.aliases, () => {
    const named = new Map<Text, NamedKey[]>();
    for (const alias of inventory.aliases) add(named, alias.name, namedKey(inventory, alias));
    for (const key of inventory.keys) {
      for (const name of key.aliases ?? []) {
        const listed = named.get(name)?.some((other) => isSamePlace(other, key)) ?? false;
        if (!listed) add(named, name, { name, account: key.account, region: key.region, key });
      }
    }
    return named;
  });
}

function namedKey(inventory: Inventory, { name, account, region, target }: Alias): NamedKey {
  const key = findKeyByArn(inventory, target) ?? findKeyById(inventory, target, region, account);
  return { name, account, region, ...(key === undefined ? {} : { key }) };
}

function isSamePlace(alias: NamedKey, key: Key): boolean {
  return alias.account === key.account && alias.region === key.region;
}

function bucketsOf({ dependants }: Inventory): ReadonlyMap<Text, Dependant> {
  return remembered(bucketIndexes, dependants, () => {
    const buckets = dependants.filter(({ service, type }) => service === 's3' && type === 'bucket');
    return new Map(
      buckets.flatMap((bucket) => [
        [bucket.arn, bucket] as const,
        [bucketNameOf(bucket.arn), bucket] as const,
      ]),
    );
  });
}

function add<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}
