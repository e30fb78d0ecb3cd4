import type { Grant, Inventory, Key, Principal } from '../inventory/index.js';
import type { PolicyDocument } from '../policy/index.js';
import type { Text } from '../source/index.js';
import type { EncryptionContext } from './operations.js';

/**
 * What an engine knows: the inventory as calls have changed it, sharing all that they have not, and
 * what an inventory does not hold.
 */
export interface State {
  readonly inventory: Inventory;
  /** By key ARN, for keys that calls have made or changed. */
  readonly notes: ReadonlyMap<Text, KeyNote>;
  /** By account and key id: related multi-Region keys share theirs. Made when first used. */
  readonly materials: ReadonlyMap<string, Material>;
  /** By grant id, for grants that calls have made. */
  readonly grants: ReadonlyMap<Text, GrantNote>;
  /** Principals that were deleted, by kind, account and name; `undefined`: one that was never listed. */
  readonly gone: ReadonlyMap<string, Principal | undefined>;
  /** By bucket and object key. */
  readonly objects: ReadonlyMap<string, StoredObject>;
  readonly uploads: ReadonlyMap<string, StoredObject>;
  /** How far clock steps have moved time. */
  readonly elapsedMs: number;
}

/** What is known of a key beside its inventory entry. */
export interface KeyNote {
  readonly description?: string;
  readonly createdMs?: number;
  /** The policy that a call wrote, whose text is then known as it was written. */
  readonly policy?: PolicyDocument;
  /** Of a primary key that waits for its last replica to go. */
  readonly pendingWindowDays?: number;
}

/** Key material, with the id that ciphertexts carry. */
export interface Material {
  readonly id: Uint8Array;
  readonly bytes: Uint8Array;
}

export interface GrantNote {
  readonly keyArn: Text;
  readonly createdMs: number;
  readonly tokens: readonly string[];
}

/** An object or an upload in S3. */
export interface StoredObject {
  /** Absent: not encrypted with KMS. */
  readonly encryption?: {
    readonly keyArn: Text;
    readonly algorithm: 'aws:kms' | 'aws:kms:dsse';
    readonly bucketKey: boolean;
    readonly context: EncryptionContext;
    /** The data key under the KMS key. */
    readonly dataKey: Uint8Array;
  };
  readonly body: Uint8Array;
}

export function createState(inventory: Inventory): State {
  return {
    inventory,
    notes: new Map(),
    materials: new Map(),
    grants: new Map(),
    gone: new Map(),
    objects: new Map(),
    uploads: new Map(),
    elapsedMs: 0,
  };
}

/** The map with one entry set. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

/** The map without an entry. */
export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

export function withInventory(state: State, change: Partial<Inventory>): State {
  return { ...state, inventory: { ...state.inventory, ...change } };
}

export function withNote(state: State, arn: Text, change: KeyNote): State {
  return { ...state, notes: withEntry(state.notes, arn, { ...state.notes.get(arn), ...change }) };
}

/** The state with a key in place of the one of the same ARN; a second variant of it is gone then. */
export function withKey(state: State, key: Key): State {
  const at = state.inventory.keys.findIndex(({ arn }) => arn === key.arn);
  const others = state.inventory.keys.filter(({ arn }) => arn !== key.arn);
  return withInventory(state, { keys: at < 0 ? [...others, key] : others.toSpliced(at, 0, key) });
}

/** The state with the grants of a key as they now are. */
export function withGrants(state: State, key: Key, grants: readonly Grant[]): State {
  return withKey(state, { ...key, grants });
}
