import {
  find,
  findPath,
  hasHole,
  textOf,
  type Node,
  type Span,
  type Text,
} from '../../../source/index.js';
import { passedText } from '../../passed.js';
import { textNode } from '../../make-node.js';
import { shorten } from '../../hole-expression.js';
import { derivedHole, spell, type Stack } from '../stack.js';
import { movedTo, unresolved } from '../value.js';
import type { IntrinsicFunction } from './function.js';

/** `Fn::If`. An undecided one stays a choice between its branches, or an unknown text where both are texts. */
export const choose: IntrinsicFunction = (argument, span, stack) => {
  const [name, whenTrue, whenFalse] = argument.kind === 'sequence' ? argument.items : [];
  const condition = textOf(name);
  const holds = condition === undefined ? undefined : stack.holds(condition, name?.span ?? span);
  if (holds !== undefined) {
    const branch = holds ? whenTrue : whenFalse;
    return branch && stack.evaluate(branch);
  }
  const branches = [whenTrue, whenFalse].map((branch) => branch && stack.evaluate(branch));
  const [first, second] = branches.map(spell);
  const expression = `If(${stack.prefix}${spell(name)}, ${shorten(first ?? '', 60)}, ${shorten(second ?? '', 60)})`;
  return choice(derivedHole(stack, expression), branches, span);
};

/** `Fn::FindInMap`, with its `DefaultValue`. */
export const findInMap: IntrinsicFunction = (argument, span, stack) => {
  const [mapNode, topNode, secondNode, options] =
    argument.kind === 'sequence' ? argument.items : [];
  const [map, top, second] = [mapNode, topNode, secondNode].map((node) =>
    passedText(node && stack.evaluate(node)),
  );
  const table = map === undefined ? undefined : stack.template.mappings.get(map)?.value;
  const found =
    top === undefined || second === undefined ? undefined : findPath(table, top, second);
  if (found) return movedTo(found, span);
  const fallback = find(options, 'DefaultValue');
  const parts = [mapNode, topNode, secondNode].map((node) => spell(node && stack.evaluate(node)));
  const text = derivedHole(stack, `FindInMap(${stack.prefix}${parts.join(', ')})`);
  const values = possibleValues(table, top, second, stack);
  if (values.length === 0) {
    return fallback ? stack.evaluate(fallback) : textNode(text, span);
  }
  if (fallback) values.push(stack.evaluate(fallback));
  return choice(text, values, span);
};

/** What an unknown key may lead to. */
function possibleValues(
  table: Node | undefined,
  top: Text | undefined,
  second: Text | undefined,
  stack: Stack,
): (Node | undefined)[] {
  const under = (node: Node | undefined, key: Text | undefined): readonly Node[] => {
    const exact = key === undefined ? undefined : find(node, key);
    if (exact) return [exact];
    if (node?.kind !== 'mapping' || (key !== undefined && !hasHole(key))) return [];
    return node.entries.map(({ value }) => value);
  };
  return under(table, top)
    .flatMap((row) => under(row, second))
    .map((value) => stack.evaluate(value));
}

function choice(text: Text, branches: readonly (Node | undefined)[], span: Span): Node {
  const [first, ...others] = branches;
  if (first && others.every((other) => other && spell(other) === spell(first))) {
    return movedTo(first, span);
  }
  return branches.every((branch) => branch?.kind === 'scalar')
    ? textNode(text, span)
    : unresolved(text, span, branches);
}
