import type { Evaluator } from './evaluator.js';
import { is, type NodeOf } from './syntax.js';
import type { FieldValue, Value } from './value.js';

/** An enumeration as the object that it is when it runs. */
export function enumOf(node: NodeOf<'TSEnumDeclaration'>, evaluator: Evaluator): Value {
  const { code, evaluate } = evaluator;
  let next = 0;
  const fields = node.body.members.map((member): FieldValue => {
    const span = code.spanOf(member);
    const name = nameOf(member.id, evaluator);
    const given = member.initializer && evaluate(member.initializer);
    const value: Value = given ?? { kind: 'scalar', value: next, span };
    if (value.kind === 'scalar' && typeof value.value === 'number') next = value.value + 1;
    return { name, nameSpan: code.spanOf(member.id), span, value };
  });
  return { kind: 'object', fields, open: false, span: code.spanOf(node) };
}

function nameOf(id: NodeOf<'TSEnumMember'>['id'], { code }: Evaluator): string {
  if (is(id, 'Identifier')) return id.name;
  return is(id, 'Literal') ? id.value : code.textOf(id);
}
