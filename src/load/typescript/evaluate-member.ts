import { hole } from '../../source/index.js';
import { classMember, staticMember } from './class-members.js';
import type { Env, Evaluator } from './evaluator.js';
import { memberOf } from './member.js';
import { classAround } from './names.js';
import { is, type NodeOf } from './syntax.js';
import { text, type Value } from './value.js';

/** What `a.b`, `a['b']` and `a[0]` come to. */
export function evaluateMember(
  node: NodeOf<'MemberExpression'>,
  env: Env,
  evaluator: Evaluator,
): Value {
  const { code, evaluate, unknown } = evaluator;
  const span = code.spanOf(node);
  const name = memberName(node, env, evaluator);
  if (isEnvironment(node.object, evaluator)) return text(unknown(node).text, span, 'environment');
  if (is(node.object, 'MetaProperty')) {
    const isPlace = name === 'dirname' || name === 'url';
    return isPlace
      ? text(hole(code.source.path, name === 'url' ? 'import.meta.url' : '__dirname'), span)
      : unknown(node);
  }
  if (name === undefined) return unknown(node);
  if (is(node.object, 'ThisExpression')) {
    const owner = classAround(node.object);
    return (owner && classMember(owner, name, evaluator)) ?? unknown(node);
  }
  const whole = evaluate(node.object, env);
  if (whole.kind === 'class') return staticMember(whole.node, name, evaluator) ?? unknown(node);
  const origin = whole.kind === 'unknown' ? whole.origin : 'unknown';
  return memberOf(whole, name, span) ?? unknown(node, origin);
}

/** The name of a member, where the code tells it. */
export function memberName(
  node: NodeOf<'MemberExpression'>,
  env: Env,
  { evaluate }: Evaluator,
): string | undefined {
  const { property } = node;
  if (is(property, 'PrivateIdentifier')) return `#${property.name}`;
  if (!node.computed && is(property, 'Identifier')) return property.name;
  const value = evaluate(node.property, env);
  if (value.kind === 'text') return value.text;
  return value.kind === 'scalar' ? String(value.value) : undefined;
}

/** `process.env`, `import.meta.env` and names for them. */
function isEnvironment(node: NodeOf<'MemberExpression'>['object'], { code }: Evaluator): boolean {
  if (is(node, 'Identifier')) {
    const [definition] = code.variableOf(node)?.defs ?? [];
    const declared = definition?.node;
    const init =
      is(declared, 'VariableDeclarator') && is(declared.id, 'Identifier') ? declared.init : null;
    return init !== null && /^process\.env$/.test(code.textOf(init));
  }
  return /^(?:(?:globalThis\.)?process\.env|import\.meta\.env|Bun\.env)$/.test(code.textOf(node));
}
