import type { Span, TextPiece } from '../../../source/index.js';
import type { SyntaxNode } from './grammar.js';
import type { Reading } from './reading.js';
import type { Expression, Literal, Template, TemplatePart } from './syntax.js';

/** Reads an expression that stands in a template. */
export type ReadExpression = (node: SyntaxNode | undefined, at: Span) => Expression;

/** What a template consists of, one after the other, before its directives are nested. */
type Token =
  | { readonly kind: 'text'; pieces: readonly TextPiece[] }
  | {
      readonly kind: 'sequence';
      readonly node: SyntaxNode;
      readonly stripsBefore: boolean;
      readonly stripsAfter: boolean;
    };

/**
 * The template inside a quoted text or a heredoc; a literal where nothing in it is to be worked out.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function readTemplate(
  node: SyntaxNode,
  reading: Reading,
  read: ReadExpression,
): Literal | Template {
  const span = reading.spanOf(node.start, node.end);
  const isHeredoc = node.type === 'heredoc_template';
  const [start, end] = isHeredoc ? heredocBounds(node, reading) : quotedBounds(node, reading);
  const escapes = isHeredoc ? TEMPLATE_ESCAPES : QUOTED_ESCAPES;
  const tokens = tokensOf(node, start, end, reading, escapes);
  const isIndented = reading.text.startsWith('<<-', node.start);
  const parts = nested(
    stripped(isHeredoc && isIndented ? dedented(tokens) : tokens),
    reading,
    read,
  );
  const [only] = parts;
  if (parts.length === 0) return { kind: 'literal', value: '', span, pieces: [] };
  if (only?.kind !== 'text' || parts.length > 1) return { kind: 'template', parts, span };
  const value = only.pieces.map(({ text }) => text).join('');
  return { kind: 'literal', value, span, pieces: only.pieces };
}

/** From behind the line of the opening marker to the start of the line of the closing one. */
function heredocBounds(node: SyntaxNode, { text }: Reading): readonly [number, number] {
  const names = node.children.filter(({ type }) => type === 'heredoc_identifier');
  const from = text.indexOf('\n', names[0]?.end ?? node.start) + 1;
  const last = names.at(-1)?.start ?? node.end;
  return [from, Math.max(from, text.lastIndexOf('\n', last - 1) + 1)];
}

function quotedBounds(node: SyntaxNode, { text }: Reading): readonly [number, number] {
  const isClosed = node.end - node.start >= 2 && text[node.end - 1] === '"';
  return [node.start + 1, isClosed ? node.end - 1 : node.end];
}

const TEMPLATE_ESCAPES = /\$\$\{|%%\{/g;
const QUOTED_ESCAPES = /\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^])|\$\$\{|%%\{/g;

const singleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescaped(escape: string): string {
  if (!escape.startsWith('\\')) return escape.slice(1);
  const letter = escape[1] ?? '';
  if (letter !== 'u' && letter !== 'U') return singleEscapes[letter] ?? letter;
  const code = Number.parseInt(escape.slice(2), 16);
  // Holes are made of these characters, and come from nowhere but us.
  const isAllowed = code <= 0x10ffff && !(code >= 0xe000 && code <= 0xe002);
  return isAllowed ? String.fromCodePoint(code) : '\uFFFD';
}

function tokensOf(
  node: SyntaxNode,
  start: number,
  end: number,
  reading: Reading,
  escapes: RegExp,
): readonly Token[] {
  const tokens: Token[] = [];
  let at = start;
  const takeText = (until: number): void => {
    if (until > at) tokens.push({ kind: 'text', pieces: piecesOf(at, until, reading, escapes) });
  };
  for (const each of sequencesIn(node)) {
    takeText(each.start);
    const markers = each.children.filter(({ type }) => type === 'strip_marker');
    tokens.push({
      kind: 'sequence',
      node: each,
      stripsBefore: markers.some((marker) => marker.start === each.start + 2),
      stripsAfter: markers.some((marker) => marker.end === each.end - 1),
    });
    at = Math.max(at, each.end);
  }
  takeText(end);
  return tokens;
}

/** Interpolations and the parts of directives, in order. */
function sequencesIn(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.flatMap((child) => {
    switch (child.type) {
      case 'template_interpolation':
      case 'template_if_intro':
      case 'template_else_intro':
      case 'template_if_end':
      case 'template_for_start':
      case 'template_for_end':
        return [child];
      case 'template_directive':
      case 'template_if':
      case 'template_for':
      case 'quoted_template':
        return sequencesIn(child);
    }
    return [];
  });
}

function piecesOf(
  start: number,
  end: number,
  reading: Reading,
  escapes: RegExp,
): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  const add = (text: string, from: number, to: number): void => {
    if (to > from) pieces.push({ text, span: reading.spanOf(from, to) });
  };
  const raw = reading.text.slice(start, end);
  let at = 0;
  for (const { 0: escape, index } of raw.matchAll(escapes)) {
    add(raw.slice(at, index), start + at, start + index);
    add(unescaped(escape), start + index, start + index + escape.length);
    at = index + escape.length;
  }
  add(raw.slice(at), start + at, end);
  return pieces;
}

/** Without the indentation that all lines of a heredoc share. */
function dedented(tokens: readonly Token[]): readonly Token[] {
  let startsLine = true;
  let indent = Number.POSITIVE_INFINITY;
  for (const token of tokens) {
    if (token.kind === 'sequence') {
      if (startsLine) indent = 0;
      startsLine = false;
      continue;
    }
    const text = token.pieces.map((piece) => piece.text).join('');
    const lines = text.split('\n');
    lines.forEach((line, index) => {
      const isLineStart = index > 0 || startsLine;
      const isLast = index === lines.length - 1;
      const spaces = /^[ \t]*/.exec(line)?.[0].length ?? 0;
      // An empty rest means that a sequence follows, or that the text is over.
      const isOpen = isLast && spaces === line.length;
      if (!isLineStart || (spaces === line.length && !isOpen)) return;
      if (!isOpen || token !== tokens.at(-1)) indent = Math.min(indent, spaces);
    });
    startsLine = text.endsWith('\n') || (startsLine && text === '');
    // What stands between the start of the line and a sequence was counted above.
    if (/(?:^|\n)[ \t]+$/.test(text)) startsLine = false;
  }
  if (!Number.isFinite(indent) || indent === 0) return tokens;
  return withoutIndent(tokens, indent);
}

function withoutIndent(tokens: readonly Token[], indent: number): readonly Token[] {
  let atLineStart = true;
  return tokens.map((token): Token => {
    if (token.kind === 'sequence') {
      atLineStart = false;
      return token;
    }
    const pieces: TextPiece[] = [];
    for (const { text, span } of token.pieces) {
      // An escape is one unit; only plain stretches hold line breaks.
      if (text.length !== span.end - span.start) {
        pieces.push({ text, span });
        atLineStart = false;
        continue;
      }
      let at = 0;
      while (at < text.length) {
        const next = text.indexOf('\n', at);
        const end = next < 0 ? text.length : next + 1;
        const skipped = atLineStart ? spacesAt(text, at, Math.min(at + indent, end)) : 0;
        const start = span.start + at + skipped;
        if (at + skipped < end) {
          const piece = { ...span, start, end: span.start + end };
          pieces.push({ text: text.slice(at + skipped, end), span: piece });
        }
        atLineStart = next >= 0;
        at = end;
      }
    }
    return { kind: 'text', pieces };
  });
}

function spacesAt(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at - from;
}

/** With the white space taken away that `~` asks for. */
function stripped(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, index): Token => {
    if (token.kind === 'sequence') return token;
    const before = tokens[index - 1];
    const after = tokens[index + 1];
    let { pieces } = token;
    if (before?.kind === 'sequence' && before.stripsAfter) pieces = trimmed(pieces, 'start');
    if (after?.kind === 'sequence' && after.stripsBefore) pieces = trimmed(pieces, 'end');
    return { kind: 'text', pieces };
  });
}

function trimmed(pieces: readonly TextPiece[], side: 'start' | 'end'): readonly TextPiece[] {
  const kept = [...pieces];
  for (;;) {
    const piece = side === 'start' ? kept.shift() : kept.pop();
    if (piece === undefined) return [];
    const isPlain = piece.text.length === piece.span.end - piece.span.start;
    const text = side === 'start' ? piece.text.trimStart() : piece.text.trimEnd();
    if (text === '') continue;
    const removed = piece.text.length - text.length;
    const { span } = piece;
    const rest = !isPlain
      ? span
      : side === 'start'
        ? { ...span, start: span.start + removed }
        : { ...span, end: span.end - removed };
    if (side === 'start') return [{ text, span: rest }, ...kept];
    return [...kept, { text, span: rest }];
  }
}

/** Puts between `if` and `endif`, `for` and `endfor` what stands there. */
function nested(
  tokens: readonly Token[],
  reading: Reading,
  read: ReadExpression,
): readonly TemplatePart[] {
  let at = 0;
  const until = (...ends: readonly string[]): readonly TemplatePart[] => {
    const parts: TemplatePart[] = [];
    for (; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (token === undefined || (token.kind === 'sequence' && ends.includes(token.node.type)))
        break;
      const part = token.kind === 'text' ? textPart(token.pieces) : sequencePart(token.node);
      if (part) parts.push(part);
    }
    return parts;
  };
  const isAt = (type: string): boolean => {
    const token = tokens[at];
    return token?.kind === 'sequence' && token.node.type === type;
  };
  const sequencePart = (node: SyntaxNode): TemplatePart | undefined => {
    const span = reading.spanOf(node.start, node.end);
    const inside = read(
      node.children.find(({ type }) => type === 'expression'),
      span,
    );
    switch (node.type) {
      case 'template_interpolation':
        return { kind: 'value', value: inside };
      case 'template_if_intro': {
        at += 1;
        const then = until('template_else_intro', 'template_if_end');
        if (isAt('template_else_intro')) at += 1;
        const otherwise = isAt('template_if_end') ? [] : until('template_if_end');
        return { kind: 'if', condition: inside, then, otherwise };
      }
      case 'template_for_start': {
        at += 1;
        const body = until('template_for_end');
        const names = node.children
          .filter(({ type }) => type === 'identifier')
          .map(({ start, end }) => reading.text.slice(start, end));
        const [first = '', second] = names;
        return second === undefined
          ? { kind: 'for', valueName: first, over: inside, body }
          : { kind: 'for', keyName: first, valueName: second, over: inside, body };
      }
    }
    return undefined;
  };
  return until();
}

function textPart(pieces: readonly TextPiece[]): TemplatePart | undefined {
  return pieces.length === 0 ? undefined : { kind: 'text', pieces };
}
