import type { Entry, Node, Text } from '../../../source/index.js';
import { listNode, textNode } from '../../make-node.js';
import { sortedEntries } from './functions/index.js';
import { truthOf } from './operators.js';
import { isExhausted, withNames, type Context } from './scope.js';
import type { Expression, ForExpression } from './syntax.js';
import { asText, derived, failure, isFailure, isNull, isSet, spell, unknown } from './value.js';

export type Evaluate = (expression: Expression, context: Context) => Node;

/** One turn of a loop. */
export interface Item {
  readonly key: Node;
  readonly value: Node;
  /** Set where the item is there in some cases only: what it is in each, and the hole that tells them apart. */
  readonly forms?: { readonly text: Text; readonly values: readonly (Node | undefined)[] };
}

/** What a loop over a value goes through; `undefined` where that is not known. */
export function itemsOver(node: Node): readonly Item[] | undefined {
  if (node.kind === 'sequence') {
    return node.items.map((value, index): Item => {
      const key: Node = isSet(node) ? value : { kind: 'scalar', value: index, span: value.span };
      const isOptional = value.kind === 'unresolved' && value.alternatives?.includes(undefined);
      if (!isOptional || !value.alternatives) return { key, value };
      return { key, value, forms: { text: value.text, values: value.alternatives } };
    });
  }
  return sortedEntries(node)?.map((entry): Item => {
    return { key: textNode(entry.key, entry.keySpan), value: entry.value };
  });
}

/** The hole for what a loop over something unknown makes, with the names that its body may use. */
export function derivedFor(body: Expression, over: Node, { scope, names }: Context): Text {
  const { source, start, end } = body.span;
  const around = [...names].map(([name, node]) => `${name}=${spell(node)}`).join(', ');
  return derived(scope.unit, `for(${spell(over)}: ${source.text.slice(start, end)}; ${around})`);
}

/** A `for` expression. */
export function evaluateFor(expression: ForExpression, context: Context, evaluate: Evaluate): Node {
  const over = evaluate(expression.over, context);
  return isFailure(over) ? over : loopOver(expression, over, context, evaluate);
}

function loopOver(
  expression: ForExpression,
  over: Node,
  context: Context,
  evaluate: Evaluate,
): Node {
  const { span } = expression;
  const text = derivedFor(expression, over, context);
  if (over.kind === 'unresolved' && over.alternatives) {
    const forms = over.alternatives.map((form) =>
      form === undefined || isNull(form)
        ? undefined
        : loopOver(expression, form, context, evaluate),
    );
    return unknown(text, span, forms);
  }
  const items = itemsOver(over);
  if (items === undefined)
    return over.kind === 'unresolved' ? unknown(text, span) : failure(text, span);
  const turns: Turn[] = [];
  for (const item of items) {
    const own = turn(expression, item, context, evaluate);
    if (own) turns.push(own);
    if (isExhausted(context.scope, span)) return unknown(text, span);
  }
  const failed = turns.find(({ value }) => isFailure(value));
  if (failed) return failed.value;
  if (expression.key === undefined) {
    return listNode(
      turns.map(({ value }) => value),
      span,
    );
  }
  return { kind: 'mapping', entries: entriesOf(turns, expression), span };
}

interface Turn {
  readonly key: Node | undefined;
  readonly value: Node;
}

/** One turn; `undefined` where the condition leaves it out. */
function turn(
  expression: ForExpression,
  item: Item,
  context: Context,
  evaluate: Evaluate,
): Turn | undefined {
  const { keyName, valueName } = expression;
  const workOut = (value: Node): Turn | undefined => {
    const key = item.key === item.value ? value : item.key;
    const names = { ...(keyName !== undefined && { [keyName]: key }), [valueName]: value };
    const inside = withNames(context, names);
    const condition = expression.condition && evaluate(expression.condition, inside);
    const holds = condition === undefined ? true : truthOf(condition);
    if (holds === false) return undefined;
    const result = {
      key: expression.key && evaluate(expression.key, inside),
      value: evaluate(expression.value, inside),
    };
    if (holds || condition === undefined) return result;
    if (isFailure(condition)) return { ...result, value: condition };
    const text = derived(context.scope.unit, spell(condition));
    return { ...result, value: unknown(text, expression.span, [result.value, undefined]) };
  };
  if (!item.forms) return workOut(item.value);
  const turns = item.forms.values.map((form) => form && workOut(form));
  const key = turns.find((each) => each?.key)?.key;
  const values = turns.map((each) => each?.value);
  return { key, value: unknown(item.forms.text, expression.span, values) };
}

function entriesOf(turns: readonly Turn[], { groups, span }: ForExpression): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const { key: keyNode, value } of turns) {
    const key = (keyNode && asText(keyNode)) ?? '';
    const keySpan = keyNode?.span ?? span;
    const before = entries.get(key)?.value;
    const list = before?.kind === 'sequence' && groups ? before.items : [];
    entries.set(key, { key, keySpan, value: groups ? listNode([...list, value], span) : value });
  }
  return [...entries.values()];
}
