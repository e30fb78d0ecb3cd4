import type { Node, Span, Text, Unresolved } from '../../source/index.js';

export function unresolved(
  text: Text,
  span: Span,
  alternatives?: readonly (Node | undefined)[],
): Unresolved {
  return { kind: 'unresolved', text, span, ...(alternatives && { alternatives }) };
}

/** The text of a scalar as CloudFormation would pass it on, or the hole of what is unknown. */
export function passedText(node: Node | undefined): Text | undefined {
  if (node?.kind === 'unresolved') return node.text;
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : (node.spelling ?? String(node.value));
}

/** Whether a scalar says true or false; `undefined` where it is unknown or something else. */
export function passedBoolean(node: Node | undefined): boolean | undefined {
  const text = passedText(node)?.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
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
