import type { Diagnostic, Parsed } from './diagnostic.js';
import { DIAGNOSTICS_MAX, duplicateKeys } from './duplicates.js';
import { createCursor, type Cursor, type Place } from './json-cursor.js';
import type { Entry, Mapping, Node, Scalar, Sequence, Unresolved } from './node.js';
import { positionAt, type Source, type Span } from './source.js';
import { fillHoles, hole, withoutReserved, type Hole, type Text } from './text.js';

/** How deep objects and arrays may nest, in every format. */
export const NESTING_MAX = 256;

/**
 * A JSON document. Comments and trailing commas are errors, yet what they stand in is kept; a value
 * that cannot be read becomes an {@link Unresolved}, so that nothing is taken for absent. A repeated
 * key is a warning, and both entries stay.
 */
export function parseJson(source: Source): Parsed<Node | undefined> {
  return parseDocument(source.text, inSource(source));
}

/** JSON found inside a string of another document, whose holes stay: every span is `at`. */
export function parseJsonText(text: Text, at: Span): Parsed<Node | undefined> {
  return parseDocument(withHolesQuoted(text), {
    unit: at.source.path,
    spanOf: () => at,
    // Only the outer document's loader makes holes; what came from outside it has cleaned already.
    clean: (value) => value,
    suffixAt: (offset) => {
      const { line, column } = positionAt({ path: '', text }, offset);
      return ` (line ${line}, column ${column} of the JSON in this string)`;
    },
  });
}

/** A stretch of a text, and the place that its characters come from, one by one where the lengths agree. */
export interface TextPiece {
  readonly text: Text;
  readonly span: Span;
}

/** JSON found inside a string of another document, as {@link parseJsonText}, in which each part keeps its place. */
export function parseJsonPieces(pieces: readonly TextPiece[]): Parsed<Node | undefined> {
  const quoted = pieces.map(({ text, span }) => ({ text: withHolesQuoted(text), span }));
  const starts: number[] = [];
  let length = 0;
  for (const { text } of quoted) {
    starts.push(length);
    length += text.length;
  }
  const placeAt = (
    offset: number,
    side: 'start' | 'end',
  ): { span: Span; at: number } | undefined => {
    const found = starts.findLastIndex((start) =>
      side === 'start' ? start <= offset : start < offset,
    );
    const piece = quoted[Math.max(found, 0)];
    if (piece === undefined) return undefined;
    const { span, text } = piece;
    const isPlain = text.length === span.end - span.start;
    const inside = offset - (starts[Math.max(found, 0)] ?? 0);
    return { span, at: isPlain ? span.start + inside : side === 'start' ? span.start : span.end };
  };
  const whole = pieces[0]?.span ?? { source: { path: '', text: '' }, start: 0, end: 0 };
  return parseDocument(quoted.map(({ text }) => text).join(''), {
    unit: whole.source.path,
    spanOf: (from, to) => {
      const start = placeAt(from, 'start');
      const end = placeAt(to, 'end');
      if (start === undefined) return whole;
      // A value may begin in one file and end in another, where a template puts them together.
      const isOne = end?.span.source === start.span.source && end.at >= start.at;
      return { source: start.span.source, start: start.at, end: isOne ? end.at : start.span.end };
    },
    clean: (value) => value,
    suffixAt: () => '',
  });
}

/** A hole's expression may hold quotes, which would end the string around it; and no escape makes a hole. */
function withHolesQuoted(text: Text): string {
  const quoted = ({ unit, expression }: Hole): string =>
    JSON.stringify(hole(unit, expression)).slice(1, -1);
  return fillHoles(text.replace(/(?<!\\)((?:\\\\)*)\\u[eE]00[0-2]/g, '$1\\ufffd'), quoted);
}

/** JSON Lines, or JSON documents one after the other: the values in order. */
export function parseJsonLines(source: Source): Parsed<readonly Node[]> {
  const cursor = createCursor(source.text, inSource(source));
  const values: Node[] = [];
  cursor.advance();
  while (!cursor.is('end')) {
    const value = readValue(cursor, 1);
    if (value === undefined) cursor.advance();
    else values.push(value);
  }
  return { value: values, diagnostics: cursor.diagnostics };
}

function inSource(source: Source): Place {
  return {
    unit: source.path,
    spanOf: (start, end) => ({ source, start, end }),
    clean: withoutReserved,
    suffixAt: () => '',
  };
}

function parseDocument(text: string, place: Place): Parsed<Node | undefined> {
  const cursor = createCursor(text, place);
  cursor.advance();
  if (cursor.is('end')) {
    const span = place.spanOf(0, text.length);
    const message = 'there is no JSON here, only empty text';
    const empty: Diagnostic = { code: 'empty-file', severity: 'error', message, span };
    return { value: undefined, diagnostics: [...cursor.diagnostics, empty] };
  }
  const value = readValue(cursor, 1);
  // What begins with something else is no JSON at all, and that has been said.
  if (!cursor.is('end') && value?.kind !== 'unresolved') {
    cursor.expected('the end of the text', 'put `[` and `]` around several documents');
  }
  return { value, diagnostics: cursor.diagnostics };
}

/** Reads the value that begins at the cursor; `undefined` where none begins there. */
function readValue(cursor: Cursor, depth: number): Node | undefined {
  const kind = cursor.kind();
  switch (kind) {
    case '{':
      return depth > NESTING_MAX ? readTooDeep(cursor) : readObject(cursor, depth);
    case '[':
      return depth > NESTING_MAX ? readTooDeep(cursor) : readArray(cursor, depth);
    case 'string':
      return readScalar(cursor, readString(cursor));
    case 'number':
      return readNumber(cursor);
    case 'true':
    case 'false':
      return readScalar(cursor, kind === 'true');
    case 'null':
      return readScalar(cursor, null);
    case 'unknown':
      return readUnknown(cursor);
    case '}':
    case ']':
    case ',':
    case ':':
    case 'comment':
    case 'space':
    case 'end':
      cursor.expected('a value');
      return undefined;
  }
}

function readString(cursor: Cursor): string {
  cursor.checkSpelling();
  return cursor.clean(cursor.value());
}

function readScalar(cursor: Cursor, value: Scalar['value']): Scalar {
  const span = cursor.spanOf(cursor.start(), cursor.end());
  cursor.advance();
  return { kind: 'scalar', value, span };
}

function readNumber(cursor: Cursor): Scalar {
  const from = cursor.start();
  const spelling = cursor.value();
  cursor.checkSpelling();
  const value = Number(spelling);
  const scalar = readScalar(cursor, value);
  // The tokens end a number after a leading zero; digits that follow at once belong to it.
  const goesOn =
    /^-?0$/.test(spelling) && cursor.is('number') && cursor.start() === scalar.span.end;
  if (!goesOn) return String(value) === spelling ? scalar : { ...scalar, spelling };
  const whole = spelling + cursor.value();
  const to = cursor.end();
  const message = `\`${whole}\` starts with a zero, which a JSON number cannot`;
  cursor.report(message, from, to, 'put an account id in quotes');
  cursor.advance();
  return { kind: 'scalar', value: whole, span: cursor.spanOf(from, to) };
}

function readUnknown(cursor: Cursor): Unresolved {
  cursor.expected('a value');
  const from = cursor.start();
  let to = from;
  // A placeholder such as `${X}` is one unknown, braces included.
  while (cursor.is('unknown') || (cursor.is('{') && cursor.text[to - 1] === '$')) {
    if (cursor.is('{')) to = cursor.skipBalanced();
    else {
      to = cursor.end();
      cursor.advance();
    }
  }
  return cursor.unreadable(from, to);
}

function readTooDeep(cursor: Cursor): Unresolved {
  const from = cursor.start();
  const hint = 'no policy or template needs this; check how the file was made';
  cursor.report(`nested more than ${NESTING_MAX} levels deep`, from, cursor.end(), hint);
  return cursor.unreadable(from, cursor.skipBalanced());
}

function readObject(cursor: Cursor, depth: number): Mapping {
  const from = cursor.start();
  const entries: Entry[] = [];
  cursor.advance();
  while (!cursor.is('}') && !cursor.is('end')) {
    if (cursor.is('string')) entries.push(readEntry(cursor, depth));
    else {
      cursor.expected('a key in double quotes');
      cursor.skipItem();
    }
    if (!goesOn(cursor, '}')) break;
  }
  const span = cursor.spanOf(from, close(cursor, '}'));
  if (cursor.diagnostics.length < DIAGNOSTICS_MAX) {
    cursor.diagnostics.push(...duplicateKeys(entries));
  }
  return { kind: 'mapping', entries, span };
}

function readEntry(cursor: Cursor, depth: number): Entry {
  const from = cursor.start();
  const keySpan = cursor.spanOf(from, cursor.end());
  const key = readString(cursor);
  cursor.advance();
  if (cursor.is(':')) cursor.advance();
  else cursor.expected('`:` after the key');
  const value = readValue(cursor, depth + 1);
  return { key, keySpan, value: value ?? cursor.unreadable(from, cursor.start()) };
}

function readArray(cursor: Cursor, depth: number): Sequence {
  const from = cursor.start();
  const items: Node[] = [];
  cursor.advance();
  while (!cursor.is(']') && !cursor.is('end')) {
    const item = readValue(cursor, depth + 1);
    if (item !== undefined) items.push(item);
    else if (!cursor.is(',')) break;
    if (!goesOn(cursor, ']')) break;
  }
  return { kind: 'sequence', items, span: cursor.spanOf(from, close(cursor, ']')) };
}

/** Steps over what stands between two items: whether another one follows. */
function goesOn(cursor: Cursor, bracket: '}' | ']'): boolean {
  if (cursor.is(bracket)) return false;
  if (cursor.is(',')) {
    const comma = cursor.start();
    cursor.advance();
    if (!cursor.is(bracket)) return true;
    const message = `a comma stands before the closing \`${bracket}\``;
    cursor.report(message, comma, comma + 1, 'remove the comma');
    return false;
  }
  cursor.expected(`\`,\` or \`${bracket}\``);
  // Where only the comma is missing, what follows is the next item.
  return cursor.is('string') || cursor.is('{') || cursor.is('[');
}

/** Steps over a closing bracket; the offset behind it. */
function close(cursor: Cursor, bracket: '}' | ']'): number {
  const to = cursor.end();
  if (cursor.is(bracket)) cursor.advance();
  else if (cursor.is('end')) cursor.expected(`\`${bracket}\``);
  return to;
}
