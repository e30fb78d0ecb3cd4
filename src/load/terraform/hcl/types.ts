import { find, type Node } from '../../../source/index.js';
import { listNode, textNode } from '../../make-node.js';
import type { Expression } from './syntax.js';
import { asText, isNull, isSet, isUnknown, markAsSet, nullNode, thingOf } from './value.js';

/**
 * A value as the type of a variable makes it: attributes that are left out of an object are null or
 * their default, numbers become texts where texts are asked for. What does not fit stays as it is.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
export function converted(
  value: Node,
  type: Expression,
  evaluate: (expression: Expression) => Node,
): Node {
  if (isNull(value) || isUnknown(value) || thingOf(value)) return value;
  if (type.kind === 'name') {
    const isText = type.name === 'string' && value.kind === 'scalar';
    return isText && typeof value.value !== 'string'
      ? textNode(asText(value) ?? '', value.span)
      : value;
  }
  if (type.kind !== 'call') return value;
  const [inner] = type.arguments;
  if (inner === undefined) return value;
  switch (type.name) {
    case 'optional':
      return converted(value, inner, evaluate);
    case 'list':
    case 'set': {
      if (value.kind !== 'sequence') return value;
      const items = value.items.map((item) => converted(item, inner, evaluate));
      const list = listNode(items, value.span);
      return type.name === 'set' || isSet(value) ? markAsSet(list) : list;
    }
    case 'map':
      return value.kind === 'mapping'
        ? {
            ...value,
            entries: value.entries.map((entry) => ({
              ...entry,
              value: converted(entry.value, inner, evaluate),
            })),
          }
        : value;
    case 'object':
      return inner.kind === 'object' ? asObject(value, inner, evaluate) : value;
  }
  return value;
}

function asObject(
  value: Node,
  type: Extract<Expression, { kind: 'object' }>,
  evaluate: (expression: Expression) => Node,
): Node {
  if (value.kind !== 'mapping') return value;
  const entries = type.entries.map(({ key: keyNode, value: inner }) => {
    const key = keyNode.kind === 'literal' ? String(keyNode.value) : '';
    const given = find(value, key);
    const isOptional = inner.kind === 'call' && inner.name === 'optional';
    const preset = isOptional ? inner.arguments[1] : undefined;
    const own =
      given === undefined || (isNull(given) && preset)
        ? preset
          ? evaluate(preset)
          : nullNode(value.span)
        : given;
    const keySpan = value.entries.find((entry) => entry.key === key)?.keySpan ?? value.span;
    return { key, keySpan, value: converted(own, inner, evaluate) };
  });
  return { ...value, entries };
}
