import { passedText } from '../passed.js';
import { find, textOf, wholeOf } from '../../source/index.js';
import type { Entry, Node, Source, Span, Text } from '../../source/index.js';
import { listNode, textNode } from '../make-node.js';
import { ownHole, type Stack } from './stack.js';
import { unresolved } from './value.js';

/** Values that are given to a stack, by the name of the parameter. */
export type Given = ReadonlyMap<string, Node>;

/** What the command line and the configuration give to the template of a file. */
export function givenBy(parameters: Readonly<Record<string, string>>, source: Source): Given {
  const span = wholeOf(source);
  return new Map(Object.entries(parameters).map(([name, text]) => [name, textNode(text, span)]));
}

/** The value of a parameter, a hole where it is known only at deployment. */
export function parameterValue(parameter: Entry, stack: Stack): Node {
  const known = knownValue(parameter, stack.given);
  if (known) return known;
  const hole = ownHole(stack, parameter.key);
  const { span } = parameter.value;
  return isList(parameter) ? unresolved(hole, span) : textNode(hole, span);
}

/**
 * What is given to the stack, else the default. What Systems Manager looks up and what `NoEcho` hides
 * is unknown unless it is given.
 */
export function knownValue(parameter: Entry, given: Given): Node | undefined {
  const { key, value: declaration } = parameter;
  const own = given.get(key) ?? (isHidden(declaration) ? undefined : find(declaration, 'Default'));
  if (own === undefined || own.kind === 'unresolved' || own.kind === 'sequence') return own;
  const text = passedText(own);
  if (text === undefined) return undefined;
  // A parameter is text whatever its default looks like: an account id may begin with a zero.
  return isList(parameter) ? listOf(text, own.span) : textNode(text, own.span);
}

function typeOf(declaration: Node): string {
  return textOf(find(declaration, 'Type')) ?? 'String';
}

function isList({ value }: Entry): boolean {
  const type = typeOf(value);
  return type === 'CommaDelimitedList' || type.includes('List<');
}

function isHidden(declaration: Node): boolean {
  const noEcho = passedText(find(declaration, 'NoEcho'));
  return (
    typeOf(declaration).startsWith('AWS::SSM::Parameter::Value') || noEcho?.toLowerCase() === 'true'
  );
}

function listOf(text: Text, span: Span): Node {
  const words = text === '' ? [] : text.split(',');
  return listNode(
    words.map((word) => textNode(word.trim(), span)),
    span,
  );
}
