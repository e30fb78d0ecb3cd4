import type { Node, Span, Text, Unresolved } from '../../source/index.js';

export function unresolved(
  text: Text,
  span: Span,
  alternatives?: readonly (Node | undefined)[],
): Unresolved {
  return { kind: 'unresolved', text, span, ...(alternatives && { alternatives }) };
}

/** The same value, standing at another place. */
export function movedTo(node: Node, span: Span): Node {
  switch (node.kind) {
    case 'scalar':
    case 'unresolved':
    case 'mapping':
      return { ...node, span };
    case 'sequence':
      return { ...node, span, items: node.items.map((item) => movedTo(item, span)) };
  }
}
