import type { Evaluator } from './evaluator.js';
import { is, type SyntaxNode } from './syntax.js';
import type { InstanceValue, SymbolValue } from './value.js';

/** An object of a class of a known library, of which only the type is written. */
export function instanceOfType(
  annotation: SyntaxNode | null | undefined,
  evaluator: Evaluator,
): InstanceValue | undefined {
  const type = is(annotation, 'TSTypeAnnotation') ? annotation.typeAnnotation : annotation;
  if (!is(type, 'TSTypeReference')) return undefined;
  const of = symbolOfTypeName(type.typeName, evaluator);
  return of && { kind: 'instance', of, arguments: undefined, span: evaluator.code.spanOf(type) };
}

function symbolOfTypeName(node: SyntaxNode, evaluator: Evaluator): SymbolValue | undefined {
  if (is(node, 'TSQualifiedName')) {
    const left = symbolOfTypeName(node.left, evaluator);
    return left && { ...left, path: [...left.path, node.right.name] };
  }
  if (!is(node, 'Identifier')) return undefined;
  const value = evaluator.evaluate(node);
  return value.kind === 'symbol' ? value : undefined;
}
