/** A text that was read, with the path that people see it under. */
export interface Source {
  /** Relative to the working directory where possible, always with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A stretch of a source: UTF-16 offsets, `start` included, `end` excluded. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** A place in a text. Lines and columns count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where a span begins. */
export function startOf(span: Span): Position {
  return positionAt(span.source, span.start);
}

/** The place behind the last character of a span. */
export function endOf(span: Span): Position {
  return positionAt(span.source, span.end);
}

/** The span of a whole source, for problems that have no narrower place. */
export function wholeOf(source: Source): Span {
  return { source, start: 0, end: source.text.length };
}

export function positionAt(source: Source, offset: number): Position {
  const starts = lineStartsOf(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

// Positions are asked for only when something is reported, so lines are indexed on first use.
const lineStarts = new WeakMap<Source, readonly number[]>();

function lineStartsOf(source: Source): readonly number[] {
  let starts = lineStarts.get(source);
  if (starts === undefined) {
    starts = findLineStarts(source.text);
    lineStarts.set(source, starts);
  }
  return starts;
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10) starts.push(index + 1);
    else if (code === 13 && text.charCodeAt(index + 1) !== 10) starts.push(index + 1);
  }
  return starts;
}
