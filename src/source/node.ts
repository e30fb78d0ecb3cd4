import type { Span } from './source.js';
import type { Text } from './text.js';

/** A document of any format (JSON, YAML, HCL …) after its syntax is gone. */
export type Node = Scalar | Sequence | Mapping | Unresolved;

export interface Scalar {
  readonly kind: 'scalar';
  /** A string may have holes, see {@link Text}. */
  readonly value: Text | number | boolean | null;
  /** The value as the author spelled it where that differs from `String(value)`: `0123`, `1e3`, `yes`. */
  readonly spelling?: string;
  readonly span: Span;
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly items: readonly Node[];
  readonly span: Span;
}

export interface Mapping {
  readonly kind: 'mapping';
  /** In the author's order; a duplicate key stays, so that the last one wins knowingly. */
  readonly entries: readonly Entry[];
  readonly span: Span;
}

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node;
}

/**
 * A node whose very shape is known only at deployment, such as an `Fn::If` over an unknown
 * parameter. An unknown *string* is a {@link Scalar} with a hole instead.
 */
export interface Unresolved {
  readonly kind: 'unresolved';
  /** One hole that names the unknown. */
  readonly text: Text;
  /** The nodes that it may turn out to be, where that is known; `undefined` among them stands for "nothing at all". */
  readonly alternatives?: readonly (Node | undefined)[];
  readonly span: Span;
}

/** The value under `key`, the last one where the key is repeated. */
export function find(node: Node | undefined, key: string): Node | undefined {
  return findEntry(node, key)?.value;
}

/** As {@link find}, with the key and its place. */
export function findEntry(node: Node | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'mapping') return undefined;
  for (let index = node.entries.length - 1; index >= 0; index -= 1) {
    const entry = node.entries[index];
    if (entry?.key === key) return entry;
  }
  return undefined;
}

/** The value at the end of a path of keys. */
export function findPath(node: Node | undefined, ...keys: readonly string[]): Node | undefined {
  return keys.reduce<Node | undefined>((at, key) => find(at, key), node);
}

/** The text of a string scalar, holes included; `undefined` for anything else. */
export function textOf(node: Node | undefined): Text | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The items of a sequence, or a single node as a list of one: AWS's "one or many". */
export function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === 'sequence' ? node.items : [node];
}
