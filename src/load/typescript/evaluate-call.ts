import type { Variable } from '@typescript-eslint/scope-manager';
import { builtIn } from './built-ins.js';
import { memberName } from './evaluate-member.js';
import type { Env, Evaluator } from './evaluator.js';
import { symbolOfModule } from './imports.js';
import {
  is,
  isFunction,
  type CallNode,
  type FunctionNode,
  type NodeOf,
  type SyntaxNode,
} from './syntax.js';
import type { Value } from './value.js';

/** What a call returns, or the creation of an object makes. */
export function evaluateCall(node: CallNode, env: Env, evaluator: Evaluator): Value {
  const { code, evaluate, unknown } = evaluator;
  const span = code.spanOf(node);
  if (evaluator.libraryCall(node) !== undefined) return { kind: 'output', node, path: [], span };
  const imported = importedBy(node, evaluator);
  if (imported !== undefined) return imported;
  const { callee } = node;
  const passed = is(callee, 'MemberExpression')
    ? passedOn(node, callee, env, evaluator)
    : undefined;
  if (passed !== undefined) return passed;
  const known = builtIn(node, env, evaluator);
  if (known !== undefined) return known;
  const called = is(callee, 'Super') ? unknown(node) : evaluate(callee, env);
  if (called.kind === 'symbol') {
    if (is(node, 'NewExpression')) {
      const given = node.arguments.map((argument) => evaluate(argument, env));
      return { kind: 'instance', of: called, arguments: given, node, span };
    }
    return { ...called, path: [...called.path, '()'], span };
  }
  if (called.kind === 'function' && is(node, 'CallExpression')) {
    return resultOf(called.node, node, env, evaluator) ?? unknown(node);
  }
  return unknown(node);
}

/** `require('…')` and `import('…')`. */
function importedBy(node: CallNode, { code }: Evaluator): Value | undefined {
  if (!is(node, 'CallExpression') || !is(node.callee, 'Identifier')) return undefined;
  if (node.callee.name !== 'require' || code.variableOf(node.callee)?.defs.length) return undefined;
  return symbolOfModule(node.arguments[0], code.spanOf(node));
}

/** What a method passes on: a promise of the old SDK, a binary value seen otherwise, a client under observation. */
function passedOn(
  node: CallNode,
  callee: NodeOf<'MemberExpression'>,
  env: Env,
  evaluator: Evaluator,
): Value | undefined {
  const { evaluate } = evaluator;
  const name = memberName(callee, env, evaluator) ?? '';
  if (/^captureAWS(?:v3)?Client$/.test(name)) return evaluate(node.arguments[0], env);
  if (/^captureAWS$/.test(name)) return evaluate(node.arguments[0], env);
  if (name === 'promise' || name === 'catch' || name === 'finally') {
    const value = evaluate(callee.object, env);
    return value.kind === 'output' ? value : undefined;
  }
  if (name !== 'then') return undefined;
  const [callback] = node.arguments;
  return isFunction(callback) ? returnedBy(callback, env, evaluator) : undefined;
}

/** What a function of the same file returns for the arguments of a call. */
function resultOf(
  called: FunctionNode,
  node: NodeOf<'CallExpression'>,
  env: Env,
  evaluator: Evaluator,
): Value | undefined {
  const given = new Map<Variable, Value>();
  for (const [at, parameter] of called.params.entries()) {
    const pattern = is(parameter, 'AssignmentPattern') ? parameter.left : parameter;
    if (!is(pattern, 'Identifier')) continue;
    const variable = evaluator.code.variableOf(pattern);
    const argument: SyntaxNode | undefined = node.arguments[at];
    if (variable === undefined || is(argument, 'SpreadElement')) continue;
    if (argument !== undefined) given.set(variable, evaluator.evaluate(argument, env));
    else if (is(parameter, 'AssignmentPattern'))
      given.set(variable, evaluator.evaluate(parameter.right, env));
  }
  return returnedBy(called, given, evaluator);
}

/** What a function returns that has one way out: an expression, or a body that ends with the only `return`. */
function returnedBy(called: FunctionNode, env: Env, { evaluate }: Evaluator): Value | undefined {
  const { body } = called;
  if (called.generator) return undefined;
  if (!is(body, 'BlockStatement')) return evaluate(body, env);
  const last = body.body.at(-1);
  if (!is(last, 'ReturnStatement') || !last.argument) return undefined;
  return body.body.slice(0, -1).every(isStraight) ? evaluate(last.argument, env) : undefined;
}

function isStraight(statement: SyntaxNode): boolean {
  return is(statement, 'VariableDeclaration', 'ExpressionStatement', 'FunctionDeclaration');
}
