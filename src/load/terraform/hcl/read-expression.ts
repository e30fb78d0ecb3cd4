import type { Span } from '../../../source/index.js';
import type { SyntaxNode } from './grammar.js';
import type { Reading } from './reading.js';
import { readTemplate } from './read-template.js';
import { ITEM, type Call, type Expression, type ForExpression } from './syntax.js';

/** Reads the expression of a node; what is no expression is broken at `at`. */
export function readExpression(
  node: SyntaxNode | undefined,
  reading: Reading,
  at: Span,
): Expression {
  const readIn = (inner: SyntaxNode | undefined, place: Span): Expression =>
    readExpression(inner, reading, place);

  if (node === undefined) return { kind: 'broken', span: at };
  const span = reading.spanOf(node.start, node.end);
  const broken: Expression = { kind: 'broken', span };
  const [first] = node.children;
  switch (node.type) {
    case 'expression':
      return node.children.some(({ type }) => type === 'ERROR') ? broken : readSteps(node, reading);
    case 'literal_value':
    case 'template_expr':
    case 'collection_value':
    case 'for_expr':
    case 'operation':
      return readIn(first, span);
    case 'string_lit':
    case 'quoted_template':
    case 'heredoc_template':
      return readTemplate(node, reading, readIn);
    case 'numeric_lit':
    case 'bool_lit':
    case 'null_lit':
      return readScalar(node, reading);
    case 'variable_expr':
      return { kind: 'name', name: reading.text.slice(node.start, node.end), span };
    case 'tuple': {
      const items = childrenOf(node, 'expression').map((item) => readIn(item, span));
      return { kind: 'list', items, span };
    }
    case 'object': {
      const entries = childrenOf(node, 'object_elem').map((element) => {
        const [key, value] = childrenOf(element, 'expression');
        return { key: keyOf(readIn(key, span)), value: readIn(value, span) };
      });
      return { kind: 'object', entries, span };
    }
    case 'function_call':
      return readCall(node, reading);
    case 'for_tuple_expr':
    case 'for_object_expr':
      return readFor(node, reading);
    case 'conditional': {
      const [condition, whenTrue, whenFalse] = node.children
        .filter(({ type }) => type !== '?' && type !== ':' && type !== 'comment')
        .map((part) => readIn(part, span));
      if (!condition || !whenTrue || !whenFalse) return broken;
      return { kind: 'conditional', condition, whenTrue, whenFalse, span };
    }
    case 'binary_operation':
    case 'unary_operation':
      return readOperation(node, reading);
  }
  return broken;
}

function childrenOf(node: SyntaxNode, type: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.type === type);
}

/** A bare word is the name of a key; only one in parentheses is an expression. */
function keyOf(key: Expression): Expression {
  return key.kind === 'name' ? { kind: 'literal', value: key.name, span: key.span } : key;
}

function readScalar(node: SyntaxNode, reading: Reading): Expression {
  const span = reading.spanOf(node.start, node.end);
  const spelling = reading.text.slice(node.start, node.end);
  if (node.type === 'null_lit') return { kind: 'literal', value: null, span };
  if (node.type === 'bool_lit') return { kind: 'literal', value: spelling === 'true', span };
  const value = Number(spelling);
  return String(value) === spelling
    ? { kind: 'literal', value, span }
    : { kind: 'literal', value, spelling, span };
}

/** An expression and what follows it: attributes, indexes, splats. */
function readSteps(node: SyntaxNode, reading: Reading): Expression {
  const parts = node.children.filter(({ type }) => type !== 'comment');
  const whole = reading.spanOf(node.start, node.end);
  const [first, ...steps] = parts;
  if (first?.type === '(') {
    const value = readExpression(parts[1], reading, whole);
    // A name in parentheses is no longer the bare word that a key of an object may be.
    const held: Expression =
      value.kind === 'name'
        ? { kind: 'template', parts: [{ kind: 'value', value }], span: whole }
        : value;
    return stepsOn(held, parts.slice(3), reading);
  }
  return stepsOn(readExpression(first, reading, whole), steps, reading);
}

function stepsOn(start: Expression, steps: readonly SyntaxNode[], reading: Reading): Expression {
  let at = start;
  for (const [index, step] of steps.entries()) {
    const span = reading.spanOf(at.span.start, step.end);
    switch (step.type) {
      case 'get_attr': {
        const name = step.children.find(({ type }) => type === 'identifier');
        if (name === undefined) return { kind: 'broken', span };
        at = { kind: 'attribute', of: at, name: reading.text.slice(name.start, name.end), span };
        break;
      }
      case 'index':
        at = { kind: 'index', of: at, key: readIndex(step, reading), span };
        break;
      case 'splat': {
        const [inner] = step.children;
        const item: Expression = { kind: 'name', name: ITEM, span };
        const follows = [...(inner?.children.slice(1) ?? []), ...steps.slice(index + 1)];
        // What follows `.*` by index applies to the list that it makes.
        const cut =
          inner?.type === 'attr_splat' ? follows.findIndex(({ type }) => type !== 'get_attr') : -1;
        const each = stepsOn(item, cut < 0 ? follows : follows.slice(0, cut), reading);
        const splat: Expression = { kind: 'splat', of: at, each, span };
        return cut < 0 ? splat : stepsOn(splat, follows.slice(cut), reading);
      }
      default:
        return { kind: 'broken', span };
    }
  }
  return at;
}

function readIndex(step: SyntaxNode, reading: Reading): Expression {
  const span = reading.spanOf(step.start, step.end);
  const [inner] = step.children;
  if (inner?.type !== 'legacy_index') {
    return readExpression(inner && childrenOf(inner, 'expression')[0], reading, span);
  }
  const digits = reading.text.slice(inner.start, inner.end).replace(/^\./, '');
  return { kind: 'literal', value: Number(digits), span };
}

function readCall(node: SyntaxNode, reading: Reading): Call | Expression {
  const span = reading.spanOf(node.start, node.end);
  const [name] = childrenOf(node, 'identifier');
  if (name === undefined) return { kind: 'broken', span };
  const [given] = childrenOf(node, 'function_arguments');
  const values = given ? childrenOf(given, 'expression') : [];
  return {
    kind: 'call',
    name: reading.text.slice(name.start, name.end),
    arguments: values.map((value) => readExpression(value, reading, span)),
    spreads: given !== undefined && childrenOf(given, 'ellipsis').length > 0,
    span,
  };
}

function readFor(node: SyntaxNode, reading: Reading): ForExpression | Expression {
  const span = reading.spanOf(node.start, node.end);
  const [intro] = childrenOf(node, 'for_intro');
  const [condition] = childrenOf(node, 'for_cond');
  const results = childrenOf(node, 'expression').map((each) => readExpression(each, reading, span));
  const names = (intro ? childrenOf(intro, 'identifier') : []).map(({ start, end }) =>
    reading.text.slice(start, end),
  );
  const value = results.at(-1);
  const valueName = names.at(-1);
  if (intro === undefined || value === undefined || valueName === undefined) {
    return { kind: 'broken', span };
  }
  const [key] = results;
  const [keyName] = names;
  return {
    kind: 'for',
    ...(names.length > 1 && keyName !== undefined && { keyName }),
    valueName,
    over: readExpression(childrenOf(intro, 'expression')[0], reading, span),
    ...(results.length > 1 && key && { key }),
    value,
    ...(condition && {
      condition: readExpression(childrenOf(condition, 'expression')[0], reading, span),
    }),
    groups: childrenOf(node, 'ellipsis').length > 0,
    span,
  };
}

/** Operands stand without an `expression` around them. */
function readOperation(node: SyntaxNode, reading: Reading): Expression {
  const span = reading.spanOf(node.start, node.end);
  const parts = node.children.filter(({ type }) => type !== 'comment');
  const operatorAt = parts.findIndex(({ type }) => OPERATORS.has(type));
  const operator = parts[operatorAt];
  const sideOf = (side: readonly SyntaxNode[]): Expression | undefined => {
    const [first] = side;
    const last = side.at(-1);
    if (!first || !last) return undefined;
    const whole = { ...first, type: 'expression', end: last.end, children: side };
    return readExpression(whole, reading, span);
  };
  const left = sideOf(parts.slice(0, operatorAt));
  const right = sideOf(parts.slice(operatorAt + 1));
  if (operator === undefined || right === undefined) return { kind: 'broken', span };
  return { kind: 'operation', operator: operator.type, ...(left && { left }), right, span };
}

const OPERATORS: ReadonlySet<string> = new Set('! - + * / % == != < > <= >= && ||'.split(' '));
