import {
  hasHole,
  hole,
  partsOf,
  showText,
  type Entry,
  type Mapping,
  type Node,
  type Scalar,
  type Span,
  type Text,
  type TextPiece,
  type Unresolved,
} from '../../../source/index.js';
import { clean, shorten } from '../../hole-expression.js';
import { textNode } from '../../make-node.js';
import { passedText } from '../../passed.js';

/*
 * Values of Terraform's language are nodes. A null is a scalar, an alternative `undefined` of an
 * unresolved node too. What a node cannot say of a value stands beside it in the tables here.
 */

/** A resource, data source or module as a value: what its attributes are is worked out on demand. */
export interface Thing {
  readonly address: string;
  attribute(name: string, span: Span): Node;
}

const things = new WeakMap<Node, Thing>();
const failures = new WeakSet<Node>();
const encodings = new WeakSet<Node>();
const sets = new WeakSet<Node>();
const openLists = new WeakSet<Node>();
const spellings = new WeakMap<Node, readonly TextPiece[]>();

/** `entries` are what iterating over it, or encoding it, gives. */
export function thingNode(thing: Thing, span: Span, entries: () => readonly Entry[]): Mapping {
  const node: Mapping = {
    kind: 'mapping',
    span,
    get entries() {
      return entries();
    },
  };
  things.set(node, thing);
  return node;
}

export function thingOf(node: Node): Thing | undefined {
  return things.get(node);
}

export function nullNode(span: Span): Scalar {
  return { kind: 'scalar', value: null, span };
}

export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** A value of which nothing is known but what it may turn out to be. */
export function unknown(
  text: Text,
  span: Span,
  alternatives?: readonly (Node | undefined)[],
): Unresolved {
  const isBounded = alternatives !== undefined && formsOf(alternatives) <= FORMS_MAX;
  return { kind: 'unresolved', text, span, ...(isBounded && { alternatives }) };
}

// Each choice multiplies the forms of what it is part of; a policy reads up to as many.
const FORMS_MAX = 16;

function formsOf(nodes: readonly (Node | undefined)[]): number {
  return nodes.reduce<number>(
    (sum, node) =>
      sum + (node?.kind === 'unresolved' && node.alternatives ? formsOf(node.alternatives) : 1),
    0,
  );
}

/** Whether nothing is known of a value, or only that it is one of several. */
export function isUnknown(node: Node): boolean {
  if (node.kind === 'unresolved') return true;
  const { value } = node.kind === 'scalar' ? node : { value: null };
  return typeof value === 'string' && hasHole(value) && partsOf(value).length === 1;
}

/** What stands for an expression that Terraform refuses, and `try` passes over. */
export function failure(text: Text, span: Span): Node {
  const node = unknown(text, span);
  failures.add(node);
  return node;
}

export function isFailure(node: Node): boolean {
  return failures.has(node);
}

/** The JSON text of a value, kept as the value so that its parts have their places. */
export function encoded(node: Node): Node {
  if (node.kind === 'scalar') return textNode(jsonOf(node), node.span);
  if (node.kind === 'unresolved') return node;
  const copy: Node =
    node.kind === 'mapping'
      ? { kind: 'mapping', entries: node.entries, span: node.span }
      : { ...node };
  encodings.add(copy);
  return copy;
}

export function isEncoded(node: Node): boolean {
  return encodings.has(node);
}

/** A list that may have fewer items, or more, than it shows: `count` is not known. */
export function markAsOpen(node: Node): Node {
  openLists.add(node);
  return node;
}

export function isOpenList(node: Node): boolean {
  return openLists.has(node);
}

export function markAsSet(node: Node): Node {
  sets.add(node);
  return node;
}

export function isSet(node: Node): boolean {
  return sets.has(node);
}

/** A text, with the places that its characters come from. */
export function spelledText(pieces: readonly TextPiece[], span: Span): Scalar {
  const node = textNode(pieces.map(({ text }) => text).join(''), span);
  // Only a document in a text needs the places of its parts.
  if (/^\s*[{[]/.test(node.value as string)) spellings.set(node, pieces);
  return node;
}

export function piecesOf(node: Node): readonly TextPiece[] | undefined {
  return spellings.get(node);
}

/** The same value, standing where it is referred to; what has a shape stays where it is written. */
export function referredAt(node: Node, span: Span): Node {
  if (spellings.has(node) || node.kind === 'mapping' || node.kind === 'sequence') return node;
  const moved: Node = { ...node, span };
  if (failures.has(node)) failures.add(moved);
  return moved;
}

// Lists that hold each other twice over would fill the memory wherever they are written out.
const WEIGHT_MAX = 200_000;
const weights = new WeakMap<Node, number>();

/** A value that is not worked out as a whole, whatever it holds. */
export function markAsLazy<N extends Node>(node: N): N {
  weights.set(node, 1);
  return node;
}

/** Whether a value is larger than any configuration means it to be. */
export function isTooLarge(node: Node): boolean {
  return weightOf(node) > WEIGHT_MAX;
}

function weightOf(node: Node): number {
  if (node.kind === 'scalar') return 1;
  const before = weights.get(node);
  if (before !== undefined) return before;
  const weight = thingOf(node) ? 1 : partsIn(node).reduce((sum, part) => sum + weightOf(part), 1);
  weights.set(node, weight);
  return weight;
}

function partsIn(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'scalar':
      return [];
    case 'sequence':
      return node.items;
    case 'mapping':
      return node.entries.map(({ value }) => value);
    case 'unresolved':
      return node.alternatives?.filter((form) => form !== undefined) ?? [];
  }
}

/** The text of a value: of a list or an object only where it is one in JSON. */
export function asText(node: Node): Text | undefined {
  return isEncoded(node) ? jsonOf(node) : passedText(node);
}

/** Far more than AWS accepts. Texts that double each other would fill the memory. */
export const CHARACTERS_MAX = 1_000_000;

/** A text of bounded length. */
export function boundedText(text: Text, span: Span, unit: string): Node {
  return text.length <= CHARACTERS_MAX ? textNode(text, span) : unknown(derived(unit, text), span);
}

/** The JSON text of a value; what is unknown in it is a hole where a value would stand. */
export function jsonOf(node: Node): Text {
  let length = 0;
  const write = (at: Node): string => {
    if (length > CHARACTERS_MAX) return 'null';
    const text = writeOne(at);
    length += text.length;
    return text;
  };
  const writeOne = (at: Node): string => {
    if (at !== node && isEncoded(at)) return quoted(jsonOf(at));
    switch (at.kind) {
      case 'scalar':
        if (typeof at.value === 'string') return quoted(at.value);
        return typeof at.value === 'number' ? (at.spelling ?? String(at.value)) : String(at.value);
      case 'sequence':
        return `[${at.items.map(write).join(',')}]`;
      case 'mapping': {
        const entries = at.entries.map(({ key, value }) => `${quoted(key)}:${write(value)}`);
        return `{${entries.join(',')}}`;
      }
      case 'unresolved':
        return at.text;
    }
  };
  return write(node);
}

// What reads the JSON puts the holes in quotes itself.
function quoted(text: Text): string {
  const inside = partsOf(text).map((part) =>
    typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : hole(part.unit, part.expression),
  );
  return `"${inside.join('')}"`;
}

/** The hole for an expression over parts that are named already. */
export function derived(unit: string, expression: string): Text {
  return hole(unit, shorten(clean(showText(expression)), 300));
}

/** How a value is spelled inside the expression of a hole; equal values are spelled equally. */
export function spell(node: Node): string {
  let length = 0;
  const write = (at: Node): string => {
    if (length > 2000) return '…';
    const text = writeOne(at);
    length += text.length;
    return text;
  };
  const writeOne = (at: Node): string => {
    const thing = thingOf(at);
    if (thing) return thing.address;
    switch (at.kind) {
      case 'scalar':
        return typeof at.value === 'string' ? bare(at.value) : String(at.value);
      case 'sequence':
        return `[${at.items.map(write).join(', ')}]`;
      case 'mapping':
        return `{${at.entries.map(({ key, value }) => `${key}: ${write(value)}`).join(', ')}}`;
      case 'unresolved':
        return bare(at.text);
    }
  };
  return write(node);
}

/** A text as people read it; one that is a single hole as the expression itself. */
function bare(text: Text): string {
  const [only, ...others] = hasHole(text) ? partsOf(text) : [];
  return typeof only === 'object' && others.length === 0 ? only.expression : showText(text);
}
