import { matchesAction, matchesResource } from '../policy/index.js';
import type { Broken, PolicyDocument, Statement } from '../policy/index.js';
import type { Text } from '../source/index.js';

/** A statement with the kind of document that it stands in. */
export interface Placed {
  readonly statement: Statement | Broken;
  readonly kind: PolicyDocument['kind'];
}

/** What differs between two sets of policies of one layer: `everything` where that cannot be told. */
export type StatementChanges = readonly Placed[] | 'everything';

/** The statements that stand on one side only, or not as often, in whatever order. */
export function changedStatements(
  before: readonly PolicyDocument[] | undefined,
  after: readonly PolicyDocument[] | undefined,
): StatementChanges {
  if (before === after) return [];
  if (before === undefined || after === undefined) return 'everything';
  const open = [before, after].map((documents) =>
    JSON.stringify(documents.flatMap(({ unresolved }) => unresolved ?? []).sort()),
  );
  if (open[0] !== open[1]) return 'everything';
  const balance = new Map<string, { count: number; readonly placed: Placed }>();
  const add = (documents: readonly PolicyDocument[], step: 1 | -1): void => {
    for (const document of documents) {
      for (const statement of document.statements) {
        const text = contentOf(statement, document);
        const entry = balance.get(text);
        if (entry === undefined)
          balance.set(text, { count: step, placed: { statement, kind: document.kind } });
        else entry.count += step;
      }
    }
  };
  add(before, -1);
  add(after, 1);
  return [...balance.values()].flatMap(({ count, placed }) => (count === 0 ? [] : [placed]));
}

/** Whether what changed may speak of an action on a resource; `undefined` for any resource. */
export function couldMatter(changes: StatementChanges, action: string, resource?: Text): boolean {
  if (changes === 'everything') return true;
  return changes.some(
    ({ statement, kind }) =>
      statement.kind === 'broken' ||
      (couldAct(statement, action) &&
        (resource === undefined || couldReach(statement, resource, kind))),
  );
}

function couldAct({ action }: Statement, name: string): boolean {
  if (action === undefined) return false;
  const outcomes = action.patterns.map(({ text }) => matchesAction(text, name));
  return action.negated ? !outcomes.includes(true) : outcomes.some((outcome) => outcome !== false);
}

function couldReach({ resource }: Statement, name: Text, kind: PolicyDocument['kind']): boolean {
  if (resource === undefined) return false;
  if (resource.negated) return true;
  return resource.patterns.some(
    ({ text }) => text.includes('${') || matchesResource(text, name, kind) !== 'no-match',
  );
}

const contents = new WeakMap<Statement | Broken, string>();

/**
 * All that a statement says, holes with their units, as a text: equal texts say the same, while
 * statements that say the same may have different ones.
 */
export function contentOf(statement: Statement | Broken, { version }: PolicyDocument): string {
  let content = contents.get(statement);
  if (content === undefined) {
    const { start, end, source } = statement.span;
    content =
      statement.kind === 'broken'
        ? `${statement.reason} ${source.text.slice(start, end)}`
        : JSON.stringify(statement, (name, value: unknown) =>
            /span$/i.test(name) || name === 'sid' || name === 'index' ? undefined : value,
          );
    content = `${version} ${content}`;
    contents.set(statement, content);
  }
  return content;
}
