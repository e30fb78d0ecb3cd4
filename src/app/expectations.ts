import { principalAt, type Config } from '../config/index.js';
import { documentsOf, type Inventory } from '../inventory/index.js';
import type { Expectations } from '../lint/index.js';
import type { PolicyDocument } from '../policy/index.js';
import type { Text } from '../source/index.js';

/**
 * What may be expected of the world: what the configuration says, and where it says nothing, that the
 * accounts of the inventory are ours, that their organization is ours if there is only one, and that every
 * account that a statement or a grant names is trusted, since somebody decided to name it.
 */
export function expectationsOf(inventory: Inventory, config?: Config): Expectations {
  const settings: Config['settings'] = config?.settings ?? {};
  const { accounts = accountsIn(inventory), deployers = [] } = settings;
  const { organization = organizationOf(inventory), trustZone } = settings;
  const isSaid = settings.accounts !== undefined || settings.organization !== undefined;
  return {
    accounts,
    ...(organization === undefined ? {} : { organization }),
    trustZone: {
      accounts: trustZone?.accounts ?? (isSaid ? [] : accountIds(namesIn(inventory))),
      services: trustZone?.services ?? [],
    },
    deployers,
    ...(config === undefined ? {} : { code: principalsOfCode(inventory, config) }),
  };
}

function principalsOfCode({ calls }: Inventory, config: Config): ReadonlyMap<string, string> {
  const paths = [...new Set(calls.map(({ span }) => span.source.path))];
  return new Map(
    paths.flatMap((path) => {
      const principal = principalAt(config, path);
      return principal === undefined ? [] : [[path, principal] as const];
    }),
  );
}

function accountsIn(inventory: Inventory): readonly string[] {
  return accountIds([
    ...inventory.accounts.map(({ id }) => id),
    ...inventory.keys.map(({ account }) => account),
    ...inventory.principals.map(({ account }) => account),
  ]);
}

function organizationOf({ accounts }: Inventory): string | undefined {
  const [first, ...others] = new Set(accounts.flatMap(({ organization }) => organization ?? []));
  return others.length === 0 ? first : undefined;
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
