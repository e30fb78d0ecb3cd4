import { codeFrameColumns } from '@babel/code-frame';
import { endOf, startOf, type Span } from '../../source/index.js';
import { showLine, type ShownLine } from '../escape.js';
import type { Paint } from './paint.js';

const LINES_ABOVE = 2;
const LINES_BELOW = 3;

/** The lines around a span with its first line marked; empty where the source has no text there. */
export function renderFrame(span: Span, paint: Paint): string {
  const start = startOf(span);
  const end = endOf(span);
  const first = Math.max(start.line - LINES_ABOVE, 1);
  const last = Math.min(end.line, start.line + LINES_BELOW) + 1;
  const lines = linesOf(span.source.text, first, last);
  const marked = lines[start.line - first];
  if (marked === undefined || span.source.text.trim() === '') return '';

  const gutter = String(last).length + 4;
  const from = shownColumn(marked, start.column);
  const to = end.line === start.line ? shownColumn(marked, end.column) : marked.text.length + 1;
  const window = clipAround(lines, from, paint.width - gutter - INDENT.length);
  const options = { linesAbove: LINES_ABOVE, linesBelow: last - start.line, startLine: first };
  const frame = codeFrameColumns(
    window.lines.join('\n'),
    {
      start: { line: start.line, column: from - window.dropped },
      end: {
        line: start.line,
        column: Math.max(Math.min(to, window.end) - window.dropped, from - window.dropped + 1),
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

function shownColumn(line: ShownLine, column: number): number {
  return line.columns[Math.min(column, line.columns.length - 1)] ?? 1;
}

function linesOf(text: string, first: number, last: number): readonly ShownLine[] {
  const lines = /\r\n|\n|\r/g;
  const found: ShownLine[] = [];
  let number = 1;
  let at = 0;
  while (number <= last && at <= text.length) {
    const match = lines.exec(text);
    const end = match?.index ?? text.length;
    if (number >= first) found.push(showLine(text.slice(at, end)));
    if (match === null) break;
    at = match.index + match[0].length;
    number += 1;
  }
  while (found.at(-1)?.text.trim() === '' && found.length > 1) found.pop();
  return found;
}

/** Cuts all lines to one stretch of columns that shows the marked one, as wide as there is room. */
function clipAround(
  lines: readonly ShownLine[],
  column: number,
  room: number,
): { readonly lines: readonly string[]; readonly dropped: number; readonly end: number } {
  const dropped = column <= room * 0.75 ? 0 : column - Math.floor(room / 3);
  const clipped = lines.map(({ text }) => {
    const kept = text.slice(dropped, dropped + room);
    const head = dropped > 0 && kept !== '' ? `…${kept.slice(1)}` : kept;
    return text.length > dropped + room ? `${head.slice(0, -1)}…` : head;
  });
  return { lines: clipped, dropped, end: dropped + room };
}

// The frame is plain; only its own parts are coloured, since policies are not JavaScript.
function paintLine(line: string, paint: Paint): string {
  const parts = /^(>?)( *\d* \|)(.*)$/.exec(line);
  if (parts === null) return line;
  const [, mark = '', gutter = '', text = ''] = parts;
  const isMarker = !/\d/.test(gutter);
  return `${paint.bad(mark)}${paint.faint(gutter)}${isMarker ? paint.bad(text) : text}`;
}
