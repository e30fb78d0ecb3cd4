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
