import { codeFrameColumns } from '@babel/code-frame';
import { endOf, startOf, type Span } from '../../source/index.js';
import { showLine, type ShownLine } from '../escape.js';
import type { Paint } from './paint.js';

const LINES_ABOVE = 2;
const LINES_BELOW = 3;

/** The lines around a span with its first line marked; empty where there is no text. */
export function renderFrame(span: Span, paint: Paint): string {
  if (span.source.text.trim() === '') return '';
  const start = startOf(span);
  const end = endOf(span);
  const first = Math.max(start.line - LINES_ABOVE, 1);
  const last = Math.min(end.line, start.line + LINES_BELOW) + 1;
  const skipped = Math.max(start.column - COLUMNS_AROUND, 0);
  const lines = linesOf(span.source.text, { first, marked: start.line, last, skipped });
  const marked = lines[start.line - first];
  if (marked === undefined) return '';

  const gutter = String(last).length + '>  | '.length;
  const from = shownColumn(marked, start.column - skipped);
  const to =
    end.line === start.line ? shownColumn(marked, end.column - skipped) : marked.text.length + 1;
  const window = clipAround(lines, from, paint.width - gutter - INDENT.length, skipped);
  const column = from - window.dropped;
  const options = { linesAbove: LINES_ABOVE, linesBelow: last - start.line, startLine: first };
  const frame = codeFrameColumns(
    window.lines.join('\n'),
    {
      start: { line: start.line, column },
      end: {
        line: start.line,
        column: Math.max(Math.min(to - window.dropped, window.width + 1), column + 1),
      },
    },
    options,
  );
  return frame
    .split('\n')
    .map((line) => `${INDENT}${paintLine(line, paint)}`.trimEnd())
    .join('\n');
}

const INDENT = '    ';

/** Of a line as long as a file, only what is near the place is looked at. */
const COLUMNS_AROUND = 1000;

function shownColumn(line: ShownLine, column: number): number {
  return line.columns[Math.min(column, line.columns.length - 1)] ?? 1;
}

interface Stretch {
  readonly first: number;
  readonly marked: number;
  readonly last: number;
  /** Columns to leave out at the start of each line. */
  readonly skipped: number;
}

function linesOf(text: string, { first, marked, last, skipped }: Stretch): readonly ShownLine[] {
  const ends = /\r\n|\n|\r/g;
  const found: ShownLine[] = [];
  let number = 1;
  let at = 0;
  while (number <= last && at <= text.length) {
    const match = ends.exec(text);
    const end = match?.index ?? text.length;
    if (number >= first) {
      const from = Math.min(at + skipped, end);
      found.push(showLine(text.slice(from, Math.min(end, from + 2 * COLUMNS_AROUND))));
    }
    if (match === null) break;
    at = match.index + match[0].length;
    number += 1;
  }
  while (found.at(-1)?.text.trim() === '' && found.length > marked - first + 1) found.pop();
  return found;
}

/** Cuts all lines to one stretch of columns that shows the marked one, as wide as there is room. */
function clipAround(
  lines: readonly ShownLine[],
  column: number,
  room: number,
  skipped: number,
): { readonly lines: readonly string[]; readonly dropped: number; readonly width: number } {
  const dropped = column <= room * 0.75 ? 0 : column - Math.floor(room / 3);
  const clipped = lines.map(({ text }) => {
    const kept = text.slice(dropped, dropped + room);
    const head = dropped + skipped > 0 && kept !== '' ? `…${kept.slice(1)}` : kept;
    const shown = text.length > dropped + room ? `${head.slice(0, -1)}…` : head;
    // A cut may go through a character of two units.
    return shown.replace(/\p{Cs}/gu, '…');
  });
  return { lines: clipped, dropped, width: room };
}

// The frame is plain; only its own parts are coloured, since policies are not JavaScript.
function paintLine(line: string, paint: Paint): string {
  const parts = /^(>?)( *\d* \|)(.*)$/.exec(line);
  if (parts === null) return line;
  const [, mark = '', gutter = '', text = ''] = parts;
  const isMarker = !/\d/.test(gutter);
  const shownMark = mark === '' ? '' : paint.bad(mark);
  return `${shownMark}${paint.faint(gutter)}${isMarker ? paint.bad(text) : text}`;
}
