import { hole, startOf, type Span, type Text } from '../../source/index.js';
import { clean, shorten } from '../hole-expression.js';
import { classAround, functionAround, nameOf } from './names.js';
import { is, isCall, isFunction, type Code, type SyntaxNode } from './syntax.js';

/**
 * The hole that stands for an expression of which the code does not tell the value. Two of one file have
 * equal names only where their values are equal in one run of the code around them: what may differ from
 * place to place has its function, its class or its line in the name.
 */
export function unknownText(node: SyntaxNode, code: Code): Text {
  const spelled = clean(shorten(code.textOf(node), CHARS_MAX));
  return hole(code.source.path, `${spelled}${qualifierOf(node, code)}`);
}

const CHARS_MAX = 80;

function qualifierOf(node: SyntaxNode, code: Code): string {
  let root: SyntaxNode = node;
  while (is(root, 'MemberExpression', 'TSNonNullExpression', 'ChainExpression', 'TSAsExpression')) {
    if (is(root, 'MemberExpression')) {
      if (root.computed && !is(root.property, 'Literal')) return ` (${lineOf(node, code)})`;
      root = root.object;
    } else root = root.expression;
  }
  if (is(root, 'ThisExpression')) {
    const owner = classAround(root);
    return owner ? ` of ${nameOf(owner, code) ?? lineOf(owner, code)}` : ` (${lineOf(node, code)})`;
  }
  if (is(root, 'MetaProperty')) return '';
  if (!is(root, 'Identifier'))
    return isCall(root) || root !== node ? ` (${lineOf(root, code)})` : ` (${lineOf(node, code)})`;
  const variable = code.variableOf(root);
  const [definition] = variable?.defs ?? [];
  // A global, or one of another module, is the same everywhere.
  if (definition === undefined || is(definition.parent, 'ImportDeclaration')) return '';
  const writes = variable?.references.filter((reference) => reference.isWrite() && !reference.init);
  if (writes !== undefined && writes.length > 0) return ` (${lineOf(node, code)})`;
  const around = functionAround(definition.name);
  if (!isFunction(definition.node)) return around ? ` (${lineOf(definition.name, code)})` : '';
  return around ? ` of ${nameOf(around, code) ?? lineOf(around, code)}` : '';
}

function lineOf(node: SyntaxNode, code: Code): string {
  return lineIn(code.spanOf(node));
}

function lineIn(span: Span): string {
  return `line ${startOf(span).line}`;
}
