import type { Inventory, Key } from '../inventory/index.js';
import type { Condition, PolicyDocument } from '../policy/index.js';
import { hasHole } from '../source/index.js';
import type { Text } from '../source/index.js';

/** Accounts and organizations that conditions name or describe by a pattern. */
export interface Mentioned {
  readonly accounts: ReadonlySet<Text>;
  readonly organizations: ReadonlySet<Text>;
}

const known = new WeakMap<PolicyDocument, Mentioned>();

/** The accounts and organizations by which the policies around a key may tell its callers apart. */
export function mentionedAt(inventory: Inventory, { policy }: Key): Mentioned {
  const documents = [
    ...(policy === undefined ? [] : [policy]),
    ...inventory.accounts.flatMap(({ rcps = [] }) => rcps.flat()),
    ...inventory.endpoints.flatMap((endpoint) =>
      endpoint.policy === undefined ? [] : [endpoint.policy],
    ),
  ];
  const all = documents.map((document) => {
    const mentioned = known.get(document) ?? mentionedIn(document);
    known.set(document, mentioned);
    return mentioned;
  });
  return {
    accounts: new Set(all.flatMap(({ accounts }) => [...accounts])),
    organizations: new Set(all.flatMap(({ organizations }) => [...organizations])),
  };
}

function mentionedIn({ statements }: PolicyDocument): Mentioned {
  const conditions = statements.flatMap((statement) =>
    statement.kind === 'broken' ? [] : statement.conditions,
  );
  const accounts = conditions.flatMap(accountsIn).filter(tellsSomething);
  const organizations = conditions.flatMap(organizationsIn).filter(tellsSomething);
  return { accounts: new Set(accounts), organizations: new Set(organizations) };
}

// What a hole or a variable stands for is another question, and `*` is everybody.
function tellsSomething(text: Text): boolean {
  return !hasHole(text) && !text.includes('${') && /[^*?]/.test(text);
}

function accountsIn({ key, values }: Condition): readonly Text[] {
  const texts = values.map(({ text }) => text);
  switch (key.toLowerCase()) {
    case 'aws:principalaccount':
    case 'kms:calleraccount':
      return texts.filter((text) => /^[\d*?]+$/.test(text));
    case 'aws:principalarn':
      return texts.map((text) => text.split(':')[4] ?? '').filter((text) => /^[\d*?]+$/.test(text));
    default:
      return [];
  }
}

function organizationsIn({ key, values }: Condition): readonly Text[] {
  const name = key.toLowerCase();
  if (name !== 'aws:principalorgid' && name !== 'aws:principalorgpaths') return [];
  return values
    .map(({ text }) => text.split('/')[0] ?? '')
    .filter((text) => /^o-[a-z\d*?]+$/.test(text) && text !== 'o-*');
}

/** A text that a pattern matches, of the length that ids have: as it is where it has no wildcards. */
export function exampleOf(
  pattern: Text,
  length: number,
  isTaken: (text: Text) => boolean,
): Text | undefined {
  if (!/[*?]/.test(pattern)) return pattern;
  for (const filler of '0123456789') {
    const missing = Math.max(length - pattern.replaceAll('*', '').length, 0);
    const text = pattern
      .replace('*', filler.repeat(missing))
      .replaceAll('*', '')
      .replaceAll('?', filler);
    if (!isTaken(text)) return text;
  }
  return undefined;
}
