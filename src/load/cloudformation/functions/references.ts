import { passedText } from '../../passed.js';
import { itemsOf, textOf } from '../../../source/index.js';
import { textNode } from '../../make-node.js';
import { derivedHole, spell } from '../stack.js';
import { unresolved } from '../value.js';
import { wrongArgument, type IntrinsicFunction } from './function.js';

export const ref: IntrinsicFunction = (argument, span, stack) => {
  const name = textOf(stack.evaluate(argument));
  return name === undefined ? wrongArgument('Ref', argument, span, stack) : stack.refer(name, span);
};

/** Both forms: `Resource.Attribute` and `[Resource, Attribute]`. */
export const getAtt: IntrinsicFunction = (argument, span, stack) => {
  const value = stack.evaluate(argument);
  const words = itemsOf(value).map(textOf);
  const [id, attribute] =
    words.length === 1 && words[0] !== undefined ? splitAtDot(words[0]) : words;
  if (id === undefined || attribute === undefined || words.length > 2) {
    return wrongArgument('Fn::GetAtt', argument, span, stack);
  }
  return stack.attribute(id, attribute, span);
};

export const importValue: IntrinsicFunction = (argument, span, stack) => {
  const name = passedText(stack.evaluate(argument));
  if (name === undefined) return wrongArgument('Fn::ImportValue', argument, span, stack);
  return (
    stack.imported(name, span) ??
    textNode(derivedHole(stack, `ImportValue(${spell(textNode(name, span))})`), span)
  );
};

/** Macros and includes are run by CloudFormation alone: anything may come of them. */
export const transform: IntrinsicFunction = (argument, span, stack) =>
  unresolved(derivedHole(stack, `Transform(${spell(argument)})`), span);

export function splitAtDot(text: string): readonly [string, string] | readonly [undefined] {
  const dot = text.indexOf('.');
  return dot < 0 ? [undefined] : [text.slice(0, dot), text.slice(dot + 1)];
}
