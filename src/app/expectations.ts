import { documentsOf, type Inventory } from '../inventory/index.js';
import type { Expectations } from '../lint/index.js';
import type { PolicyDocument } from '../policy/index.js';
import type { Text } from '../source/index.js';

/**
 * What may be expected of the world where nobody said: the accounts of the inventory are ours, their
 * organization is ours if there is only one, and every account that a statement or a grant names is
 * trusted, since somebody decided to name it.
 */
export function expectationsOf(inventory: Inventory): Expectations {
  const organizations = new Set(
    inventory.accounts.flatMap(({ organization }) => organization ?? []),
  );
  const [organization] = organizations;
  return {
    accounts: accountIds([
      ...inventory.accounts.map(({ id }) => id),
      ...inventory.keys.map(({ account }) => account),
      ...inventory.principals.map(({ account }) => account),
    ]),
    ...(organization === undefined || organizations.size > 1 ? {} : { organization }),
    trustZone: { accounts: accountIds(namesIn(inventory)), services: [] },
    deployers: [],
  };
}

function namesIn(inventory: Inventory): readonly Text[] {
  const documents = [...documentsOf(inventory)].flatMap(({ document }) =>
    namesInDocument(document),
  );
  const grants = inventory.keys.flatMap(({ grants: list = [] }) =>
    list.flatMap(({ grantee, retiringPrincipal = '' }) => [grantee, retiringPrincipal]),
  );
  return [...documents, ...grants];
}

function namesInDocument({ statements }: PolicyDocument): readonly Text[] {
  return statements.flatMap((statement) => {
    if (statement.kind === 'broken') return [];
    const principals = statement.principal?.entries.map(({ text }) => text) ?? [];
    const values = statement.conditions.flatMap((condition) =>
      condition.values.map(({ text }) => text),
    );
    return [...principals, ...values];
  });
}

/** The account ids that texts hold, each once. */
function accountIds(texts: readonly Text[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []))].sort();
}
