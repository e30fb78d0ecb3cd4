import { fillHoles, hasHole, hole, partsOf, type Text } from '../source/index.js';

/**
 * Whether an IAM pattern matches a text once deployed: `*` any run, `?` one character, nothing else
 * special. `undefined` where holes leave it open; a definite answer holds under every filling, also
 * one that brings wildcards into the pattern.
 *
 * | pattern | value | matches |
 * |---|---|---|
 * | `a*` | `abc` | true |
 * | `x${A}/*` | `x${A}/k`, one unit | true |
 * | `x${A}` | `y` | false |
 * | `x${A}` | `xy` | unknown |
 */
export function matchesWildcard(
  pattern: Text,
  value: Text,
  letterCase: 'ignore-case' | 'exact',
): boolean | undefined {
  if (ALL.test(pattern)) return true;
  if (!hasHole(pattern) && !hasHole(value)) {
    return letterCase === 'exact'
      ? matchesLiteral(pattern, value)
      : matchesLiteral(pattern.toLowerCase(), value.toLowerCase());
  }
  const patternTokens = tokensOf(pattern, letterCase, 'pattern');
  const valueTokens = tokensOf(value, letterCase, 'value');
  if (isCertain(patternTokens, valueTokens)) return true;
  return isPossible(patternTokens, valueTokens) ? undefined : false;
}

/** Whether a pattern is one or more `*` and nothing else, and so matches everything. */
export function matchesEverything(pattern: Text): boolean {
  return ALL.test(pattern);
}

const ALL = /^\*+$/;

// INVARIANT: text from outside never has the reserved characters, and outside of a hole a `Text`
// never has the one that separates a hole's two halves; so it can mark a literal `*` or `?` here.
const ESCAPE = '\uE001';
const ESCAPE_CODE = ESCAPE.charCodeAt(0);
const STAR_CODE = '*'.charCodeAt(0);
const QUESTION_CODE = '?'.charCodeAt(0);

/** Makes a text match only itself where it becomes part of a pattern. */
export function escapeWildcards(text: Text): Text {
  return mapLiterals(text, (literal) => literal.replace(/[*?]/g, (found) => ESCAPE + found));
}

/** The text of a pattern whose wildcards are to be read as plain characters. */
export function unescapeWildcards(pattern: Text): Text {
  return pattern.includes(ESCAPE)
    ? mapLiterals(pattern, (literal) => literal.replaceAll(ESCAPE, ''))
    : pattern;
}

/** Changes the literal stretches of a text and leaves its holes alone. */
export function mapLiterals(text: Text, change: (literal: string) => string): Text {
  if (!hasHole(text)) return change(text);
  return partsOf(text)
    .map((part) => (typeof part === 'string' ? change(part) : hole(part.unit, part.expression)))
    .join('');
}

/** Covers every hole with as many neutral characters, so that offsets stay and only literals are found. */
export function maskHoles(text: Text): string {
  return fillHoles(text, ({ unit, expression }) =>
    ESCAPE.repeat(unit.length + expression.length + 3),
  );
}

// The usual two-pointer match: on a mismatch only the last star takes one more character, so the
// time is at most the product of the two lengths.
function matchesLiteral(pattern: string, value: string): boolean {
  let at = 0;
  let valueAt = 0;
  let star = -1;
  let resume = 0;
  while (valueAt < value.length) {
    const code = pattern.charCodeAt(at);
    const escaped = code === ESCAPE_CODE ? 1 : 0;
    if (code === STAR_CODE) {
      star = at;
      at += 1;
      resume = valueAt;
    } else if (code === QUESTION_CODE) {
      at += 1;
      valueAt += widthAt(value, valueAt);
    } else if (pattern.charCodeAt(at + escaped) === value.charCodeAt(valueAt)) {
      at += 1 + escaped;
      valueAt += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += widthAt(value, resume);
      valueAt = resume;
    } else {
      return false;
    }
  }
  while (pattern.charCodeAt(at) === STAR_CODE) at += 1;
  return at === pattern.length;
}

// `?` is one character, which may be two UTF-16 units.
function widthAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}

/** A code point, {@link STAR}, {@link ANY}, or, as a string, the identity of a hole. */
type Token = number | string;

const STAR = -1;
const ANY = -2;

function tokensOf(
  text: Text,
  letterCase: 'ignore-case' | 'exact',
  role: 'pattern' | 'value',
): readonly Token[] {
  return partsOf(text).flatMap((part): readonly Token[] => {
    if (typeof part !== 'string') return [hole(part.unit, part.expression)];
    const literal = letterCase === 'exact' ? part : part.toLowerCase();
    return role === 'pattern' ? patternTokens(literal) : Array.from(literal, codeOf);
  });
}

function patternTokens(literal: string): readonly Token[] {
  return (literal.match(/\uE001?[^]/gu) ?? []).map((piece) => {
    if (piece === '*') return STAR;
    if (piece === '?') return ANY;
    return codeOf(piece.startsWith(ESCAPE) ? piece.slice(1) : piece);
  });
}

/**
 * A pattern as a list: `'run'` for `*`, `'any'` for `?`, and one object a plain character, escapes
 * resolved. A hole is spelled as it is, and stands for nothing else.
 */
export function wildcardsOf(
  pattern: Text,
): readonly ('run' | 'any' | { readonly character: string })[] {
  return partsOf(pattern).flatMap((part) => {
    if (typeof part !== 'string') {
      return Array.from(hole(part.unit, part.expression), (character) => ({ character }));
    }
    return patternTokens(part).map((token) => {
      if (token === STAR) return 'run';
      if (token === ANY) return 'any';
      return { character: String.fromCodePoint(typeof token === 'number' ? token : 0) };
    });
  });
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** Matches under every filling: a hole of the value is met by `*` or by the same hole. */
function isCertain(pattern: readonly Token[], value: readonly Token[]): boolean {
  return meets(
    pattern,
    value,
    (token) => token === STAR,
    () => false,
    (a, b) => a === b || (a === ANY && typeof b === 'number'),
  );
}

/** Matches under some filling, if every hole might be any text, in a pattern also a wildcard. */
function isPossible(pattern: readonly Token[], value: readonly Token[]): boolean {
  return meets(
    pattern,
    value,
    (token) => token === STAR || typeof token === 'string',
    (token) => typeof token === 'string',
    (a, b) => a === b || a === ANY,
  );
}

/** Whether two token lists meet, each stretchable token taking any run of the other side's tokens. */
function meets(
  pattern: readonly Token[],
  value: readonly Token[],
  stretchesInPattern: (token: Token) => boolean,
  stretchesInValue: (token: Token) => boolean,
  areEqual: (patternToken: Token, valueToken: Token) => boolean,
): boolean {
  // `next[j]`: whether the pattern's tokens after the current one meet the value's tokens from j on.
  let next = emptyPatternRow(value, stretchesInValue);
  for (let i = pattern.length - 1; i >= 0; i -= 1) {
    const token = pattern[i] ?? STAR;
    const stretches = stretchesInPattern(token);
    const row = new Array<boolean>(value.length + 1).fill(false);
    row[value.length] = stretches && next[value.length] === true;
    for (let j = value.length - 1; j >= 0; j -= 1) {
      const valueToken = value[j] ?? STAR;
      row[j] =
        (stretches && (next[j] === true || row[j + 1] === true)) ||
        (stretchesInValue(valueToken) && (row[j + 1] === true || next[j] === true)) ||
        (areEqual(token, valueToken) && next[j + 1] === true);
    }
    next = row;
  }
  return next[0] === true;
}

function emptyPatternRow(
  value: readonly Token[],
  stretchesInValue: (token: Token) => boolean,
): readonly boolean[] {
  const row = new Array<boolean>(value.length + 1).fill(false);
  row[value.length] = true;
  for (let j = value.length - 1; j >= 0; j -= 1) {
    row[j] = row[j + 1] === true && stretchesInValue(value[j] ?? STAR);
  }
  return row;
}
