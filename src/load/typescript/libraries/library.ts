import type { Evaluator } from '../evaluator.js';
import type { LibraryCall } from '../library-call.js';
import { is, type CallNode, type NodeOf } from '../syntax.js';
import type { SymbolValue, Value } from '../value.js';

/** Knows the calls of one library. */
export type Library = (node: CallNode, evaluator: Evaluator) => LibraryCall | undefined;

/** What a call calls, where that is something that a known module exports. */
export function calledSymbol(
  { callee }: CallNode,
  { evaluate }: Evaluator,
  ...modules: readonly string[]
): SymbolValue | undefined {
  if (!is(callee, 'Identifier', 'MemberExpression')) return undefined;
  const value = evaluate(callee);
  return value.kind === 'symbol' && modules.includes(value.module) ? value : undefined;
}

/** The method that a call calls, and the value that it is a method of. */
export interface CalledMethod {
  readonly name: string;
  readonly on: Value;
}

export function calledMethod(node: CallNode, evaluator: Evaluator): CalledMethod | undefined {
  const { callee } = node;
  if (!is(node, 'CallExpression') || !is(callee, 'MemberExpression')) return undefined;
  const name = methodName(callee);
  return name === undefined ? undefined : { name, on: evaluator.evaluate(callee.object) };
}

function methodName({ property, computed }: NodeOf<'MemberExpression'>): string | undefined {
  if (is(property, 'Literal')) return String(property.value);
  return !computed && is(property, 'Identifier') ? property.name : undefined;
}

/** `GenerateDataKey` of `generateDataKey`. */
export function operationOf(method: string): string {
  return method.charAt(0).toUpperCase() + method.slice(1);
}
