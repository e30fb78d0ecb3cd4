import { find, textOf, type Entry, type Node } from '../../source/index.js';
import { ownHole, type Stack } from './stack.js';
import { textNode } from '../make-node.js';
import { passedText, unresolved } from './value.js';

/**
 * The value of a parameter: what is given to the stack, else its default. What Systems Manager
 * looks up and what `NoEcho` hides is unknown unless it is given.
 */
export function parameterValue({ key, value: declaration }: Entry, stack: Stack): Node {
  const type = textOf(find(declaration, 'Type')) ?? 'String';
  const isList = type === 'CommaDelimitedList' || type.includes('List<');
  const given = stack.given.get(key);
  if (given) return isList ? listOf(given) : given;
  const preset = isHidden(declaration, type) ? undefined : find(declaration, 'Default');
  const text = passedText(preset);
  if (preset === undefined || text === undefined) {
    const hole = ownHole(stack, key);
    const { span } = declaration;
    return isList ? unresolved(hole, span) : textNode(hole, span);
  }
  // A parameter is text whatever its default looks like: an account id may begin with a zero.
  return isList ? listOf(preset) : textNode(text, preset.span);
}

function isHidden(declaration: Node, type: string): boolean {
  const noEcho = find(declaration, 'NoEcho');
  return (
    type.startsWith('AWS::SSM::Parameter::Value') || passedText(noEcho)?.toLowerCase() === 'true'
  );
}

function listOf(node: Node): Node {
  if (node.kind === 'sequence' || node.kind === 'unresolved') return node;
  const text = passedText(node) ?? '';
  const items = text === '' ? [] : text.split(',').map((item) => textNode(item.trim(), node.span));
  return { kind: 'sequence', items, span: node.span };
}
