/**
 * A string that may have holes: parts known only at deployment. A hole is a pair of a unit (a
 * template with its nested stacks, a CDK environment, a Terraform root) and an expression of that
 * unit; it stands inside the string between three private-use characters, so that texts compare,
 * hash and serialize as the strings that they are. Loaders make holes with {@link hole}; parsers
 * never let these characters in from outside.
 *
 * Within a unit equal expressions are equal; across units equality is itself unknown
 * (see {@link equalTexts}).
 */
export type Text = string;

/** One unknown part of a {@link Text}. */
export interface Hole {
  readonly unit: string;
  readonly expression: string;
}

const OPEN = '\uE000';
const BETWEEN = '\uE001';
const CLOSE = '\uE002';

/** Holes do not nest: those in an expression, or in the name of a unit, become part of its spelling. */
export function hole(unit: string, expression: string): Text {
  const unitName = fillHoles(unit, (inner) => `\${${inner.expression}@${inner.unit}}`);
  return `${OPEN}${unitName}${BETWEEN}${showText(expression)}${CLOSE}`;
}

/** Whether anything in a text is unknown until deployment. */
export function hasHole(text: Text): boolean {
  return text.includes(OPEN);
}

/** The literal stretches and the holes of a text, in order; empty stretches are left out. */
export function partsOf(text: Text): readonly (string | Hole)[] {
  const parts: (string | Hole)[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf(OPEN, at);
    const close = open < 0 ? -1 : text.indexOf(CLOSE, open);
    if (open < 0 || close < 0) {
      parts.push(text.slice(at));
      break;
    }
    if (open > at) parts.push(text.slice(at, open));
    const [unit = '', expression = ''] = text.slice(open + 1, close).split(BETWEEN);
    parts.push({ unit, expression });
    at = close + 1;
  }
  return parts;
}

/** The holes of a text, in order, a repeated one as often as it stands there. */
export function holesOf(text: Text): readonly Hole[] {
  return hasHole(text)
    ? partsOf(text).filter((part): part is Hole => typeof part !== 'string')
    : [];
}

/** Replaces every hole, such as by a constant to run with or by a spelling to show. */
export function fillHoles(text: Text, fill: (hole: Hole) => string): Text {
  if (!hasHole(text)) return text;
  return partsOf(text)
    .map((part) => (typeof part === 'string' ? part : fill(part)))
    .join('');
}

/** How people read a text: each hole as `${expression}`. */
export function showText(text: Text): string {
  return fillHoles(text, ({ expression }) => `\${${expression}}`);
}

/** Takes the three reserved characters out of text from outside. */
export function withoutReserved(text: string): string {
  return /[\uE000-\uE002]/.test(text) ? text.replace(/[\uE000-\uE002]/g, '\uFFFD') : text;
}

/**
 * Whether two texts are equal once deployed; `undefined` where that is not known.
 *
 * | a | b | equal |
 * |---|---|---|
 * | `x` | `x` | true |
 * | `x` | `y` | false |
 * | `x${A}` | `x${A}`, one unit | true |
 * | `x${A}` | `x${B}` | unknown |
 * | `x${A}` | `y${B}` | false: the literal starts differ |
 */
export function equalTexts(a: Text, b: Text): boolean | undefined {
  if (a === b) return true;
  if (!hasHole(a) && !hasHole(b)) return false;
  return couldMeet(partsOf(a), partsOf(b)) ? undefined : false;
}

// Sound, not complete: only the literal start and end are compared.
function couldMeet(a: readonly (string | Hole)[], b: readonly (string | Hole)[]): boolean {
  const literal = (part: string | Hole | undefined): string =>
    typeof part === 'string' ? part : '';
  const whole = (parts: readonly (string | Hole)[]): boolean =>
    parts.every((part) => typeof part === 'string');
  const startA = literal(a[0]);
  const startB = literal(b[0]);
  const endA = literal(a.at(-1));
  const endB = literal(b.at(-1));
  const startsAgree = startA.startsWith(startB) || startB.startsWith(startA);
  const endsAgree = endA.endsWith(endB) || endB.endsWith(endA);
  if (!startsAgree || !endsAgree) return false;
  if (whole(a)) return startA.length >= startB.length && endA.length >= endB.length;
  if (whole(b)) return startB.length >= startA.length && endB.length >= endA.length;
  return true;
}
