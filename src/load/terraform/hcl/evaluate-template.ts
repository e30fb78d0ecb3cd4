import type { Node, Span, TextPiece } from '../../../source/index.js';
import { derivedFor, itemsOver, type Evaluate } from './evaluate-for.js';
import { truthOf } from './operators.js';
import { withNames, type Context } from './scope.js';
import { parseTemplate } from './parse-template.js';
import type { TemplatePart } from './syntax.js';
import {
  CHARACTERS_MAX,
  asText,
  boundedText,
  derived,
  failure,
  isFailure,
  spell,
  spelledText,
} from './value.js';

/** The text of a template; one that is a single expression is the value of that expression. */
export function renderParts(
  parts: readonly TemplatePart[],
  span: Span,
  context: Context,
  evaluate: Evaluate,
): Node {
  const [only] = parts;
  if (only?.kind === 'value' && parts.length === 1) return evaluate(only.value, context);
  const pieces = piecesOf(parts, context, evaluate);
  if ('kind' in pieces) return pieces;
  const length = pieces.reduce((sum, { text }) => sum + text.length, 0);
  return length > CHARACTERS_MAX
    ? boundedText(pieces.map(({ text }) => text).join(''), span, context.scope.unit)
    : spelledText(pieces, span);
}

/** The pieces of the text, or what fails in it. */
function piecesOf(
  parts: readonly TemplatePart[],
  context: Context,
  evaluate: Evaluate,
): readonly TextPiece[] | Node {
  const pieces: TextPiece[] = [];
  for (const part of parts) {
    const own = piecesOfPart(part, context, evaluate);
    if ('kind' in own) return own;
    pieces.push(...own);
  }
  return pieces;
}

function piecesOfPart(
  part: TemplatePart,
  context: Context,
  evaluate: Evaluate,
): readonly TextPiece[] | Node {
  const { unit } = context.scope;
  switch (part.kind) {
    case 'text':
      return part.pieces;
    case 'value': {
      const value = evaluate(part.value, context);
      const text = asText(value);
      if (isFailure(value)) return value;
      if (text === undefined) return failure(derived(unit, spell(value)), part.value.span);
      return [{ text, span: part.value.span }];
    }
    case 'if': {
      const condition = evaluate(part.condition, context);
      const holds = truthOf(condition);
      if (holds !== undefined)
        return piecesOf(holds ? part.then : part.otherwise, context, evaluate);
      const text = derived(unit, `if(${spell(condition)})@${String(part.condition.span.start)}`);
      return [{ text, span: part.condition.span }];
    }
    case 'for': {
      const over = evaluate(part.over, context);
      if (isFailure(over)) return over;
      const items = itemsOver(over);
      if (items === undefined || items.some(({ forms }) => forms)) {
        return [{ text: derivedFor(part.over, over, context), span: part.over.span }];
      }
      const pieces: TextPiece[] = [];
      for (const { key, value } of items) {
        const { keyName, valueName } = part;
        const names = { ...(keyName !== undefined && { [keyName]: key }), [valueName]: value };
        const own = piecesOf(part.body, withNames(context, names), evaluate);
        if ('kind' in own) return own;
        pieces.push(...own);
      }
      return pieces;
    }
  }
}

/** Works out a file that is a template, in which only the given names mean something. */
export function renderTemplate(
  source: { readonly path: string; readonly text: string },
  names: ReadonlyMap<string, Node>,
  context: Context,
  evaluate: Evaluate,
): Node {
  const template = parseTemplate(source);
  const inside = { ...context, names };
  return template.kind === 'template'
    ? renderParts(template.parts, template.span, inside, evaluate)
    : evaluate(template, inside);
}
