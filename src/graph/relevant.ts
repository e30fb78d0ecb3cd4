import type { Key } from '../inventory/index.js';
import {
  matchesAction,
  matchesCondition,
  matchesResource,
  statementText,
} from '../policy/index.js';
import type {
  Broken,
  Condition,
  PatternElement,
  PolicyDocument,
  Statement,
} from '../policy/index.js';
import { hasHole } from '../source/index.js';
import type { Text } from '../source/index.js';

/** What a document says of one action, as something to be compared and looked up by. */
export interface Saying {
  /** Equal for documents that say the same of the action; the empty text for one that says nothing. */
  readonly id: string;
  readonly head: Head;
  readonly kind: PolicyDocument['kind'];
  readonly statements: readonly (Statement | Broken)[];
}

type Head = Pick<PolicyDocument, 'unresolved' | 'version'>;

const sayings = new WeakMap<PolicyDocument, Map<string, Saying>>();

/** The statements of a document that may speak of an action; all others can be left out. */
export function sayingOf(document: PolicyDocument, action: string): Saying {
  let byAction = sayings.get(document);
  if (byAction === undefined) {
    byAction = new Map();
    sayings.set(document, byAction);
  }
  let saying = byAction.get(action);
  if (saying === undefined) {
    const statements = document.statements.filter((statement) => mayAct(statement, action));
    saying = { id: idOf(document, statements), head: document, kind: document.kind, statements };
    byAction.set(action, saying);
  }
  return saying;
}

/** What of a saying may speak of a key, as its id. */
export function idOn({ id, head, kind, statements }: Saying, key: Key): string {
  const relevant = statements.filter((statement) => mayBeOf(statement, key, kind));
  return relevant.length === statements.length ? id : idOf(head, relevant);
}

function idOf({ unresolved, version }: Head, statements: readonly (Statement | Broken)[]): string {
  if (statements.length === 0 && unresolved === undefined) return '';
  return [unresolved ?? '', version, ...statements.map(textOf).sort()].join('\n');
}

const texts = new WeakMap<Statement | Broken, string>();

/** What a statement says, where equal texts say the same. */
export function textOf(statement: Statement | Broken): string {
  let text = texts.get(statement);
  if (text === undefined) {
    text = statementText(statement);
    // What hides something says the same as itself alone: it is known by its place.
    const { source, start } = statement.span;
    if (hidesSomething(statement)) text += ` ${source.path} ${start}`;
    texts.set(statement, text);
  }
  return text;
}

function hidesSomething(statement: Statement | Broken): boolean {
  if (statement.kind === 'broken' || statement.presence !== undefined) return true;
  const { action, resource, conditions } = statement;
  const patterns = [...(action?.patterns ?? []), ...(resource?.patterns ?? [])];
  return (
    patterns.some(({ text }) => hasHole(text)) ||
    conditions.some(({ key, values }) => hasHole(key) || values.some(({ text }) => hasHole(text)))
  );
}

function mayAct(statement: Statement | Broken, action: string): boolean {
  if (statement.kind === 'broken') return true;
  if (statement.action === undefined) return false;
  const { negated, patterns } = statement.action;
  return negated
    ? !patterns.some(({ text }) => matchesAction(text, action) === true)
    : patterns.some(({ text }) => matchesAction(text, action) !== false);
}

function mayBeOf(statement: Statement | Broken, key: Key, kind: PolicyDocument['kind']): boolean {
  if (statement.kind === 'broken') return true;
  const { resource, conditions } = statement;
  if (resource === undefined || !mayName(resource, key, kind)) return false;
  return !conditions.some((condition) => contradictsTags(key, condition));
}

function mayName(
  { negated, patterns }: PatternElement,
  key: Key,
  kind: PolicyDocument['kind'],
): boolean {
  if (negated) return true;
  return patterns.some(
    ({ text }) => text.includes('${') || matchesResource(text, key.arn, kind) !== 'no-match',
  );
}

// Whether what a condition says of the key's tags is certainly not so.
function contradictsTags({ tags }: Key, condition: Condition): boolean {
  const prefix = 'aws:resourcetag/';
  const { key } = condition;
  const name = key.toLowerCase();
  if (tags === undefined || !name.startsWith(prefix) || hasOpenValue(condition)) return false;
  const lower = name.slice(prefix.length);
  const found =
    tags.get(key.slice(prefix.length)) ??
    [...tags].find(([tag]) => tag.toLowerCase() === lower)?.[1];
  return holdsOf(condition, found) === false;
}

/** Whether some value that a condition compares with is not spelled out in it. */
export function hasOpenValue({ values }: Condition): boolean {
  return values.some(({ text }) => text.includes('${') || hasHole(text));
}

/** Whether a condition without variables holds of a value. */
export function holdsOf(
  { operator, values }: Condition,
  value: Text | undefined,
): boolean | undefined {
  const texts = values.map(({ text }) => ({ kind: 'value', text }) as const);
  return matchesCondition(operator, texts, value);
}
