import type { Diagnostic, Node, Span } from '../../src/source/index.js';
import { startOf } from '../../src/source/index.js';

/** A node as the plain value that it stands for, so that expectations read like the document. */
export function plain(node: Node | undefined): unknown {
  switch (node?.kind) {
    case undefined:
      return undefined;
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(plain);
    case 'mapping':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
    case 'unresolved':
      return 'UNRESOLVED';
  }
}

/** All nodes of a tree, parents first, each with what it stands in. */
export function nodesIn(node: Node, parent?: Node): readonly (readonly [Node, Node | undefined])[] {
  const inside =
    node.kind === 'mapping'
      ? node.entries.map(({ value }) => value)
      : node.kind === 'sequence'
        ? node.items
        : [];
  return [[node, parent], ...inside.flatMap((each) => nodesIn(each, node))];
}

/** What a span covers. */
export function textAt(span: Span | undefined): string | undefined {
  return span?.source.text.slice(span.start, span.end);
}

/** A diagnostic as people see it: where, what, what to do. */
export function seen({ span, message, hint }: Diagnostic): string {
  const { line, column } = startOf(span);
  return `${line}:${column} ${message}${hint === undefined ? '' : ` (${hint})`}`;
}
