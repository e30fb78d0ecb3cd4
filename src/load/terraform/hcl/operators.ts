import { equalTexts, type Node } from '../../../source/index.js';
import { passedBoolean } from '../../passed.js';
import { asText, isEncoded, isNull, isUnknown, spell } from './value.js';

type Scalar = number | boolean;

/** What an operator gives; `undefined` where that is known only at deployment, `refused` where it is no value. */
export function operate(
  operator: string,
  left: Node | undefined,
  right: Node,
): Scalar | undefined | 'refused' {
  switch (operator) {
    case '==':
      return left && equal(left, right);
    case '!=':
      return negated(left && equal(left, right));
    case '&&':
      return both(left && truthOf(left), truthOf(right));
    case '||':
      return negated(both(negated(left && truthOf(left)), negated(truthOf(right))));
    case '!':
      return negated(truthOf(right));
  }
  return arithmetic(operator, left, right);
}

export function truthOf(node: Node): boolean | undefined {
  return passedBoolean(node);
}

function negated(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

function both(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

function equal(a: Node, b: Node): boolean | undefined {
  if (a.kind === 'unresolved' || b.kind === 'unresolved') return undefined;
  if (isNull(a) || isNull(b)) return isNull(a) && isNull(b);
  if (a.kind === 'scalar' && b.kind === 'scalar') {
    const [first, second] = [asText(a), asText(b)];
    // A number is no text, and so is never equal to one; a hole has any type.
    const isMixed = typeof a.value !== typeof b.value && !isUnknown(a) && !isUnknown(b);
    if (first === undefined || second === undefined) return undefined;
    return isMixed ? false : equalTexts(first, second);
  }
  if (a.kind !== b.kind || isEncoded(a) || isEncoded(b)) return undefined;
  if (holdsUnknown(a) || holdsUnknown(b)) return undefined;
  return spell(a) === spell(b);
}

function holdsUnknown(node: Node): boolean {
  switch (node.kind) {
    case 'scalar':
      return isUnknown(node);
    case 'unresolved':
      return true;
    case 'sequence':
      return node.items.some(holdsUnknown);
    case 'mapping':
      return node.entries.some(({ value }) => holdsUnknown(value));
  }
}

function arithmetic(
  operator: string,
  left: Node | undefined,
  right: Node,
): Scalar | undefined | 'refused' {
  if (isUnknown(right) || (left && isUnknown(left))) return undefined;
  const b = Number(asText(right) ?? Number.NaN);
  const a = left === undefined ? 0 : Number(asText(left) ?? Number.NaN);
  const result = computed(operator, a, b);
  return typeof result === 'number' && !Number.isFinite(result) ? 'refused' : result;
}

function computed(operator: string, a: number, b: number): Scalar | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
  return undefined;
}
