import type { Evaluator } from './evaluator.js';
import type { CallNode } from './syntax.js';
import { originOf, text, type Value } from './value.js';

/** What `JSON.stringify` makes of a value, with holes for what is not known. */
export function jsonText(value: Value, node: CallNode, evaluator: Evaluator): Value {
  const spelled = node.arguments.length > 1 ? undefined : printed(value);
  if (value.kind === 'output') return { ...value, encoding: 'json' };
  const span = evaluator.code.spanOf(node);
  if (spelled === undefined) return evaluator.unknown(node, originOf(value));
  return text(spelled, span, originOf(value));
}

function printed(value: Value): string | undefined {
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.text);
    case 'scalar':
      return JSON.stringify(value.value);
    case 'list': {
      const items = value.items.map((item) => (item.kind === 'absent' ? 'null' : printed(item)));
      return value.open || items.includes(undefined) ? undefined : `[${items.join(',')}]`;
    }
    case 'object': {
      const present = value.fields.filter((field) => field.value.kind !== 'absent');
      const fields = present.map((field) => {
        const inner = printed(field.value);
        return inner === undefined ? undefined : `${JSON.stringify(field.name)}:${inner}`;
      });
      return value.open || fields.includes(undefined) ? undefined : `{${fields.join(',')}}`;
    }
    case 'unknown':
      return value.text;
    case 'bytes':
    case 'output':
    case 'symbol':
    case 'instance':
    case 'function':
    case 'class':
    case 'absent':
      return undefined;
  }
}
