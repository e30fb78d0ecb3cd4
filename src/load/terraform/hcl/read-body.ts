import type { Comment } from '../../../source/index.js';
import type { SyntaxNode } from './grammar.js';
import type { Reading } from './reading.js';
import { readExpression } from './read-expression.js';
import type { Block, Body, BodyAttribute } from './syntax.js';

/** The attributes and blocks of a `body`, or of whatever stands for one. */
export function readBody(node: SyntaxNode, reading: Reading): Body {
  const attributes: BodyAttribute[] = [];
  const blocks: Block[] = [];
  const visit = (children: readonly SyntaxNode[]): void => {
    for (const child of children) {
      if (child.type === 'attribute') attributes.push(readAttribute(child, reading));
      else if (child.type === 'block') blocks.push(readBlock(child, reading));
      // What is whole inside of what is not understood is read all the same.
      else if (child.type === 'body' || child.type === 'ERROR') visit(child.children);
    }
  };
  visit(node.children);
  return { attributes, blocks, span: reading.spanOf(node.start, node.end) };
}

function readAttribute(node: SyntaxNode, reading: Reading): BodyAttribute {
  const span = reading.spanOf(node.start, node.end);
  const name = node.children.find(({ type }) => type === 'identifier');
  const value = node.children.find(({ type }) => type === 'expression');
  const nameSpan = name ? reading.spanOf(name.start, name.end) : span;
  return {
    name: reading.text.slice(nameSpan.start, nameSpan.end),
    nameSpan,
    value: readExpression(value, reading, span),
    span,
  };
}

function readBlock(node: SyntaxNode, reading: Reading): Block {
  const span = reading.spanOf(node.start, node.end);
  const head = node.children.filter(({ type }) => type === 'identifier' || type === 'string_lit');
  const [type = '', ...labels] = head.map(({ start, end }) =>
    reading.text.slice(start, end).replace(/^"([^]*)"$/, '$1'),
  );
  const body = node.children.find((child) => child.type === 'body');
  const empty = { attributes: [], blocks: [], span };
  return { type, labels, body: body ? readBody(body, reading) : empty, span };
}

/** All comments of a tree, without their markers. */
export function commentsIn(node: SyntaxNode, reading: Reading): readonly Comment[] {
  if (node.type !== 'comment') return node.children.flatMap((child) => commentsIn(child, reading));
  const span = reading.spanOf(node.start, node.end);
  const raw = reading.text.slice(node.start, node.end);
  const text = raw
    .replace(/^(?:#+|\/\/+|\/\*+)/, '')
    .replace(raw.startsWith('/*') ? /\*\/$/ : /$/, '');
  return [{ text: text.trim(), span }];
}
