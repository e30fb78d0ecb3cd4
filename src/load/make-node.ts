import type { Mapping, Node, Scalar, Sequence, Span, Text } from '../source/index.js';

/** A node for a text that no file spells, standing at the place that it comes from. */
export function textNode(value: Text, span: Span): Scalar {
  return { kind: 'scalar', value, span };
}

export function listNode(items: readonly Node[], span: Span): Sequence {
  return { kind: 'sequence', items, span };
}

/** A mapping of what is there; a key without a value is left out. */
export function mappingNode(
  values: Readonly<Record<string, Node | undefined>>,
  span: Span,
): Mapping {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value ? [{ key, keySpan: span, value }] : [],
  );
  return { kind: 'mapping', entries, span };
}
