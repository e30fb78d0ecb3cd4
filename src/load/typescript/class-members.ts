import type { Evaluator } from './evaluator.js';
import { classAround } from './names.js';
import {
  is,
  isFunction,
  type ClassNode,
  type Code,
  type NodeOf,
  type SyntaxNode,
} from './syntax.js';
import { instanceOfType } from './types.js';
import type { Value } from './value.js';

/** What `this.name` is in the methods of a class, where all of it is set in one place. */
export function classMember(
  owner: ClassNode,
  name: string,
  evaluator: Evaluator,
): Value | undefined {
  const { code, evaluate } = evaluator;
  const declared = owner.body.body.find((member) => nameOfMember(member) === name);
  if (is(declared, 'MethodDefinition')) {
    const { value } = declared;
    return isFunction(value)
      ? { kind: 'function', node: value, span: code.spanOf(value) }
      : undefined;
  }
  const property = is(declared, 'PropertyDefinition') ? declared : undefined;
  const assigned = assignmentsIn(code).get(owner)?.get(name) ?? [];
  const parameter = parameterProperty(owner, name);
  const values = [property?.value, ...assigned].flatMap((value) => value ?? []);
  const [only, ...others] = values;
  const { parent } = parameter ?? {};
  const usual = is(parent, 'AssignmentPattern') ? evaluate(parent.right) : undefined;
  const typed =
    (usual?.kind === 'instance' ? usual : undefined) ??
    instanceOfType(property?.typeAnnotation, evaluator) ??
    (is(parameter, 'Identifier') ? instanceOfType(parameter.typeAnnotation, evaluator) : undefined);
  if (only === undefined || others.length > 0) return typed;
  const value = evaluate(only);
  return value.kind === 'unknown' ? (typed ?? value) : value;
}

/** What `Class.name` is. */
export function staticMember(
  owner: ClassNode,
  name: string,
  { code, evaluate }: Evaluator,
): Value | undefined {
  const member = owner.body.body.find((one) => nameOfMember(one) === name);
  if (is(member, 'PropertyDefinition') && member.static) return evaluate(member.value);
  if (!is(member, 'MethodDefinition') || !member.static || !isFunction(member.value))
    return undefined;
  return { kind: 'function', node: member.value, span: code.spanOf(member) };
}

function nameOfMember(member: SyntaxNode): string | undefined {
  if (!is(member, 'MethodDefinition', 'PropertyDefinition')) return undefined;
  const { key } = member;
  if (is(key, 'PrivateIdentifier')) return `#${key.name}`;
  return is(key, 'Identifier') ? key.name : undefined;
}

/** `constructor(private readonly kms: KMSClient)`. */
function parameterProperty(owner: ClassNode, name: string): SyntaxNode | undefined {
  for (const member of owner.body.body) {
    if (!is(member, 'MethodDefinition') || member.kind !== 'constructor') continue;
    for (const parameter of member.value.params) {
      if (!is(parameter, 'TSParameterProperty')) continue;
      const inner = parameter.parameter;
      const named = is(inner, 'AssignmentPattern') ? inner.left : inner;
      if (is(named, 'Identifier') && named.name === name) return named;
    }
  }
  return undefined;
}

type Assignments = ReadonlyMap<ClassNode, ReadonlyMap<string, readonly SyntaxNode[]>>;

const known = new WeakMap<Code, Assignments>();

/** What is assigned to the fields of each class, by `this.name = …`. */
function assignmentsIn(code: Code): Assignments {
  const before = known.get(code);
  if (before !== undefined) return before;
  const found = new Map<ClassNode, Map<string, SyntaxNode[]>>();
  for (const node of code.nodes) {
    if (!is(node, 'AssignmentExpression')) continue;
    const target = thisMember(node.left);
    const owner = classAround(node);
    if (target === undefined || owner === undefined) continue;
    const fields = found.get(owner) ?? new Map<string, SyntaxNode[]>();
    fields.set(target, [...(fields.get(target) ?? []), node.right]);
    found.set(owner, fields);
  }
  known.set(code, found);
  return found;
}

function thisMember(node: SyntaxNode): string | undefined {
  if (!is(node, 'MemberExpression') || !is(node.object, 'ThisExpression')) return undefined;
  return memberKey(node);
}

function memberKey({ property, computed }: NodeOf<'MemberExpression'>): string | undefined {
  if (is(property, 'PrivateIdentifier')) return `#${property.name}`;
  return !computed && is(property, 'Identifier') ? property.name : undefined;
}
