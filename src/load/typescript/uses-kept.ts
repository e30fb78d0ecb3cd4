import { is, type NodeOf, type SyntaxNode } from './syntax.js';
import type { Flow, Follower } from './follow.js';

/** The value is put into a field: of a local object, where it can be followed, or of one that outlives the function. */
export function keptIn(
  target: NodeOf<'MemberExpression'>,
  node: SyntaxNode,
  flow: Flow,
  { evaluator: { code }, use, followName }: Follower,
): void {
  const to = code.textOf(target);
  if (/^process\.env\b/.test(to)) {
    use(flow, 'stored', node, { to });
    return;
  }
  if (/^(?:res|response|ctx|reply)\./.test(to)) {
    use(flow, 'sent', node, { to });
    return;
  }
  const { object, property } = target;
  const definition = is(object, 'Identifier') ? code.variableOf(object)?.defs[0] : undefined;
  const isLocal = is(definition?.node, 'VariableDeclarator');
  if (isLocal && is(property, 'Identifier') && !target.computed) {
    followName(object, { ...flow, fields: [property.name, ...flow.fields] });
    return;
  }
  use(flow, 'kept', node, { to });
}
