import { documentsOf, type Inventory } from '../../inventory/index.js';
import { statementsIn, type OwnedStatement } from './statements.js';

/** Where a statement stands, in terms that name its counterpart in another version of the estate as well. */
export interface Place {
  /** Kind and logical address of what the document belongs to. */
  readonly owner: string;
  /** Which of the owner's documents, from 0. */
  readonly document: number;
  /** Which of the document's statements, from 0. */
  readonly statement: number;
}

export interface PlacedStatement extends OwnedStatement {
  readonly place: Place;
}

/** Every statement of an inventory that could be read, each once, under its first owner. */
export function* placedStatementsOf(inventory: Inventory): Iterable<PlacedStatement> {
  const seen = new Set<object>();
  const counts = new Map<string, number>();
  for (const owned of documentsOf(inventory)) {
    const owner = `${owned.owner.kind} ${owned.owner.thing.address}`;
    const document = counts.get(owner) ?? 0;
    counts.set(owner, document + 1);
    if (seen.has(owned.document)) continue;
    seen.add(owned.document);
    for (const statement of statementsIn(owned.document)) {
      yield { ...owned, statement, place: { owner, document, statement: statement.index } };
    }
  }
}

/** The statement at a place; `undefined` where there is none. */
export function findPlaced(inventory: Inventory, place: Place): PlacedStatement | undefined {
  for (const placed of placedStatementsOf(inventory)) {
    const { owner, document, statement } = placed.place;
    if (owner === place.owner && document === place.document && statement === place.statement) {
      return placed;
    }
  }
  return undefined;
}
