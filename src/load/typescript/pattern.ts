import type { Env, Evaluator } from './evaluator.js';
import { memberOf } from './member.js';
import { is, type SyntaxNode } from './syntax.js';
import type { Value } from './value.js';

/** One step from a whole value into what a name of a pattern takes of it. */
export type PatternStep =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'default'; readonly node: SyntaxNode }
  | { readonly kind: 'rest' };

/** The way from the whole pattern to one name in it; `undefined` where the code does not tell. */
export function stepsTo(name: SyntaxNode, root: SyntaxNode): readonly PatternStep[] | undefined {
  const steps: PatternStep[] = [];
  let at = name;
  while (at !== root) {
    const { parent } = at;
    if (!parent) return undefined;
    if (is(parent, 'AssignmentPattern')) steps.unshift({ kind: 'default', node: parent.right });
    else if (is(parent, 'RestElement')) steps.unshift({ kind: 'rest' });
    else if (is(parent, 'Property')) {
      const { key, computed } = parent;
      if (computed) return undefined;
      if (is(key, 'Identifier')) steps.unshift({ kind: 'field', name: key.name });
      else if (is(key, 'Literal')) steps.unshift({ kind: 'field', name: String(key.value) });
    } else if (is(parent, 'ArrayPattern')) {
      const index = parent.elements.findIndex((element) => element === at);
      steps.unshift({ kind: 'field', name: String(index) });
    } else if (!is(parent, 'ObjectPattern', 'TSParameterProperty')) return undefined;
    at = parent;
  }
  return steps;
}

/** What a name in a pattern takes of the value that the whole pattern is given. */
export function followPattern(
  name: SyntaxNode,
  root: SyntaxNode,
  whole: Value,
  env: Env,
  { code, evaluate }: Evaluator,
): Value | undefined {
  const steps = stepsTo(name, root);
  if (steps === undefined) return undefined;
  let value: Value | undefined = whole;
  for (const step of steps) {
    if (step.kind === 'field') value = value && memberOf(value, step.name, code.spanOf(name));
    else if (step.kind === 'rest')
      value = value?.kind === 'object' ? { ...value, open: true } : value;
    else if (value?.kind === 'absent') value = evaluate(step.node, env);
    else if (value?.kind === 'unknown') value = { ...value, fallback: evaluate(step.node, env) };
  }
  return value;
}
