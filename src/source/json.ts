import type { Diagnostic, Parsed, Severity } from './diagnostic.js';
import { duplicateKeys } from './duplicates.js';
import { createTokens, type TokenKind } from './json-tokens.js';
import type { Entry, Mapping, Node, Scalar, Sequence, Unresolved } from './node.js';
import { positionAt, type Source, type Span } from './source.js';
import { fillHoles, hole, withoutReserved, type Hole, type Text } from './text.js';

/** How deep objects and arrays may nest, in every format. */
export const NESTING_MAX = 256;

// A file that breaks over and over is not JSON; more messages would not help.
const ERRORS_MAX = 10;

/** Where a file has more to say than anybody reads, the rest is left out. */
export const DIAGNOSTICS_MAX = 100;

/**
 * A JSON document. Comments and trailing commas are errors, yet what they stand in is kept; a value
 * that cannot be read becomes an {@link Unresolved}, so that nothing is taken for absent. A repeated
 * key is a warning, and both entries stay.
 */
export function parseJson(source: Source): Parsed<Node | undefined> {
  const reader = createReader(source.text, inSource(source));
  return { value: reader.readDocument(), diagnostics: reader.diagnostics };
}

/** JSON Lines, or JSON documents one after the other: the values in order. */
export function parseJsonLines(source: Source): Parsed<readonly Node[]> {
  const reader = createReader(source.text, inSource(source));
  return { value: reader.readAll(), diagnostics: reader.diagnostics };
}

/** JSON found inside a string of another document, whose holes stay: every span is `at`. */
export function parseJsonText(text: Text, at: Span): Parsed<Node | undefined> {
  const reader = createReader(withHolesQuoted(text), {
    unit: at.source.path,
    spanOf: () => at,
    // Only the outer document's loader makes holes; what came from outside it has cleaned already.
    clean: (value) => value,
    suffixAt: (offset) => {
      const { line, column } = positionAt({ path: '', text }, offset);
      return ` (line ${line}, column ${column} of the JSON in this string)`;
    },
  });
  return { value: reader.readDocument(), diagnostics: reader.diagnostics };
}

/** A hole's expression may hold quotes, which would end the string around it; and no escape makes a hole. */
function withHolesQuoted(text: Text): string {
  const quoted = ({ unit, expression }: Hole): string =>
    JSON.stringify(hole(unit, expression)).slice(1, -1);
  return fillHoles(text.replace(/(?<!\\)((?:\\\\)*)\\u[eE]00[0-2]/g, '$1\\ufffd'), quoted);
}

interface Place {
  readonly unit: string;
  spanOf(start: number, end: number): Span;
  /** Takes out of a decoded string what must not come from outside. */
  clean(value: string): string;
  /** What a message adds where its span does not say where. */
  suffixAt(offset: number): string;
}

function inSource(source: Source): Place {
  return {
    unit: source.path,
    spanOf: (start, end) => ({ source, start, end }),
    clean: withoutReserved,
    suffixAt: () => '',
  };
}

interface Reader {
  readonly diagnostics: readonly Diagnostic[];
  readDocument(): Node | undefined;
  readAll(): readonly Node[];
}

function createReader(text: string, place: Place): Reader {
  const tokens = createTokens(text);
  const { start, end } = tokens;
  const diagnostics: Diagnostic[] = [];
  let token: TokenKind = 'end';
  let errors = 0;
  let lastErrorAt = -1;
  let commented = false;

  const gaveUp = (): boolean => errors >= ERRORS_MAX;
  const is = (kind: TokenKind): boolean => token === kind;

  const report = (code: string, message: string, from: number, to: number, hint?: string): void => {
    // One mistake trips several expectations; the first one tells it best.
    if (gaveUp() || from <= lastErrorAt) return;
    errors += 1;
    lastErrorAt = from;
    const span = place.spanOf(from, to);
    const severity: Severity = 'error';
    const base = { code, severity, message: message + place.suffixAt(from), span };
    diagnostics.push(hint === undefined ? base : { ...base, hint });
  };

  /** Steps to the next token that means something; nothing follows once the reader gave up. */
  const advance = (): void => {
    do {
      token = gaveUp() ? 'end' : tokens.next();
      if (token === 'comment' && !commented) {
        commented = true;
        const hint = 'remove the comments, or write the file as YAML';
        report('json-comment', 'JSON has no comments', start(), end(), hint);
      }
    } while (token === 'comment');
  };

  const expected = (what: string, hint?: string): void => {
    if (token === 'end') {
      if (gaveUp()) return;
      const message = `expected ${what}, but the text ends`;
      report('json-syntax', message, text.length, text.length, 'check that the file is complete');
      errors = ERRORS_MAX;
      return;
    }
    const found = spellingAt(text, start(), end());
    const message = `expected ${what}, but found \`${found}\``;
    report('json-syntax', message, start(), end(), hint ?? hintFor(found));
  };

  const unreadable = (from: number, to: number): Unresolved => ({
    kind: 'unresolved',
    text: hole(place.unit, `unreadable JSON at offset ${from}`),
    span: place.spanOf(from, to),
  });

  const reportProblem = (): void => {
    const problem = tokens.problem();
    if (problem !== undefined) {
      report('json-syntax', problem.message, start(), end(), problem.hint);
    }
  };

  const readString = (): string => {
    reportProblem();
    return place.clean(tokens.value());
  };

  const readScalar = (value: Scalar['value']): Scalar => {
    const scalar: Scalar = { kind: 'scalar', value, span: place.spanOf(start(), end()) };
    advance();
    return scalar;
  };

  const readNumber = (): Scalar => {
    const from = start();
    const spelling = tokens.value();
    // The scanner ends a number after a leading zero; the digits that follow belong to it.
    const digits = /^-?0$/.test(spelling) ? /\d*/y : undefined;
    if (digits !== undefined) digits.lastIndex = end();
    const rest = digits?.exec(text)?.[0] ?? '';
    if (rest === '') {
      reportProblem();
      const value = Number(spelling);
      const scalar = readScalar(value);
      return String(value) === spelling ? scalar : { ...scalar, spelling };
    }
    advance();
    const to = end();
    const message = `\`${spelling + rest}\` starts with a zero, which a JSON number cannot`;
    report('json-syntax', message, from, to, 'put an account id in quotes');
    return { ...readScalar(spelling + rest), span: place.spanOf(from, to) };
  };

  const readValue = (depth: number): Node | undefined => {
    switch (token) {
      case '{':
        return depth > NESTING_MAX ? skipNested() : readObject(depth);
      case '[':
        return depth > NESTING_MAX ? skipNested() : readArray(depth);
      case 'string':
        return readScalar(readString());
      case 'number':
        return readNumber();
      case 'true':
        return readScalar(true);
      case 'false':
        return readScalar(false);
      case 'null':
        return readScalar(null);
      case 'unknown':
        return readUnknown();
      case '}':
      case ']':
      case ',':
      case ':':
      case 'comment':
      case 'space':
      case 'end':
        expected('a value');
        return undefined;
    }
  };

  const readUnknown = (): Unresolved => {
    expected('a value');
    const from = start();
    let to = from;
    // A placeholder such as `${X}` is one unknown, braces included.
    while (is('unknown') || (is('{') && text[to - 1] === '$')) {
      if (is('{')) to = skipBalanced();
      else {
        to = end();
        advance();
      }
    }
    return unreadable(from, to);
  };

  /** Steps over an opening bracket and all up to its closing one; the offset behind that. */
  const skipBalanced = (): number => {
    let open = 0;
    let to = start();
    do {
      open += levelChange(token);
      to = end();
      advance();
    } while (open > 0 && !is('end'));
    return to;
  };

  const skipNested = (): Unresolved => {
    const from = start();
    const hint = 'no policy or template needs this; check how the file was made';
    report('too-deep', `nested more than ${NESTING_MAX} levels deep`, from, end(), hint);
    return unreadable(from, skipBalanced());
  };

  /** Steps over what stands between two items: whether another one follows. */
  const goesOn = (close: '}' | ']'): boolean => {
    if (token === close) return false;
    if (token === ',') {
      const comma = start();
      advance();
      if (!is(close)) return true;
      const message = `a comma stands before the closing \`${close}\``;
      report('json-syntax', message, comma, comma + 1, 'remove the comma');
      return false;
    }
    expected(`\`,\` or \`${close}\``);
    // Where only the comma is missing, what follows is the next item.
    return is('string') || is('{') || is('[');
  };

  const readObject = (depth: number): Mapping => {
    const from = start();
    const entries: Entry[] = [];
    advance();
    while (!is('}') && !is('end')) {
      if (is('string')) entries.push(readEntry(depth));
      else {
        expected('a key in double quotes');
        skipItem();
      }
      if (!goesOn('}')) break;
    }
    const to = close('}');
    if (diagnostics.length < DIAGNOSTICS_MAX) diagnostics.push(...duplicateKeys(entries));
    return { kind: 'mapping', entries, span: place.spanOf(from, to) };
  };

  const readEntry = (depth: number): Entry => {
    const from = start();
    const keySpan = place.spanOf(from, end());
    const key = readString();
    advance();
    if (is(':')) advance();
    else expected('`:` after the key');
    return { key, keySpan, value: readValue(depth + 1) ?? unreadable(from, start()) };
  };

  const readArray = (depth: number): Sequence => {
    const from = start();
    const items: Node[] = [];
    advance();
    while (!is(']') && !is('end')) {
      const item = readValue(depth + 1);
      if (item !== undefined) items.push(item);
      if (item === undefined && !is(',')) break;
      if (!goesOn(']')) break;
    }
    return { kind: 'sequence', items, span: place.spanOf(from, close(']')) };
  };

  /** Steps over a closing bracket; the offset behind it. */
  const close = (bracket: '}' | ']'): number => {
    const to = end();
    if (is(bracket)) advance();
    else if (is('end')) expected(`\`${bracket}\``);
    return to;
  };

  /** Steps to the next comma or closing bracket of this level. */
  const skipItem = (): void => {
    for (let open = 0; token !== 'end'; advance()) {
      if (open === 0 && (is(',') || is('}') || is(']'))) return;
      open += levelChange(token);
    }
  };

  return {
    diagnostics,
    readDocument: () => {
      advance();
      if (is('end')) {
        report('empty-file', 'there is nothing in it', 0, text.length);
        return undefined;
      }
      const value = readValue(1);
      if (!is('end')) expected('the end of the text', 'put `[` and `]` around several documents');
      return value;
    },
    readAll: () => {
      const values: Node[] = [];
      for (advance(); token !== 'end';) {
        const value = readValue(1);
        if (value === undefined) advance();
        else values.push(value);
      }
      return values;
    },
  };
}

function levelChange(token: TokenKind): -1 | 0 | 1 {
  if (token === '{' || token === '[') return 1;
  return token === '}' || token === ']' ? -1 : 0;
}

function spellingAt(text: string, start: number, end: number): string {
  const spelled = text.slice(start, Math.min(end, start + 24));
  return withoutReserved(end - start > 24 ? `${spelled}…` : spelled);
}

function hintFor(found: string): string | undefined {
  if (found.startsWith("'")) return 'JSON strings take double quotes';
  if (found.startsWith('$')) {
    return 'fill the placeholder in before keyproof reads the file, or put it in quotes';
  }
  if (found === 'True' || found === 'False') return `write \`${found.toLowerCase()}\``;
  if (found === 'None' || found === 'undefined' || found === 'NaN') return 'write `null`';
  return undefined;
}
