import {
  hasHole,
  partsOf,
  type Diagnostic,
  type Node,
  type Span,
  type Text,
} from '../source/index.js';
import { problem } from './elements.js';

/** Takes the diagnostics of one parse. */
export type Report = (diagnostic: Diagnostic) => void;

/** The text of a scalar; numbers and booleans as JSON writes them, except for digits that a number would lose. */
export function scalarText(node: Node): Text | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  if (typeof node.value !== 'number') return String(node.value);
  // An account id may have come as a number, and with a leading zero.
  return node.spelling !== undefined && /^[\d.]+$/.test(node.spelling)
    ? node.spelling
    : String(node.value);
}

/** The hole that stands for a whole node, where its shape is known only at deployment. */
export function unknownShape(node: Node): Text | undefined {
  if (node.kind === 'unresolved') return node.text;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  return hasHole(node.value) && partsOf(node.value).length === 1 ? node.value : undefined;
}

/** How messages name what stands where something else should. */
export function describe(node: Node): string {
  switch (node.kind) {
    case 'mapping':
      return 'an object';
    case 'sequence':
      return 'a list';
    case 'unresolved':
      return 'a value known only at deployment';
    case 'scalar':
      if (node.value === null) return '`null`';
      return typeof node.value === 'string' ? 'a string' : `a ${typeof node.value}`;
  }
}

export interface Item {
  readonly text: Text;
  readonly type: 'string' | 'number' | 'boolean';
  readonly span: Span;
}

/**
 * One scalar or a list of them, AWS's "one or many". `undefined` if something else stands among them,
 * which is reported; `accepts` says which types of scalar do not count as something else.
 */
export function parseItems(
  node: Node,
  element: string,
  accepts: 'strings' | 'scalars',
  report: Report,
): readonly Item[] | undefined {
  const nodes = node.kind === 'sequence' ? node.items : [node];
  const items: Item[] = [];
  let isSound = true;
  for (const item of nodes) {
    const text = unknownShape(item) ?? scalarText(item);
    const type = typeOf(item);
    if (text !== undefined && (accepts === 'scalars' || type === 'string')) {
      items.push({ text, type, span: item.span });
    } else {
      isSound = false;
      report(
        problem(
          'policy-wrong-type',
          `${element} holds ${describe(item)}, where only strings can stand`,
          item.span,
          'write a string or a list of strings',
        ),
      );
    }
  }
  return isSound ? items : undefined;
}

function typeOf(node: Node): Item['type'] {
  if (node.kind !== 'scalar') return 'string';
  if (typeof node.value === 'number') return 'number';
  return typeof node.value === 'boolean' ? 'boolean' : 'string';
}
