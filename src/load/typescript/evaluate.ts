import type { Files } from '../../source/index.js';
import { evaluateCall } from './evaluate-call.js';
import { evaluateMember } from './evaluate-member.js';
import { evaluateOperator } from './evaluate-operator.js';
import { evaluateVariable } from './evaluate-variable.js';
import type { Env, Evaluator } from './evaluator.js';
import { symbolOfModule } from './imports.js';
import { findLibraryCall } from './libraries/index.js';
import type { LibraryCall } from './library-call.js';
import {
  is,
  type CallNode,
  type Code,
  type NodeOf,
  type SyntaxKind,
  type SyntaxNode,
} from './syntax.js';
import { spread } from './spread.js';
import { textIn } from './text-in.js';
import { unknownText } from './unknown.js';
import { text, type FieldValue, type ListValue, type ObjectValue, type Value } from './value.js';

const STEPS_MAX = 200_000;
const DEPTH_MAX = 60;

const nothingGiven: Env = new Map();

/** An evaluator of one file. Within its limits it follows every name; beyond them all is unknown. */
export function createEvaluator(code: Code, files: Files): Evaluator {
  const values = new Map<SyntaxNode, Value>();
  const calls = new Map<CallNode, LibraryCall | undefined>();
  const open = new Set<SyntaxNode>();
  let steps = 0;
  let depth = 0;
  const evaluator: Evaluator = {
    code,
    files,
    unknown: (node, origin = 'unknown') => ({
      kind: 'unknown',
      text: unknownText(node, code),
      origin,
      span: code.spanOf(node),
    }),
    evaluate(node, env = nothingGiven) {
      if (!node) return { kind: 'absent', span: code.spanOf(code.program) };
      const known = env.size === 0 ? values.get(node) : undefined;
      if (known !== undefined) return known;
      steps += 1;
      const isCircular = env.size === 0 && open.has(node);
      if (isCircular || depth > DEPTH_MAX || steps > STEPS_MAX) return evaluator.unknown(node);
      open.add(node);
      depth += 1;
      const value = evaluateNode(node, env, evaluator);
      depth -= 1;
      open.delete(node);
      if (env.size === 0) values.set(node, value);
      return value;
    },
    libraryCall(node) {
      if (!calls.has(node)) {
        // What a call is may hang on itself, as in a loop that sets its own client.
        calls.set(node, undefined);
        calls.set(node, findLibraryCall(node, evaluator));
      }
      return calls.get(node);
    },
  };
  return evaluator;
}

type Evaluators = {
  readonly [Kind in SyntaxKind]?: (node: NodeOf<Kind>, env: Env, evaluator: Evaluator) => Value;
};

const evaluators: Evaluators = {
  Identifier: evaluateVariable,
  MemberExpression: evaluateMember,
  CallExpression: evaluateCall,
  NewExpression: evaluateCall,
  Literal: evaluateLiteral,
  TemplateLiteral: evaluateTemplate,
  ObjectExpression: evaluateObject,
  ArrayExpression: evaluateArray,
  BinaryExpression: evaluateOperator,
  LogicalExpression: evaluateOperator,
  UnaryExpression: evaluateOperator,
  ConditionalExpression: evaluateOperator,
  AwaitExpression: (node, env, { evaluate }) => evaluate(node.argument, env),
  ChainExpression: (node, env, { evaluate }) => evaluate(node.expression, env),
  TSAsExpression: (node, env, { evaluate }) => evaluate(node.expression, env),
  TSSatisfiesExpression: (node, env, { evaluate }) => evaluate(node.expression, env),
  TSNonNullExpression: (node, env, { evaluate }) => evaluate(node.expression, env),
  TSTypeAssertion: (node, env, { evaluate }) => evaluate(node.expression, env),
  TSInstantiationExpression: (node, env, { evaluate }) => evaluate(node.expression, env),
  AssignmentExpression: (node, env, { evaluate }) => evaluate(node.right, env),
  ImportExpression: (node, _, { code, unknown }) =>
    symbolOfModule(node.source, code.spanOf(node)) ?? unknown(node),
  SequenceExpression: (node, env, { evaluate }) => evaluate(node.expressions.at(-1), env),
  ArrowFunctionExpression: (node, _, { code }) => ({
    kind: 'function',
    node,
    span: code.spanOf(node),
  }),
  FunctionExpression: (node, _, { code }) => ({ kind: 'function', node, span: code.spanOf(node) }),
  ClassExpression: (node, _, { code }) => ({ kind: 'class', node, span: code.spanOf(node) }),
};

function evaluateNode(node: SyntaxNode, env: Env, evaluator: Evaluator): Value {
  // The table pairs each kind with a function for its nodes, which a lookup by a union cannot say.
  const evaluateKind = evaluators[node.type] as
    ((node: SyntaxNode, env: Env, evaluator: Evaluator) => Value) | undefined;
  return evaluateKind?.(node, env, evaluator) ?? evaluator.unknown(node);
}

function evaluateLiteral(node: NodeOf<'Literal'>, _: Env, { code, unknown }: Evaluator): Value {
  const span = code.spanOf(node);
  const { value } = node;
  if (typeof value === 'string') return text(value, span);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) {
    return 'regex' in node || 'bigint' in node ? unknown(node) : { kind: 'scalar', value, span };
  }
  return unknown(node);
}

function evaluateTemplate(node: NodeOf<'TemplateLiteral'>, env: Env, evaluator: Evaluator): Value {
  const parts = node.expressions.map((expression) => textIn(expression, env, evaluator));
  const whole = node.quasis
    .map(({ value }, at) => `${value.cooked ?? value.raw}${parts[at]?.text ?? ''}`)
    .join('');
  const origin = parts.find((part) => part.origin !== 'literal')?.origin ?? 'literal';
  return text(whole, evaluator.code.spanOf(node), origin);
}

function evaluateObject(
  node: NodeOf<'ObjectExpression'>,
  env: Env,
  evaluator: Evaluator,
): ObjectValue {
  const { code, evaluate } = evaluator;
  const fields = new Map<string, FieldValue>();
  let open = false;
  const put = (field: FieldValue): void => {
    fields.delete(field.name);
    fields.set(field.name, field);
  };
  for (const property of node.properties) {
    if (is(property, 'SpreadElement')) {
      open = spread(evaluate(property.argument, env), put) || open;
      continue;
    }
    const { key, computed, value } = property;
    const name = computed
      ? textIn(key, env, evaluator).text
      : 'name' in key && typeof key.name === 'string'
        ? key.name
        : 'value' in key
          ? String(key.value)
          : code.textOf(key);
    put({
      name,
      nameSpan: code.spanOf(key),
      span: code.spanOf(property),
      value: evaluate(value, env),
    });
  }
  return { kind: 'object', fields: [...fields.values()], open, span: code.spanOf(node) };
}

function evaluateArray(
  node: NodeOf<'ArrayExpression'>,
  env: Env,
  { code, evaluate }: Evaluator,
): ListValue {
  const items: Value[] = [];
  let open = false;
  for (const element of node.elements) {
    if (element === null) continue;
    if (!is(element, 'SpreadElement')) {
      items.push(evaluate(element, env));
      continue;
    }
    const inner = evaluate(element.argument, env);
    if (inner.kind === 'list') items.push(...inner.items);
    open ||= inner.kind !== 'list' || inner.open;
  }
  return { kind: 'list', items, open, span: code.spanOf(node) };
}
