import { find, type Node, type Span } from '../../../source/index.js';
import { shorten } from '../../hole-expression.js';
import { listNode, textNode } from '../../make-node.js';
import { evaluateCall } from './evaluate-call.js';
import { evaluateFor } from './evaluate-for.js';
import { renderParts } from './evaluate-template.js';
import { mayBeAbsent } from './functions/index.js';
import { operate, truthOf } from './operators.js';
import { isExhausted, withNames, type Context } from './scope.js';
import {
  asText,
  derived,
  failure,
  isFailure,
  isNull,
  isOpenList,
  isTooLarge,
  isUnknown,
  markAsOpen,
  nullNode,
  referredAt,
  spell,
  spelledText,
  thingOf,
  unknown,
} from './value.js';
import { ITEM, sourceOf, type Expression, type Index, type Literal, type Splat } from './syntax.js';

/**
 * The value of an expression, as far as it is known before deployment. What is not known is unresolved,
 * or a text with holes; what Terraform would refuse is a failure, which is unresolved too.
 */
export function evaluate(expression: Expression, context: Context): Node {
  const { budget, unit, prefix } = context.scope;
  const opaque = (): Node =>
    unknown(derived(unit, `${prefix}${sourceOf(expression)}`), expression.span);
  budget.steps += 1;
  if (isExhausted(context.scope, expression.span)) return opaque();
  budget.depth += 1;
  const value = evaluateOne(expression, context);
  budget.depth -= 1;
  return isTooLarge(value) ? opaque() : value;
}

function evaluateOne(expression: Expression, context: Context): Node {
  const { span } = expression;
  const { unit, prefix } = context.scope;
  switch (expression.kind) {
    case 'literal':
      return literal(expression);
    case 'template':
      return renderParts(expression.parts, span, context, evaluate);
    case 'list': {
      const items = expression.items.map((item) => evaluate(item, context));
      return items.find(isFailure) ?? listNode(items, span);
    }
    case 'object': {
      const entries = expression.entries.map(({ key, value }) => ({
        key: asText(evaluate(key, context)) ?? '',
        keySpan: key.span,
        value: evaluate(value, context),
      }));
      return (
        entries.find(({ value }) => isFailure(value))?.value ?? { kind: 'mapping', entries, span }
      );
    }
    case 'name':
      return named(expression.name, span, context);
    case 'attribute':
      return (
        referred(expression, context) ??
        attributeOf(evaluate(expression.of, context), expression.name, span, unit)
      );
    case 'index':
      return indexed(expression, context);
    case 'splat':
      return splat(expression, context);
    case 'call':
      return evaluateCall(expression, context, evaluate);
    case 'for':
      return evaluateFor(expression, context, evaluate);
    case 'conditional':
      return choice(expression, context);
    case 'operation': {
      const left = expression.left && evaluate(expression.left, context);
      const right = evaluate(expression.right, context);
      const failed = [left, right].find((side) => side && isFailure(side));
      if (failed) return failed;
      const value = operateForms(expression.operator, left, right);
      const shown = `${left ? spell(left) : ''} ${expression.operator} ${spell(right)}`.trim();
      if (value === 'refused') return failure(derived(unit, shown), span);
      return value === undefined
        ? unknown(derived(unit, shown), span)
        : { kind: 'scalar', value, span };
    }
    case 'broken':
      return unknown(derived(unit, `${prefix}${sourceOf(expression)}`), span);
  }
}

/** Of values that may be several, what is the same for all of them is known. */
function operateForms(
  operator: string,
  left: Node | undefined,
  right: Node,
): ReturnType<typeof operate> {
  const formsOf = (node: Node): readonly Node[] =>
    node.kind === 'unresolved' && node.alternatives
      ? node.alternatives.map((form) => form ?? nullNode(node.span))
      : [node];
  const results = formsOf(right).flatMap((b) =>
    left ? formsOf(left).map((a) => operate(operator, a, b)) : [operate(operator, undefined, b)],
  );
  const [first, ...others] = results;
  return others.every((result) => result === first) ? first : undefined;
}

function literal({ value, spelling, span, pieces }: Literal): Node {
  if (typeof value === 'string' && pieces) return spelledText(pieces, span);
  return { kind: 'scalar', value, span, ...(spelling !== undefined && { spelling }) };
}

function named(name: string, span: Span, { scope, names }: Context): Node {
  const own = names.get(name);
  if (own) return referredAt(own, span);
  return unknown(derived(scope.unit, `${scope.prefix}${name}`), span);
}

/** What begins with a name of the module: a variable, a local value, a module, a resource. */
function referred(expression: Expression, context: Context): Node | undefined {
  if (expression.kind !== 'attribute') return undefined;
  const { of, name, span } = expression;
  const { scope, names } = context;
  if (of.kind === 'attribute' && of.of.kind === 'name' && of.of.name === 'data') {
    return names.has('data') ? undefined : scope.resource('data', of.name, name, span);
  }
  if (of.kind !== 'name' || names.has(of.name)) return undefined;
  switch (of.name) {
    case 'var':
      return referredAt(scope.variable(name, span), span);
    case 'local':
      return referredAt(scope.local(name, span), span);
    case 'module':
      return scope.module(name, span);
    case 'path':
      return textNode(name === 'module' ? scope.folder : scope.rootFolder, span);
    case 'data':
    case 'terraform':
    case 'each':
    case 'count':
    case 'self':
      return undefined;
  }
  return scope.resource('managed', of.name, name, span);
}

/** An attribute of a value; of one that may be several, of each. */
function attributeOf(of: Node, name: string, span: Span, unit: string): Node {
  if (isFailure(of)) return of;
  const thing = thingOf(of);
  if (thing) return thing.attribute(name, span);
  const text = derived(unit, `${spell(of)}.${name}`);
  if (of.kind === 'mapping') {
    const value = find(of, name);
    return value ? referredAt(value, span) : failure(text, span);
  }
  if (of.kind === 'unresolved' && of.alternatives) {
    const forms = of.alternatives.map((form) => form && attributeOf(form, name, span, unit));
    return unknown(text, span, forms.map(orAbsent));
  }
  return isUnknown(of) ? unknown(text, span) : failure(text, span);
}

function orAbsent(form: Node | undefined): Node | undefined {
  return form && (isFailure(form) || isNull(form)) ? undefined : form;
}

function indexed({ of, key, span }: Index, context: Context): Node {
  const value = evaluate(of, context);
  const at = evaluate(key, context);
  return itemOf(value, at, span, context.scope.unit);
}

function itemOf(value: Node, key: Node, span: Span, unit: string): Node {
  if (isFailure(value) || isFailure(key)) return isFailure(value) ? value : key;
  const text = derived(unit, `${spell(value)}[${spell(key)}]`);
  if (value.kind === 'unresolved' && value.alternatives) {
    const forms = value.alternatives.map((form) => form && itemOf(form, key, span, unit));
    return unknown(text, span, forms.map(orAbsent));
  }
  if (isUnknown(value) || isUnknown(key)) return unknown(text, span);
  if (value.kind === 'mapping') return attributeOf(value, asText(key) ?? '', span, unit);
  if (value.kind !== 'sequence') return failure(text, span);
  if (value.items.some(mayBeAbsent)) return unknown(text, span);
  const item = value.items[Number(asText(key))];
  if (item) return referredAt(item, span);
  return isOpenList(value) ? unknown(text, span) : failure(text, span);
}

function splat({ of, each, span }: Splat, context: Context): Node {
  const value = evaluate(of, context);
  if (isFailure(value)) return value;
  const apply = (item: Node): Node => evaluate(each, withNames(context, { [ITEM]: item }));
  if (value.kind === 'sequence') {
    const items = value.items.map((item) =>
      mayBeAbsent(item) && item.kind === 'unresolved'
        ? unknown(
            item.text,
            item.span,
            item.alternatives?.map((form) => form && apply(form)),
          )
        : apply(item),
    );
    const list = listNode(items, span);
    return items.find(isFailure) ?? (isOpenList(value) ? markAsOpen(list) : list);
  }
  if (isNull(value)) return listNode([], span);
  if (value.kind === 'unresolved') {
    const shown = sourceOf(each).slice(sourceOf(of).length);
    return unknown(derived(context.scope.unit, `${spell(value)}${shown}`), span);
  }
  return listNode([apply(value)], span);
}

function choice(expression: Extract<Expression, { kind: 'conditional' }>, context: Context): Node {
  const condition = evaluate(expression.condition, context);
  if (isFailure(condition)) return condition;
  const holds = truthOf(condition);
  if (holds !== undefined) {
    return evaluate(holds ? expression.whenTrue : expression.whenFalse, context);
  }
  const whenTrue = evaluate(expression.whenTrue, context);
  const whenFalse = evaluate(expression.whenFalse, context);
  // The branch that cannot be worked out is the one that is not taken.
  if (isFailure(whenTrue)) return whenFalse;
  if (isFailure(whenFalse)) return whenTrue;
  const [first, second] = [spell(whenTrue), spell(whenFalse)];
  if (first === second && whenTrue.kind === whenFalse.kind) return whenTrue;
  const shown = `${spell(condition)} ? ${shorten(first, 60)} : ${shorten(second, 60)}`;
  const forms = [whenTrue, whenFalse].map((form) => (isNull(form) ? undefined : form));
  return unknown(derived(context.scope.unit, shown), expression.span, forms);
}
