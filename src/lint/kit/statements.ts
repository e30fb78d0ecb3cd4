import { actionNames } from '../../facts/index.js';
import {
  documentsOf,
  type Inventory,
  type Key,
  type OwnedDocument,
} from '../../inventory/index.js';
import {
  matchesAction,
  parsePrincipal,
  statementText,
  type PatternElement,
  type PolicyDocument,
  type PrincipalEntry,
  type Statement,
} from '../../policy/index.js';
import { showText, type Span, type Text } from '../../source/index.js';

/** A statement with the document that it stands in and what that belongs to. */
export interface OwnedStatement extends OwnedDocument {
  readonly statement: Statement;
}

/** Every statement of an inventory that could be read, each once, under its first owner. */
export function* statementsOf(inventory: Inventory): Iterable<OwnedStatement> {
  const seen = new Set<Statement>();
  for (const { document, owner } of documentsOf(inventory)) {
    for (const statement of statementsIn(document)) {
      if (seen.has(statement)) continue;
      seen.add(statement);
      yield { statement, document, owner };
    }
  }
}

/** Every statement of a key policy, with its key. */
export function* keyStatementsOf(
  inventory: Inventory,
): Iterable<{ readonly key: Key; readonly statement: Statement }> {
  for (const key of inventory.keys) {
    for (const statement of statementsIn(key.policy)) yield { key, statement };
  }
}

/** The statements of a document that could be read. */
export function statementsIn(document: PolicyDocument | undefined): readonly Statement[] {
  return (document?.statements ?? []).filter((statement) => statement.kind === 'statement');
}

/** Whether a document is all of a policy: not statements in a file of their own, to be put together elsewhere. */
export function isWhole({ statements, versionSpan }: PolicyDocument): boolean {
  if (statements.length === 0) return false;
  return versionSpan === undefined || versionSpan.end > versionSpan.start;
}

/** Whether a statement is about an action; `undefined` where a value known at deployment decides. */
export function covers({ action }: Statement, name: string): boolean | undefined {
  return action === undefined ? false : matchesElement(action, name);
}

function matchesElement({ negated, patterns }: PatternElement, name: string): boolean | undefined {
  const matches = patterns.map(({ text }) => matchesAction(text, name));
  const some = matches.includes(true) ? true : matches.includes(undefined) ? undefined : false;
  return some === undefined ? undefined : some !== negated;
}

/** The KMS actions that a statement is certainly about. */
export function actionsOf(statement: Statement): readonly string[] {
  return actionNames.filter((name) => covers(statement, name) === true);
}

/** The entries of `Principal`; none under `NotPrincipal`. */
export function principalsOf({ principal }: Statement): readonly PrincipalEntry[] {
  return principal === undefined || principal.negated ? [] : principal.entries;
}

/** How a message calls a statement: by its Sid, or else by its place. */
export function nameOf({ sid, index }: Statement): string {
  return sid === undefined ? `statement ${index + 1}` : `statement \`${showText(sid)}\``;
}

/** How a message calls a key: by an alias, its logical id, or its ARN. */
export function nameOfKey({ aliases, address }: Key): string {
  return `\`${showText(aliases?.[0] ?? address)}\``;
}

/** What a finding about a statement is about, for its fingerprint. */
export function subjectOf(statement: Statement): string {
  return statementText(statement);
}

/** Where a finding about a whole key policy is shown: at its first statement. */
export function spanOfPolicy({ policy, span }: Key): Span {
  return policy?.statements[0]?.span ?? policy?.span ?? span;
}

/** Where a key policy allows something to a principal of this ARN. */
export function spanOfPrincipal(key: Key, arn: Text): Span {
  const entries = statementsIn(key.policy)
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(principalsOf);
  const entry = entries.find(
    ({ text, form }) => text === arn || ('arn' in form && form.arn === arn),
  );
  return entry?.span ?? spanOfPolicy(key);
}

/** A user or role that something of a key names by its ARN, and where. */
export interface NamedPrincipal {
  readonly arn: Text;
  readonly span: Span;
}

/** The users and roles that the Allow statements of a key policy name. */
export function statementsNaming(
  key: Key,
): readonly (NamedPrincipal & { readonly statement: Statement })[] {
  return statementsIn(key.policy)
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) =>
      principalsOf(statement).flatMap(({ form, span }) =>
        form.kind === 'user' || form.kind === 'role' ? [{ arn: form.arn, span, statement }] : [],
      ),
    );
}

/** The users and roles that have grants of a key. */
export function grantsTo({ grants = [] }: Key): readonly NamedPrincipal[] {
  return grants.flatMap(({ grantee, span }) => {
    const form = parsePrincipal('AWS', grantee);
    return form.kind === 'user' || form.kind === 'role' ? [{ arn: form.arn, span }] : [];
  });
}
