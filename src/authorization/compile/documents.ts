import type { Caller, Inventory } from '../../inventory/index.js';
import { matchesAction } from '../../policy/index.js';
import type {
  Broken,
  PolicyDocument,
  PrincipalElement,
  PrincipalEntry,
  Statement,
} from '../../policy/index.js';
import { hasHole } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { Question } from './question.js';

// An inventory never changes: a document is indexed when the first question meets it, once, and documents
// that say the same share one index. A question then touches only the statements of its action, and of
// those only the principals that may be its caller.

/** The statements of a document that may matter to a question, in the author's order. */
export function statementsFor(
  { inventory, action }: Question,
  document: PolicyDocument,
): readonly (Statement | Broken)[] {
  const { statements, byAction } = indexOf(inventory, document);
  let found = byAction.get(action);
  if (found === undefined) {
    found = statements.filter((statement) => mayMatch(statement, action));
    byAction.set(action, found);
  }
  return found;
}

interface DocumentIndex {
  readonly statements: PolicyDocument['statements'];
  /** By action in lower case, made as questions ask. */
  readonly byAction: Map<string, PolicyDocument['statements']>;
}

const indexes = new WeakMap<PolicyDocument, DocumentIndex>();
const sharedIndexes = new WeakMap<Inventory, Map<string, DocumentIndex>>();

function indexOf(inventory: Inventory, document: PolicyDocument): DocumentIndex {
  let index = indexes.get(document);
  if (index === undefined) {
    index = sharedIndex(inventory, document);
    indexes.set(document, index);
  }
  return index;
}

function sharedIndex(inventory: Inventory, document: PolicyDocument): DocumentIndex {
  const content = contentOf(document);
  const own: DocumentIndex = { statements: document.statements, byAction: new Map() };
  if (content === undefined) return own;
  let shared = sharedIndexes.get(inventory);
  if (shared === undefined) {
    shared = new Map();
    sharedIndexes.set(inventory, shared);
  }
  const known = shared.get(content);
  if (known !== undefined) return known;
  shared.set(content, own);
  return own;
}

/** All that a document says, and the file that says it, which is what an unknown in it cites. */
function contentOf({ statements, span }: PolicyDocument): string | undefined {
  const said: unknown[] = [span.source.path];
  for (const statement of statements) {
    // What hides something is cited at its own place.
    if (statement.kind === 'broken' || statement.presence !== undefined) return undefined;
    const { effect, principal, action, resource, conditions } = statement;
    said.push([
      effect,
      principal && [principal.negated, principal.entries.map(({ type, text }) => [type, text])],
      action && [action.negated, action.patterns.map(({ text }) => text)],
      resource && [resource.negated, resource.patterns.map(({ text }) => text)],
      conditions.map(({ operatorText, key, values }) => [
        operatorText,
        key,
        values.map(({ text }) => text),
      ]),
    ]);
  }
  return JSON.stringify(said);
}

// SOURCE: facts evaluation 3.1, 3.2; a statement without an action has no effect, a broken one may have any
function mayMatch(statement: Statement | Broken, action: string): boolean {
  if (statement.kind === 'broken') return true;
  if (statement.action === undefined) return false;
  const { negated, patterns } = statement.action;
  const matched = patterns.map(({ text }) => matchesAction(text, action));
  return negated ? !matched.includes(true) : matched.some((one) => one !== false);
}

/** The entries of a `Principal` that may name the caller of a question, in the author's order. */
export function entriesFor(
  { request: { caller }, principal }: Question,
  element: PrincipalElement,
): readonly PrincipalEntry[] {
  if (element.entries.length < indexedFrom) return element.entries;
  const names = namesOf(caller, principal?.uniqueId);
  // What holes hide may be any of them.
  if (names === undefined || names.some(hasHole)) return element.entries;
  const { byName, open } = principalsOf(element);
  const found = names.flatMap((name) => byName.get(name) ?? []);
  if (found.length === 0) return open;
  const wanted = new Set([...open, ...found]);
  return element.entries.filter((entry) => wanted.has(entry));
}

/** In a shorter list every entry is looked at. */
const indexedFrom = 8;

interface PrincipalIndex {
  readonly byName: ReadonlyMap<string, readonly PrincipalEntry[]>;
  /** Entries that may name anyone: everyone, and what holes hide. */
  readonly open: readonly PrincipalEntry[];
}

const principalIndexes = new WeakMap<PrincipalElement, PrincipalIndex>();

function principalsOf(element: PrincipalElement): PrincipalIndex {
  const known = principalIndexes.get(element);
  if (known !== undefined) return known;
  const byName = new Map<string, PrincipalEntry[]>();
  const open: PrincipalEntry[] = [];
  for (const entry of element.entries) {
    const name = hasHole(entry.text) ? undefined : nameOf(entry);
    const named = name === undefined ? open : byName.get(name);
    if (named !== undefined) named.push(entry);
    else if (name !== undefined) byName.set(name, [entry]);
  }
  const index = { byName, open };
  principalIndexes.set(element, index);
  return index;
}

// INVARIANT: a caller whom principal.ts takes an entry to name has the name of the entry in `namesOf`
function nameOf({ form }: PrincipalEntry): string | undefined {
  switch (form.kind) {
    case 'account':
      return `account ${form.account}`;
    case 'user':
      return `user ${form.arn}`;
    case 'role':
      return `role ${form.account} ${form.name}`;
    case 'role-session':
      return `role ${form.account} ${form.role}`;
    case 'federated-user':
      return `federated user ${form.arn}`;
    case 'service':
      return `service ${form.name}`;
    case 'provider':
      return `provider ${form.provider}`;
    case 'unique-id':
      return `id ${form.id}`;
    case 'canonical-user':
    case 'invalid':
      return 'nobody';
    case 'everyone':
    case 'unresolved':
      return undefined;
  }
}

// `undefined` for a caller who may be named by what nobody knows.
function namesOf(caller: Caller, uniqueId: Text | undefined): readonly string[] | undefined {
  const id = uniqueId === undefined ? [] : [`id ${uniqueId}`];
  switch (caller.kind) {
    case 'root':
      return [`account ${caller.account}`];
    case 'user':
      return [`account ${caller.account}`, `user ${caller.arn}`, ...id];
    case 'role-session':
      return [`account ${caller.account}`, `role ${caller.account} ${caller.role}`, ...id];
    case 'federated-user':
      return caller.federatingUser === undefined
        ? undefined
        : [
            `account ${caller.account}`,
            `user ${caller.federatingUser}`,
            `federated user ${caller.arn}`,
            ...id,
          ];
    case 'service':
      return [`service ${caller.name}`];
    case 'provider':
      return [`provider ${caller.provider}`];
    case 'anonymous':
      return [];
  }
}
