import type { Definition, Variable } from '@typescript-eslint/scope-manager';
import { hole } from '../../source/index.js';
import { symbolOfImport } from './imports.js';
import type { Env, Evaluator } from './evaluator.js';
import { enumOf } from './enums.js';
import { followPattern } from './pattern.js';
import { is, isClass, isFunction, type NodeOf, type SyntaxNode } from './syntax.js';
import { instanceOfType } from './types.js';
import { text, type FieldValue, type ObjectValue, type Value } from './value.js';

/** What a name stands for. */
export function evaluateVariable(
  node: NodeOf<'Identifier'>,
  env: Env,
  evaluator: Evaluator,
): Value {
  const { code, unknown } = evaluator;
  const variable = code.variableOf(node);
  const span = code.spanOf(node);
  if (variable === undefined || variable.defs.length === 0) {
    if (node.name === 'undefined') return { kind: 'absent', span };
    return node.name === '__dirname'
      ? text(hole(code.source.path, '__dirname'), span)
      : unknown(node);
  }
  const given = env.get(variable);
  if (given !== undefined) return given;
  const [definition, ...others] = variable.defs;
  if (definition === undefined || others.length > 0) return unknown(node);
  return valueOfDefinition(variable, definition, node, env, evaluator);
}

function valueOfDefinition(
  variable: Variable,
  definition: Definition,
  node: NodeOf<'Identifier'>,
  env: Env,
  evaluator: Evaluator,
): Value {
  const { code, unknown } = evaluator;
  const defined: SyntaxNode = definition.node;
  if (
    is(
      defined,
      'ImportSpecifier',
      'ImportDefaultSpecifier',
      'ImportNamespaceSpecifier',
      'TSImportEqualsDeclaration',
    )
  ) {
    return symbolOfImport(defined, code.spanOf(node)) ?? unknown(node);
  }
  if (is(defined, 'TSEnumDeclaration')) return enumOf(defined, evaluator);
  if (isClass(defined)) return { kind: 'class', node: defined, span: code.spanOf(defined) };
  if (isFunction(defined)) {
    return definition.name === defined.id
      ? { kind: 'function', node: defined, span: code.spanOf(defined) }
      : valueOfParameter(variable, definition.name, node, env, evaluator);
  }
  return is(defined, 'VariableDeclarator')
    ? valueOfDeclared(variable, defined, node, env, evaluator)
    : unknown(node);
}

function valueOfParameter(
  variable: Variable,
  name: SyntaxNode,
  node: NodeOf<'Identifier'>,
  env: Env,
  evaluator: Evaluator,
): Value {
  const { parent } = name;
  const isOptional = is(parent, 'AssignmentPattern') && parent.left === name;
  const usual = isOptional ? evaluator.evaluate(parent.right, env) : undefined;
  // A client that is handed in is one for tests, more often than not.
  if (usual?.kind === 'instance') return usual;
  const typed = is(name, 'Identifier') ? instanceOfType(name.typeAnnotation, evaluator) : undefined;
  const value = typed ?? awaitedBy(name, env, evaluator) ?? evaluator.unknown(node, 'parameter');
  const isChanged = variable.references.some((one) => one.isWrite() && one.init !== true);
  if (isChanged || value.kind !== 'unknown' || usual === undefined) return value;
  return { ...value, fallback: usual };
}

/** The parameter of the function given to `then`, or of the callback of an old SDK's operation. */
function awaitedBy(name: SyntaxNode, env: Env, evaluator: Evaluator): Value | undefined {
  let root = name;
  while (root.parent && !isFunction(root.parent)) root = root.parent;
  const called = root.parent;
  if (!isFunction(called) || !is(called.parent, 'CallExpression')) return undefined;
  const call = called.parent;
  const at = called.params.findIndex((parameter) => parameter === root);
  const { callee } = call;
  if (!is(callee, 'MemberExpression') || !is(callee.property, 'Identifier')) return undefined;
  const isThen = callee.property.name === 'then' && at === 0 && call.arguments[0] === called;
  const library = isThen ? undefined : evaluator.libraryCall(call);
  const isCallback = library?.api === 'aws-sdk-v2' && at === 1;
  if (!isThen && !isCallback) return undefined;
  const value = isThen ? evaluator.evaluate(callee.object, env) : evaluator.evaluate(call, env);
  return value.kind === 'unknown' ? undefined : followPattern(name, root, value, env, evaluator);
}

function valueOfDeclared(
  variable: Variable,
  declarator: NodeOf<'VariableDeclarator'>,
  node: NodeOf<'Identifier'>,
  env: Env,
  evaluator: Evaluator,
): Value {
  const { code, evaluate, unknown } = evaluator;
  const writes = variable.references.filter((reference) => reference.isWrite());
  const [write, ...others] = writes;
  const name = variable.identifiers[0];
  if (write === undefined || others.length > 0 || name === undefined) {
    const typed = is(name, 'Identifier')
      ? instanceOfType(name.typeAnnotation, evaluator)
      : undefined;
    return typed ?? unknown(node);
  }
  const { init } = declarator;
  if (write.init === true && init !== null) {
    const value = followPattern(name, declarator.id, evaluate(init, env), env, evaluator);
    if (value === undefined) return unknown(node);
    return value.kind === 'object' ? withAssigned(value, variable, env, evaluator) : value;
  }
  // Set once and somewhere else, as in `beforeAll`; a `for … of` sets it in every round.
  const { parent } = write.identifier;
  const isPlain = is(parent, 'AssignmentExpression') && parent.left === write.identifier;
  if (!isPlain || parent.operator === '+=') return unknown(node);
  const value = evaluate(parent.right, env);
  return value.kind === 'unknown' ? { ...value, span: code.spanOf(node) } : value;
}

/** An object with the fields that are assigned to it one by one: `input.KeyId = …`. */
function withAssigned(
  value: ObjectValue,
  variable: Variable,
  env: Env,
  evaluator: Evaluator,
): ObjectValue {
  const { code, evaluate, unknown } = evaluator;
  const fields = new Map(value.fields.map((field) => [field.name, field]));
  let { open } = value;
  const put = (name: string, field: FieldValue): void => {
    fields.set(
      name,
      fields.has(name) ? { ...field, value: unknown(memberNode(field, variable)) } : field,
    );
  };
  const memberNode = (_: FieldValue, of: Variable): SyntaxNode => of.identifiers[0] ?? code.program;
  for (const { identifier } of variable.references) {
    const member = identifier.parent;
    if (!is(member, 'MemberExpression') || member.object !== identifier) continue;
    const assignment = member.parent;
    if (!is(assignment, 'AssignmentExpression') || assignment.left !== member) continue;
    if (!is(member.property, 'Identifier') || member.computed) {
      open = true;
      continue;
    }
    const isSure =
      is(assignment.parent, 'ExpressionStatement') &&
      is(assignment.parent.parent, 'BlockStatement', 'Program') &&
      !is(assignment.parent.parent.parent, 'IfStatement');
    put(member.property.name, {
      name: member.property.name,
      nameSpan: code.spanOf(member.property),
      span: code.spanOf(assignment),
      value: isSure ? evaluate(assignment.right, env) : unknown(member),
    });
  }
  return { ...value, fields: [...fields.values()], open };
}
