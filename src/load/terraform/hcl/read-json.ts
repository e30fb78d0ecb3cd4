import { itemsOf, textOf, type Entry, type Node, type Source } from '../../../source/index.js';
import { parseDocuments } from '../../documents.js';
import { parseTemplate } from './parse-template.js';
import type { HclFile } from './read-file.js';
import type { Block, Body, BodyAttribute, Expression } from './syntax.js';

/**
 * A file in the JSON form of HCL. What is a block and what an argument depends on the schema there, so
 * inside of the blocks of the language itself all is read as arguments.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function readJson(source: Source): HclFile {
  const { value, diagnostics } = parseDocuments(source);
  const [root] = value.nodes;
  const span = root?.span ?? { source, start: 0, end: 0 };
  const entries = root?.kind === 'mapping' ? root.entries : [];
  const isValues = source.path.endsWith('.tfvars.json');
  const body: Body = isValues
    ? bodyOf(entries, span)
    : { attributes: [], blocks: entries.flatMap(topBlocks), span };
  return { source, body, comments: [], diagnostics };
}

/** How many labels the blocks of the language have. */
const labelCounts: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  module: 1,
  variable: 1,
  output: 1,
  provider: 1,
  locals: 0,
};

function topBlocks({ key, value }: Entry): readonly Block[] {
  const count = Object.hasOwn(labelCounts, key) ? labelCounts[key] : undefined;
  return count === undefined ? [] : labelled(key, [], value, count);
}

function labelled(
  type: string,
  labels: readonly string[],
  node: Node,
  count: number,
): readonly Block[] {
  const members = itemsOf(node).flatMap((item) => (item.kind === 'mapping' ? [item] : []));
  if (labels.length === count) {
    return members.map(({ entries, span }) => ({
      type,
      labels,
      body: bodyOf(entries, span),
      span,
    }));
  }
  return members.flatMap(({ entries }) =>
    entries.flatMap(({ key, value }) => labelled(type, [...labels, key], value, count)),
  );
}

function bodyOf(entries: readonly Entry[], span: Body['span']): Body {
  const given = entries.filter(({ key }) => key !== 'dynamic' && key !== '//');
  const dynamic = entries.filter(({ key }) => key === 'dynamic');
  return {
    attributes: given.map(attributeOf),
    blocks: dynamic.flatMap(({ value }) =>
      itemsOf(value).flatMap((item) =>
        item.kind === 'mapping' ? dynamicBlocks(item.entries) : [],
      ),
    ),
    span,
  };
}

function dynamicBlocks(entries: readonly Entry[]): readonly Block[] {
  return entries.flatMap(({ key, value }) =>
    itemsOf(value).flatMap((item): readonly Block[] => {
      if (item.kind !== 'mapping') return [];
      const outer = bodyOf(
        item.entries.filter((entry) => entry.key !== 'content'),
        item.span,
      );
      const content = item.entries
        .filter((entry) => entry.key === 'content')
        .flatMap((entry) => labelled('content', [], entry.value, 0));
      const body = { ...outer, blocks: content };
      return [{ type: 'dynamic', labels: [key], body, span: item.span }];
    }),
  );
}

function attributeOf({ key, keySpan, value }: Entry): BodyAttribute {
  const span = { ...keySpan, end: Math.max(keySpan.end, value.span.end) };
  return { name: key, nameSpan: keySpan, value: expressionOf(value), span };
}

function expressionOf(node: Node): Expression {
  const { span } = node;
  switch (node.kind) {
    case 'scalar': {
      const text = textOf(node);
      if (text !== undefined && /[$%]\{/.test(text)) {
        return parseTemplate({ path: span.source.path, text }, () => span);
      }
      return { ...node, kind: 'literal' };
    }
    case 'sequence':
      return { kind: 'list', items: node.items.map(expressionOf), span };
    case 'mapping': {
      const entries = node.entries.map(({ key, keySpan, value }) => ({
        key: expressionOf({ kind: 'scalar', value: key, span: keySpan }),
        value: expressionOf(value),
      }));
      return { kind: 'object', entries, span };
    }
    case 'unresolved':
      return { kind: 'broken', span };
  }
}
