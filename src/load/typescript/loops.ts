import type { CodeLoop } from '../../inventory/index.js';
import type { Evaluator } from './evaluator.js';
import { is, isFunction, type Code, type NodeOf, type SyntaxNode } from './syntax.js';

/** The innermost loop that repeats a node each time the function around it runs. */
export function loopAround(node: SyntaxNode, evaluator: Evaluator): CodeLoop | undefined {
  let inside = node;
  for (let at = node.parent; at; inside = at, at = at.parent) {
    if (isFunction(at)) {
      const loop = callbackLoop(at, evaluator);
      if (loop !== undefined || !isCalledAtOnce(at)) return loop;
    }
    const loop = statementLoop(at, inside, evaluator);
    if (loop !== undefined) return loop;
  }
  return undefined;
}

function statementLoop(
  loop: SyntaxNode,
  inside: SyntaxNode,
  evaluator: Evaluator,
): CodeLoop | undefined {
  const { code } = evaluator;
  if (is(loop, 'ForOfStatement', 'ForInStatement')) {
    if (inside === loop.right) return undefined;
    const kind = is(loop, 'ForOfStatement') ? 'for-of' : 'for-in';
    return loopOf(kind, headOf(loop, loop.body, code), evaluator, loop.right);
  }
  if (is(loop, 'ForStatement')) {
    if (inside === loop.init) return undefined;
    const times = timesOf(loop, evaluator);
    const head = loopOf('for', headOf(loop, loop.body, code), evaluator);
    return times === undefined ? head : { ...head, times };
  }
  if (is(loop, 'WhileStatement')) {
    return loopOf('while', headOf(loop, loop.body, code), evaluator);
  }
  if (is(loop, 'DoWhileStatement')) {
    return loopOf('do', { ...code.spanOf(loop), end: loop.body.range[0] }, evaluator);
  }
  return undefined;
}

/** From the keyword up to the body. */
function headOf(loop: SyntaxNode, body: SyntaxNode, code: Code): CodeLoop['span'] {
  const span = code.spanOf(loop);
  const head = span.source.text.slice(span.start, body.range[0]).trimEnd();
  return { ...span, end: span.start + head.length };
}

function loopOf(
  kind: CodeLoop['kind'],
  span: CodeLoop['span'],
  { code, evaluate }: Evaluator,
  over?: SyntaxNode,
): CodeLoop {
  if (over === undefined) return { kind, span };
  const value = evaluate(over);
  const isCounted = value.kind === 'list' && !value.open;
  return {
    kind,
    over: code.textOf(over),
    ...(isCounted ? { times: value.items.length } : {}),
    span,
  };
}

/** How often `for (let i = 0; i < 3; i += 1)` runs. */
function timesOf(
  { init, test, update }: NodeOf<'ForStatement'>,
  { evaluate }: Evaluator,
): number | undefined {
  const [declarator] = is(init, 'VariableDeclaration') ? init.declarations : [];
  if (!declarator?.init || !is(test, 'BinaryExpression') || !is(declarator.id, 'Identifier'))
    return undefined;
  if (!is(test.left, 'Identifier') || test.left.name !== declarator.id.name) return undefined;
  const isStep =
    (is(update, 'UpdateExpression') && update.operator === '++') ||
    (is(update, 'AssignmentExpression') &&
      update.operator === '+=' &&
      numberIn(evaluate(update.right)) === 1);
  const [from, to] = [numberIn(evaluate(declarator.init)), numberIn(evaluate(test.right))];
  if (!isStep || from === undefined || to === undefined) return undefined;
  if (test.operator === '<') return Math.max(0, to - from);
  return test.operator === '<=' ? Math.max(0, to - from + 1) : undefined;
}

function numberIn(value: ReturnType<Evaluator['evaluate']>): number | undefined {
  return value.kind === 'scalar' && typeof value.value === 'number' ? value.value : undefined;
}

const iterating = new Set([
  'every',
  'filter',
  'find',
  'findIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'reduceRight',
  'some',
]);

/** A function that `map` and its like call for each item, or that `Array.from` does. */
function callbackLoop(node: SyntaxNode, evaluator: Evaluator): CodeLoop | undefined {
  const { code } = evaluator;
  const call = node.parent;
  if (!is(call, 'CallExpression') || !is(call.callee, 'MemberExpression')) return undefined;
  const { property, object } = call.callee;
  if (!is(property, 'Identifier')) return undefined;
  if (iterating.has(property.name) && call.arguments[0] === node) {
    return loopOf('callback', code.spanOf(call.callee), evaluator, object);
  }
  const isFrom = code.textOf(call.callee) === 'Array.from' && call.arguments[1] === node;
  return isFrom ? loopOf('callback', code.spanOf(call.callee), evaluator) : undefined;
}

/** A function that is called where it stands, so that it runs as often as what is around it. */
function isCalledAtOnce(node: SyntaxNode): boolean {
  const { parent } = node;
  if (is(parent, 'CallExpression')) return parent.callee === node || isAwaitedThrough(parent, node);
  return false;
}

// `retry(() => …)`, `Promise.all(…)`, `.then(() => …)`: a function given to a call that is made there.
function isAwaitedThrough(call: NodeOf<'CallExpression'>, node: SyntaxNode): boolean {
  return call.arguments.some((argument) => argument === node) && !is(call.callee, 'Super');
}
