import { passedText } from '../passed.js';
import { equalTexts, itemsOf, textOf, type Node, type Span } from '../../source/index.js';
import { warn, type Stack } from './stack.js';

/** Whether a condition of the template holds; `undefined` where only the deployment decides. */
export function holds(name: string, span: Span, stack: Stack): boolean | undefined {
  const { conditions } = stack.memory;
  if (conditions.has(name)) return conditions.get(name);
  const entry = stack.template.conditions.get(name);
  if (entry === undefined) {
    const message = `the condition \`${name}\` is not defined in this template`;
    warn(stack, 'cloudformation-reference', message, span, 'define it under `Conditions`');
    return undefined;
  }
  conditions.set(name, undefined);
  const result = decide(entry.value, stack);
  conditions.set(name, result);
  return result;
}

/** A condition expression in three-valued logic. */
function decide(node: Node, stack: Stack): boolean | undefined {
  if (node.kind === 'scalar') {
    const text = passedText(node);
    return text === 'true' ? true : text === 'false' ? false : undefined;
  }
  const [only] = node.kind === 'mapping' ? node.entries : [];
  if (only === undefined) return undefined;
  const parts = (): readonly (boolean | undefined)[] =>
    itemsOf(only.value).map((item) => decide(item, stack));
  switch (only.key) {
    case 'Condition': {
      const name = textOf(only.value);
      return name === undefined ? undefined : holds(name, only.value.span, stack);
    }
    case 'Fn::And':
      return all(parts());
    case 'Fn::Or':
      return negate(all(parts().map(negate)));
    case 'Fn::Not':
      return negate(parts()[0]);
    case 'Fn::Equals':
      return equals(only.value, stack);
    case 'Fn::If': {
      const [name, whenTrue, whenFalse] = itemsOf(only.value);
      const choice =
        textOf(name) === undefined ? undefined : holds(textOf(name) ?? '', node.span, stack);
      const branch = choice === undefined ? undefined : choice ? whenTrue : whenFalse;
      return branch && decide(branch, stack);
    }
  }
  return undefined;
}

function equals(argument: Node, stack: Stack): boolean | undefined {
  const [first, second] = itemsOf(argument).map((item) => passedText(stack.evaluate(item)));
  return first === undefined || second === undefined ? undefined : equalTexts(first, second);
}

function all(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function negate(part: boolean | undefined): boolean | undefined {
  return part === undefined ? undefined : !part;
}
