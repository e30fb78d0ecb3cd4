import type { Entry, Mapping, Node, Scalar } from '../../source/index.js';
import { expandLoops } from './for-each.js';
import { findFunction } from './functions/index.js';
import { derivedHole, spell, warn, type Stack } from './stack.js';
import { unresolved } from './value.js';

/**
 * Works out the intrinsic functions in a node, as far as they are known before deployment. What is
 * not known becomes a text with holes or an unresolved node; `AWS::NoValue` takes away the property
 * or list item that it stands for, and gives `undefined` for the node itself.
 */
export function evaluate(node: Node, stack: Stack): Node | undefined {
  switch (node.kind) {
    case 'scalar':
      return withReferences(node, stack);
    case 'sequence': {
      const items = node.items.map((item) => evaluate(item, stack));
      return sameItems(items, node.items)
        ? node
        : { ...node, items: items.filter((item) => item !== undefined) };
    }
    case 'mapping':
      return evaluateMapping(node, stack);
    case 'unresolved':
      return node;
  }
}

function evaluateMapping(node: Mapping, stack: Stack): Node | undefined {
  const [only] = node.entries;
  if (only && node.entries.length === 1 && isFunctionName(only.key)) {
    return apply(only, node, stack);
  }
  const insert = node.entries.find(({ key }) => key === 'Fn::Transform');
  if (insert) return apply(insert, node, stack);
  const { entries } = expandLoops(node);
  const values = entries.map((entry) => evaluate(entry.value, stack));
  if (entries === node.entries && values.every((value, at) => value === entries[at]?.value)) {
    return node;
  }
  return {
    ...node,
    entries: entries.flatMap((entry, at) => {
      const value = values[at];
      return value ? [{ ...entry, value }] : [];
    }),
  };
}

// `Condition` names a condition only among conditions: elsewhere it is the element of a statement.
function isFunctionName(key: string): boolean {
  return key === 'Ref' || (key.startsWith('Fn::') && !key.startsWith('Fn::ForEach::'));
}

function apply({ key, keySpan, value }: Entry, { span }: Mapping, stack: Stack): Node | undefined {
  const work = findFunction(key);
  if (work) return work(value, span, stack);
  const message = `\`${key}\` is not an intrinsic function, so its value is taken as unknown`;
  warn(stack, 'cloudformation-function', message, keySpan, 'check its spelling');
  return unresolved(derivedHole(stack, `${key}(${spell(value)})`), span);
}

/** A dynamic reference is looked up by CloudFormation at deployment. */
function withReferences(node: Scalar, stack: Stack): Scalar {
  if (typeof node.value !== 'string' || !node.value.includes('{{resolve:')) return node;
  const value = node.value.replaceAll(/\{\{(resolve:[^{}]*)\}\}/g, (_, inside: string) =>
    derivedHole(stack, inside),
  );
  return { kind: 'scalar', value, span: node.span };
}

function sameItems(a: readonly (Node | undefined)[], b: readonly Node[]): boolean {
  return a.every((item, at) => item === b[at]);
}
