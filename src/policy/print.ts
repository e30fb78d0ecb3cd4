import { showText, type Text } from '../source/index.js';
import type {
  Broken,
  Condition,
  ConditionValue,
  PatternElement,
  PolicyDocument,
  PrincipalElement,
  PrincipalEntry,
  Statement,
} from './document.js';

/**
 * A policy as JSON in one order of elements, indented by two. Reading it again gives the same
 * document, except for what JSON cannot say: a hole appears as `${expression}`, and a broken statement
 * as one that is broken again.
 */
export function printPolicy(document: PolicyDocument): string {
  const { id, version, statements, unresolved } = document;
  const value = {
    Version: version,
    ...(id === undefined ? {} : { Id: showText(id) }),
    Statement: unresolved === undefined ? statements.map(statementValue) : showText(unresolved),
  };
  return JSON.stringify(value, undefined, 2);
}

/**
 * A text that is equal for statements that say the same in another order or spelling: of actions,
 * principals (an account by id or by root ARN), resources, conditions and values. Sid and place do not
 * count, holes by their expression alone. It is for comparing and hashing, not for people.
 */
export function statementText(statement: Statement | Broken): string {
  if (statement.kind === 'broken') {
    return JSON.stringify(['broken', statement.effect ?? '', statement.reason]);
  }
  const { effect, principal, action, resource, conditions, presence = '' } = statement;
  return JSON.stringify([
    effect,
    principal === undefined ? [] : principalParts(principal),
    action === undefined ? [] : patternParts(action, (text) => text.toLowerCase()),
    resource === undefined ? [] : patternParts(resource, (text) => text),
    sorted(conditions.map((condition) => JSON.stringify(conditionParts(condition)))),
    showText(presence),
  ]);
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

function principalParts({ negated, entries }: PrincipalElement): readonly unknown[] {
  return [negated, sorted(entries.map(principalText))];
}

function principalText({ type, text, form }: PrincipalEntry): string {
  if (form.kind === 'everyone') return '*';
  return `${type}:${showText(form.kind === 'account' ? form.account : text)}`;
}

function patternParts(
  { negated, patterns }: PatternElement,
  spell: (text: string) => string,
): readonly unknown[] {
  return [negated, sorted(patterns.map(({ text }) => spell(showText(text))))];
}

function conditionParts({ operatorText, key, values }: Condition): readonly unknown[] {
  const texts = sorted(values.map(({ text }) => showText(text)));
  return [operatorText, showText(key).toLowerCase(), texts];
}

function statementValue(statement: Statement | Broken): Readonly<Record<string, unknown>> {
  const { sid, effect } = statement;
  const head = {
    ...(sid === undefined ? {} : { Sid: showText(sid) }),
    ...(effect === undefined ? {} : { Effect: effect }),
  };
  // No element has this name, so that a reader finds the statement broken as well.
  if (statement.kind === 'broken') return { ...head, Broken: showText(statement.reason) };
  const { principal, action, resource, conditions } = statement;
  return {
    ...head,
    ...(principal && { [`${negation(principal)}Principal`]: principalValue(principal) }),
    ...(action && { [`${negation(action)}Action`]: oneOrMany(textsOf(action)) }),
    ...(resource && { [`${negation(resource)}Resource`]: oneOrMany(textsOf(resource)) }),
    ...(conditions.length > 0 && { Condition: conditionValue(conditions) }),
  };
}

function negation({ negated }: { readonly negated: boolean }): 'Not' | '' {
  return negated ? 'Not' : '';
}

function textsOf({ patterns }: PatternElement): readonly string[] {
  return patterns.map(({ text }) => showText(text));
}

function oneOrMany<T>(items: readonly T[]): T | readonly T[] {
  const [first] = items;
  return items.length === 1 && first !== undefined ? first : items;
}

function principalValue({ entries }: PrincipalElement): unknown {
  const [first] = entries;
  if (first?.type === '*' && entries.length === 1) return showText(first.text);
  const byType = new Map<string, readonly Text[]>();
  for (const { type, text } of entries) {
    byType.set(type, [...(byType.get(type) ?? []), showText(text)]);
  }
  return Object.fromEntries([...byType].map(([type, texts]) => [type, oneOrMany(texts)]));
}

function conditionValue(conditions: readonly Condition[]): unknown {
  const byOperator = new Map<string, readonly (readonly [string, unknown])[]>();
  for (const { operatorText, key, values } of conditions) {
    const entry = [showText(key), oneOrMany(values.map(jsonValue))] as const;
    byOperator.set(operatorText, [...(byOperator.get(operatorText) ?? []), entry]);
  }
  const blocks = [...byOperator].map(
    ([name, entries]) => [name, Object.fromEntries(entries)] as const,
  );
  return Object.fromEntries(blocks);
}

function jsonValue({ text, type }: ConditionValue): string | number | boolean {
  const shown = showText(text);
  if (type === 'boolean') return shown === 'true';
  return type === 'number' && String(Number(shown)) === shown ? Number(shown) : shown;
}
