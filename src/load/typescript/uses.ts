import type { Variable } from '@typescript-eslint/scope-manager';
import type { CodeUse } from '../../inventory/index.js';
import type { Evaluator } from './evaluator.js';
import { followPatternOf, followText, type Flow, type Follower } from './follow.js';
import { usedByCall } from './uses-by-call.js';
import { keptIn } from './uses-kept.js';
import { is, isCall, isFunction, type CallNode, type SyntaxNode } from './syntax.js';

const STEPS_MAX = 2_000;

/** What becomes of what a call returns, in the order of the code. */
export function usesOf(
  call: CallNode,
  evaluator: Evaluator,
  addressOf: Follower['addressOf'],
): readonly CodeUse[] {
  const uses = new Map<string, CodeUse>();
  const seen = new Set<string>();
  const { code } = evaluator;
  let steps = 0;
  const follower: Follower = {
    evaluator,
    addressOf,
    use(flow, kind, node, more = {}) {
      const output = flow.path[0] ?? '';
      const span = code.spanOf(node);
      const known = `${kind} ${output} ${String(span.start)} ${more.call ?? ''} ${more.field ?? ''}`;
      if (uses.has(known)) return;
      const converted = flow.converted === undefined ? {} : { converted: flow.converted };
      uses.set(known, { output, kind, ...more, ...converted, span });
    },
    follow(node, flow) {
      const { parent } = node;
      const known = `${String(node.range[0])}-${String(node.range[1])} ${node.type} ${flow.path.join('.')} ${flow.fields.join('.')} ${flow.converted ?? ''}`;
      steps += 1;
      if (!parent || steps > STEPS_MAX || seen.has(known)) return;
      seen.add(known);
      followInto(parent, node, flow, follower);
    },
    followName(name, flow) {
      const variable = code.variableOf(name);
      if (variable !== undefined) followVariable(variable, flow, follower);
    },
  };
  const whole: Flow = { origin: call, path: [], fields: [], isBuffer: false, depth: 0 };
  follower.follow(call, whole);
  const callback = call.arguments.at(-1);
  const isOld = evaluator.libraryCall(call)?.api === 'aws-sdk-v2';
  if (isOld && isFunction(callback) && callback.params[1]) {
    followPatternOf(callback.params[1], whole, follower);
  }
  return [...uses.values()].sort((a, b) => a.span.start - b.span.start);
}

function followInto(parent: SyntaxNode, node: SyntaxNode, flow: Flow, follower: Follower): void {
  const { follow, followName, use } = follower;
  if (isTransparent(parent, node)) follow(parent, flow);
  else if (is(parent, 'MemberExpression')) followMember(parent, node, flow, follower);
  else if (isCall(parent)) usedByCall(parent, node, flow, follower);
  else if (is(parent, 'Property')) {
    if (parent.value !== node || !is(parent.parent, 'ObjectExpression')) return;
    const { key } = parent;
    const name =
      is(key, 'Identifier') && !parent.computed
        ? key.name
        : is(key, 'Literal')
          ? String(key.value)
          : '*';
    follow(parent.parent, { ...flow, fields: [name, ...flow.fields] });
  } else if (is(parent, 'TemplateLiteral')) followText(parent, 'template', flow, follower);
  else if (is(parent, 'BinaryExpression')) {
    if (parent.operator === '+') followText(parent, 'concatenation', flow, follower);
  } else if (is(parent, 'VariableDeclarator')) {
    if (parent.init === node) followPatternOf(parent.id, flow, follower);
  } else if (is(parent, 'AssignmentExpression')) {
    if (parent.right !== node) return;
    if (is(parent.left, 'MemberExpression')) keptIn(parent.left, parent, flow, follower);
    else followPatternOf(parent.left, flow, follower);
  } else if (is(parent, 'PropertyDefinition')) {
    if (parent.value === node)
      use(flow, 'kept', parent, { to: follower.evaluator.code.textOf(parent.key) });
  } else if (
    is(parent, 'ReturnStatement') ||
    (is(parent, 'ArrowFunctionExpression') && parent.body === node)
  ) {
    followReturn(parent, flow, follower);
  } else if (is(parent, 'YieldExpression')) use(flow, 'returned', parent);
  else if (is(parent, 'ThrowStatement')) use(flow, 'thrown', parent);
  else if (is(parent, 'ExportDefaultDeclaration'))
    use(flow, 'kept', parent, { to: 'export default' });
  else if (is(parent, 'JSXExpressionContainer')) use(flow, 'sent', parent, { to: 'JSX' });
  else if (is(parent, 'AssignmentPattern') && parent.right === node) followName(parent.left, flow);
}

/** Whether an expression is, or holds, the very value that its part is. */
function isTransparent(parent: SyntaxNode, node: SyntaxNode): boolean {
  if (is(parent, 'ConditionalExpression')) return parent.test !== node;
  if (is(parent, 'LogicalExpression')) return parent.operator !== '&&' || parent.right === node;
  if (is(parent, 'SequenceExpression')) return parent.expressions.at(-1) === node;
  return is(
    parent,
    'AwaitExpression',
    'ChainExpression',
    'TSAsExpression',
    'TSNonNullExpression',
    'TSSatisfiesExpression',
    'TSTypeAssertion',
    'ArrayExpression',
    'SpreadElement',
  );
}

function followMember(member: SyntaxNode, node: SyntaxNode, flow: Flow, follower: Follower): void {
  if (!is(member, 'MemberExpression') || member.object !== node) return;
  if (isCall(member.parent) && member.parent.callee === member) {
    usedByCall(member.parent, member, flow, follower);
    return;
  }
  const { property } = member;
  const name =
    is(property, 'Identifier') && !member.computed
      ? property.name
      : is(property, 'Literal')
        ? String(property.value)
        : undefined;
  const [field, ...rest] = flow.fields;
  if (field !== undefined) {
    // Of an object that holds the value somewhere, only that part matters.
    if (name === undefined || field === name || field === '*')
      follower.follow(member, { ...flow, fields: rest });
    else if (/^\d+$/.test(name)) follower.follow(member, flow);
    return;
  }
  if (name === 'length' || name === 'byteLength') return;
  const isWithin = flow.converted !== undefined || flow.path.length > 0;
  if (isWithin && (name === undefined || name === 'buffer')) follower.follow(member, flow);
  else if (name !== undefined && flow.converted === undefined) {
    follower.follow(member, /^\d+$/.test(name) ? flow : { ...flow, path: [...flow.path, name] });
  }
}

function followVariable(variable: Variable, flow: Flow, follower: Follower): void {
  const [name] = variable.identifiers;
  const isOutside = is(variable.scope.block, 'Program');
  if (isOutside && name !== undefined && (flow.path.length > 0 || flow.fields.length > 0)) {
    follower.use(flow, 'kept', name, { to: variable.name });
  }
  for (const reference of variable.references) {
    if (reference.isRead()) follower.follow(reference.identifier, flow);
  }
}

/** Out of a function: to whoever awaits it where that is seen, and to unknown callers otherwise. */
function followReturn(node: SyntaxNode, flow: Flow, follower: Follower): void {
  let around: SyntaxNode | undefined = is(node, 'ReturnStatement') ? node.parent : node;
  while (around && !isFunction(around)) around = around.parent;
  if (!isFunction(around)) return;
  const { parent } = around;
  // What the function given to `new Promise` returns is dropped.
  if (is(parent, 'NewExpression') && parent.callee !== around) return;
  // A callback of `then` or `map`, or a function that is called where it stands.
  if (isCall(parent) && (parent.callee === around || isPassedOn(parent, around))) {
    follower.follow(parent, flow);
    return;
  }
  follower.use(flow, 'returned', node);
}

const passingOn = new Set(['then', 'map', 'flatMap', 'filter', 'find', 'reduce']);

function isPassedOn(call: CallNode, callback: SyntaxNode): boolean {
  const { callee } = call;
  if (!is(callee, 'MemberExpression') || !is(callee.property, 'Identifier')) return false;
  return call.arguments[0] === callback && passingOn.has(callee.property.name);
}
