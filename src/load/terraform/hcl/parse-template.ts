import type { Source } from '../../../source/index.js';
import { parseTree } from './grammar.js';
import { readBody } from './read-body.js';
import type { Expression, TemplatePart } from './syntax.js';

const HEAD = '_ = <<KEYPROOF\n';

/** A text that is a template as a whole, such as a file or a string of JSON; `spanOf` says where its parts stand. */
export function parseTemplate(
  source: Source,
  spanOf = (start: number, end: number) => ({ source, start, end }),
): Expression {
  // A heredoc is the one place in which the grammar takes any text for a template.
  const text = `${HEAD}${source.text}\nKEYPROOF\n`;
  const bounded = (offset: number): number =>
    Math.min(Math.max(offset - HEAD.length, 0), source.text.length);
  const reading = {
    text,
    spanOf: (start: number, end: number) => spanOf(bounded(start), bounded(end)),
  };
  const [attribute] = readBody(parseTree(text), reading).attributes;
  const whole = spanOf(0, source.text.length);
  const value = attribute?.value;
  if (value?.kind === 'literal' && typeof value.value === 'string') {
    return {
      kind: 'literal',
      value: value.value.slice(0, -1),
      span: whole,
      pieces: (value.pieces ?? []).flatMap(lineless),
    };
  }
  if (value?.kind !== 'template') return { kind: 'broken', span: whole };
  const parts = value.parts.flatMap((part, at): readonly TemplatePart[] => {
    if (part.kind !== 'text' || at < value.parts.length - 1) return [part];
    const pieces = part.pieces.flatMap(lineless);
    return pieces.length === 0 ? [] : [{ kind: 'text', pieces }];
  });
  return { kind: 'template', parts, span: whole };
}

/** The last piece without the line break that a heredoc ends with. */
function lineless<P extends { readonly text: string }>(
  piece: P,
  at: number,
  all: readonly P[],
): P[] {
  if (at < all.length - 1) return [piece];
  const text = piece.text.replace(/\n$/, '');
  return text === '' ? [] : [{ ...piece, text }];
}
