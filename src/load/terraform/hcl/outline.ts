import type { Entry, Node } from '../../../source/index.js';
import type { Body, Expression } from './syntax.js';

/** Where blocks, arguments and items of a file begin, for comments that speak of what comes next. */
export function outline(body: Body): Node {
  const attributes = body.attributes.map(({ name, nameSpan, value }): Entry => ({
    key: name,
    keySpan: nameSpan,
    value: outlineOf(value),
  }));
  const blocks = body.blocks.map((block): Entry => {
    const keySpan = { ...block.span, end: block.span.start + block.type.length };
    return { key: block.type, keySpan, value: { ...outline(block.body), span: block.span } };
  });
  const entries = [...attributes, ...blocks].sort((a, b) => a.keySpan.start - b.keySpan.start);
  return { kind: 'mapping', entries, span: body.span };
}

function outlineOf(expression: Expression): Node {
  const { span } = expression;
  switch (expression.kind) {
    case 'list':
      return { kind: 'sequence', items: expression.items.map(outlineOf), span };
    case 'call':
      return { kind: 'sequence', items: expression.arguments.map(outlineOf), span };
    case 'object': {
      const entries = expression.entries.map(({ key, value }) => ({
        key: '',
        keySpan: key.span,
        value: outlineOf(value),
      }));
      return { kind: 'mapping', entries, span };
    }
    case 'conditional': {
      const items = [expression.whenTrue, expression.whenFalse].map(outlineOf);
      return { kind: 'sequence', items, span };
    }
    case 'for':
      return { kind: 'sequence', items: [outlineOf(expression.value)], span };
    case 'literal':
    case 'template':
    case 'name':
    case 'attribute':
    case 'index':
    case 'splat':
    case 'operation':
    case 'broken':
      return { kind: 'scalar', value: null, span };
  }
}
