import type { PolicyDocument } from '../policy/index.js';
import type {
  Account,
  Dependant,
  Endpoint,
  Group,
  Inventory,
  Key,
  LooseDocument,
  Principal,
} from './inventory.js';

/** A policy document with what it belongs to. */
export interface OwnedDocument {
  readonly document: PolicyDocument;
  readonly owner: Owner;
}

/** What a policy document belongs to; `loose`: nothing that is known. */
export type Owner =
  | { readonly kind: 'key'; readonly thing: Key }
  | { readonly kind: 'principal'; readonly thing: Principal }
  | { readonly kind: 'group'; readonly thing: Group }
  | { readonly kind: 'account'; readonly thing: Account }
  | { readonly kind: 'endpoint'; readonly thing: Endpoint }
  | { readonly kind: 'dependant'; readonly thing: Dependant }
  | { readonly kind: 'loose'; readonly thing: LooseDocument };

/**
 * Every policy document of an inventory, once for each owner: a managed policy that several principals
 * have comes several times, as the same value.
 */
export function* documentsOf(inventory: Inventory): Iterable<OwnedDocument> {
  for (const thing of inventory.keys) yield* owned([thing.policy], { kind: 'key', thing });
  for (const thing of inventory.principals) {
    const boundary = thing.boundary === 'none' ? undefined : thing.boundary;
    const documents = [...(thing.policies ?? []), boundary, thing.trust];
    yield* owned(documents, { kind: 'principal', thing });
  }
  for (const thing of inventory.groups) yield* owned(thing.policies, { kind: 'group', thing });
  for (const thing of inventory.accounts) {
    const documents = [...(thing.scps ?? []), ...(thing.rcps ?? [])].flat();
    yield* owned(documents, { kind: 'account', thing });
  }
  for (const thing of inventory.endpoints)
    yield* owned([thing.policy], { kind: 'endpoint', thing });
  for (const thing of inventory.dependants) {
    yield* owned([thing.policy], { kind: 'dependant', thing });
  }
  for (const thing of inventory.documents) yield* owned([thing.document], { kind: 'loose', thing });
}

function* owned(
  documents: readonly (PolicyDocument | undefined)[] | undefined,
  owner: Owner,
): Iterable<OwnedDocument> {
  for (const document of documents ?? []) {
    if (document !== undefined) yield { document, owner };
  }
}

/** The inventory with each of its policy documents changed; what holds no changed one stays as it is. */
export function withDocuments(
  inventory: Inventory,
  change: (document: PolicyDocument) => PolicyDocument,
): Inventory {
  const all = (documents: readonly PolicyDocument[]): readonly PolicyDocument[] =>
    changed(documents, change);
  const withPolicy = <T extends { readonly policy?: PolicyDocument }>(thing: T): T =>
    thing.policy === undefined ? thing : withFields(thing, { policy: change(thing.policy) });
  const withPolicies = <T extends { readonly policies?: readonly PolicyDocument[] }>(
    thing: T,
  ): T =>
    thing.policies === undefined ? thing : withFields(thing, { policies: all(thing.policies) });
  return {
    ...inventory,
    accounts: changed(inventory.accounts, (account) =>
      withFields(account, {
        ...(account.scps === undefined ? {} : { scps: changed(account.scps, all) }),
        ...(account.rcps === undefined ? {} : { rcps: changed(account.rcps, all) }),
      }),
    ),
    keys: changed(inventory.keys, withPolicy),
    principals: changed(inventory.principals, (principal) => {
      const { boundary, trust } = principal;
      const held = withPolicies(principal);
      const bound =
        boundary === undefined || boundary === 'none'
          ? held
          : withFields(held, { boundary: change(boundary) });
      return trust === undefined ? bound : withFields(bound, { trust: change(trust) });
    }),
    groups: changed(inventory.groups, withPolicies),
    endpoints: changed(inventory.endpoints, withPolicy),
    dependants: changed(inventory.dependants, withPolicy),
    documents: changed(inventory.documents, (loose) =>
      withFields(loose, { document: change(loose.document) }),
    ),
  };
}

function changed<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const after = items.map(change);
  return after.every((item, index) => item === items[index]) ? items : after;
}

function withFields<T extends object>(thing: T, fields: object): T {
  const isSame = Object.entries(fields).every(
    ([name, value]) => Reflect.get(thing, name) === value,
  );
  return isSame ? thing : { ...thing, ...fields };
}
