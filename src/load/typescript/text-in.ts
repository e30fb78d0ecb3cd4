import type { Env, Evaluator } from './evaluator.js';
import type { SyntaxNode } from './syntax.js';
import type { Value } from './value.js';

/** What an expression adds to a text that it becomes part of. */
export function textIn(
  node: SyntaxNode,
  env: Env,
  evaluator: Evaluator,
): Pick<Extract<Value, { kind: 'text' }>, 'text' | 'origin'> {
  const value = evaluator.evaluate(node, env);
  switch (value.kind) {
    case 'text':
    case 'unknown':
      return value;
    case 'scalar':
      return { text: String(value.value), origin: 'literal' };
    case 'symbol':
    case 'bytes':
    case 'object':
    case 'list':
    case 'output':
    case 'instance':
    case 'function':
    case 'class':
    case 'absent':
      return evaluator.unknown(node);
  }
}
