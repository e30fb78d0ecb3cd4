import type { Node } from '../../../source/index.js';
import type { Evaluate } from './evaluate-for.js';
import { renderTemplate } from './evaluate-template.js';
import { callFunction } from './functions/index.js';
import type { Context } from './scope.js';
import { sourceOf, type Call } from './syntax.js';
import { derived, failure, isFailure, isNull, spell, unknown } from './value.js';

/** A call of a function; `try` and `can` look at what fails. */
export function evaluateCall(expression: Call, context: Context, evaluate: Evaluate): Node {
  const { name, span } = expression;
  const { scope } = context;
  if (name === 'try') return firstThatWorks(expression, context, 0, evaluate);
  const values = expression.arguments.map((argument) => evaluate(argument, context));
  if (name === 'can') {
    const [value] = values;
    if (value?.kind === 'unresolved' && !isFailure(value)) {
      return unknown(derived(scope.unit, `can(${spell(value)})`), span);
    }
    return { kind: 'scalar', value: value !== undefined && !isFailure(value), span };
  }
  const last = values.at(-1);
  const isOpen = expression.spreads && last?.kind !== 'sequence';
  const all =
    expression.spreads && last?.kind === 'sequence'
      ? [...values.slice(0, -1), ...last.items]
      : values;
  if (isOpen) {
    return unknown(derived(scope.unit, `${name}(${values.map(spell).join(', ')}...)`), span);
  }
  return callFunction({
    name,
    values: all,
    span,
    unit: scope.unit,
    files: scope.files,
    folder: scope.rootFolder,
    renderTemplate: (path, text, names) => renderTemplate({ path, text }, names, context, evaluate),
  });
}

/** What is worked out without failing; a value that may fail at deployment leaves the choice open. */
function firstThatWorks(expression: Call, context: Context, at: number, evaluate: Evaluate): Node {
  const argument = expression.arguments[at];
  const { unit, prefix } = context.scope;
  if (argument === undefined) {
    return failure(derived(unit, `${prefix}${sourceOf(expression)}`), expression.span);
  }
  const value = evaluate(argument, context);
  if (isFailure(value)) return firstThatWorks(expression, context, at + 1, evaluate);
  const isLast = at === expression.arguments.length - 1;
  if (value.kind !== 'unresolved' || isLast) return value;
  const otherwise = firstThatWorks(expression, context, at + 1, evaluate);
  if (isFailure(otherwise)) return value;
  const shown = `try(${spell(value)}, ${spell(otherwise)})`;
  const forms = [value, otherwise].map((form) => (isNull(form) ? undefined : form));
  return unknown(derived(unit, shown), expression.span, forms);
}
