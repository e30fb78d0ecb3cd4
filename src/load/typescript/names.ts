import type { Code, ClassNode, FunctionNode, SyntaxNode } from './syntax.js';
import { is, isCall, isClass, isFunction } from './syntax.js';

/** What a function, method, class or property is called in the code; `undefined` for one without a name. */
export function nameOf(node: SyntaxNode, code: Code): string | undefined {
  if ((isFunction(node) || isClass(node)) && node.id) return node.id.name;
  if (is(node, 'MethodDefinition', 'PropertyDefinition', 'Property', 'AccessorProperty')) {
    const { key, computed } = node;
    if (!computed && is(key, 'Identifier', 'PrivateIdentifier')) return key.name;
    return is(key, 'Literal') ? String(key.value) : undefined;
  }
  const { parent } = node;
  if (is(parent, 'VariableDeclarator') && parent.init === node) {
    return is(parent.id, 'Identifier') ? parent.id.name : undefined;
  }
  if (is(parent, 'AssignmentExpression') && parent.right === node) {
    return code.textOf(parent.left).replace(/^(?:module\.)?exports\.|^this\./, '');
  }
  if (is(parent, 'MethodDefinition', 'PropertyDefinition', 'Property')) return nameOf(parent, code);
  // A wrapper such as `middy(async () => …)` passes its name on.
  if (isCall(parent) && parent.arguments[0] === node && !is(parent.parent, 'ExpressionStatement')) {
    return nameOf(parent, code);
  }
  return undefined;
}

/** The names of the classes and functions around a node, outermost first. */
export function namesAround(node: SyntaxNode, code: Code): readonly string[] {
  const names: string[] = [];
  for (let at = node.parent; at; at = at.parent) {
    if (isFunction(at) || isClass(at)) names.unshift(nameOf(at, code) ?? ANONYMOUS);
  }
  return names;
}

const ANONYMOUS = '(anonymous)';

/** The function whose body a node is in. */
export function functionAround(node: SyntaxNode): FunctionNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

/** The class that `this` is an object of. */
export function classAround(node: SyntaxNode): ClassNode | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (isClass(at)) return at;
    if (is(at, 'FunctionDeclaration')) return undefined;
    if (is(at, 'FunctionExpression') && !is(at.parent, 'MethodDefinition')) return undefined;
  }
  return undefined;
}
