import { hasHole } from '../../source/index.js';
import type { Env, Evaluator } from './evaluator.js';
import { is, type NodeOf } from './syntax.js';
import { textIn } from './text-in.js';
import { text, type Value } from './value.js';

type Operator = NodeOf<
  'BinaryExpression' | 'LogicalExpression' | 'UnaryExpression' | 'ConditionalExpression'
>;

/** What operators come to: arithmetic, joined texts, defaults and choices. */
export function evaluateOperator(node: Operator, env: Env, evaluator: Evaluator): Value {
  if (is(node, 'BinaryExpression')) return evaluateBinary(node, env, evaluator);
  if (is(node, 'LogicalExpression')) return evaluateLogical(node, env, evaluator);
  if (is(node, 'ConditionalExpression')) return evaluateChoice(node, env, evaluator);
  const value = evaluator.evaluate(node.argument, env);
  const span = evaluator.code.spanOf(node);
  if (value.kind === 'scalar' && node.operator === '-')
    return { kind: 'scalar', value: -Number(value.value), span };
  if (value.kind === 'scalar' && node.operator === '!')
    return { kind: 'scalar', value: !value.value, span };
  return node.operator === 'void' ? { kind: 'absent', span } : evaluator.unknown(node);
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '<<': (a, b) => a << b,
};

function evaluateBinary(node: NodeOf<'BinaryExpression'>, env: Env, evaluator: Evaluator): Value {
  const { code, evaluate, unknown } = evaluator;
  const left = evaluate(node.left, env);
  const right = evaluate(node.right, env);
  const span = code.spanOf(node);
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    const compute = arithmetic[node.operator];
    if (compute === undefined || typeof left.value !== 'number' || typeof right.value !== 'number')
      return unknown(node);
    return { kind: 'scalar', value: compute(left.value, right.value), span };
  }
  if (node.operator !== '+' || (left.kind !== 'text' && right.kind !== 'text'))
    return unknown(node);
  const before = textIn(node.left, env, evaluator);
  const after = textIn(node.right, env, evaluator);
  const origin = before.origin === 'literal' ? after.origin : before.origin;
  return text(before.text + after.text, span, origin);
}

function evaluateLogical(node: NodeOf<'LogicalExpression'>, env: Env, evaluator: Evaluator): Value {
  const { evaluate, unknown } = evaluator;
  const left = evaluate(node.left, env);
  const right = evaluate(node.right, env);
  if (node.operator === '&&') {
    if (left.kind === 'scalar') return left.value ? right : left;
    return { ...unknown(node), fallback: right };
  }
  if (left.kind === 'absent' || (left.kind === 'scalar' && left.value === null)) return right;
  if (node.operator === '||' && left.kind === 'scalar' && !left.value) return right;
  const isOpen = left.kind === 'unknown' || (left.kind === 'text' && hasHole(left.text));
  if (!isOpen) return left;
  return { ...unknown(node, left.origin), fallback: right };
}

function evaluateChoice(
  node: NodeOf<'ConditionalExpression'>,
  env: Env,
  evaluator: Evaluator,
): Value {
  const { evaluate, unknown } = evaluator;
  const test = evaluate(node.test, env);
  if (test.kind === 'scalar') return evaluate(test.value ? node.consequent : node.alternate, env);
  const [yes, no] = [evaluate(node.consequent, env), evaluate(node.alternate, env)];
  if (yes.kind === 'text' && no.kind === 'text' && yes.text === no.text) return yes;
  if (yes.kind === 'bytes' && no.kind === 'bytes') {
    const atLeast = Math.min(yes.size.atLeast, no.size.atLeast);
    const most = [yes.size.atMost, no.size.atMost];
    const atMost = most.includes(undefined)
      ? undefined
      : Math.max(...most.flatMap((one) => one ?? []));
    return { ...yes, size: { atLeast, ...(atMost === undefined ? {} : { atMost }) } };
  }
  // The same class of client either way is a client, only its configuration is open.
  if (
    yes.kind === 'instance' &&
    no.kind === 'instance' &&
    yes.of.path.join() === no.of.path.join()
  ) {
    return { ...yes, arguments: undefined };
  }
  return unknown(node);
}
