import type { Diagnostic } from './diagnostic.js';
import { createTokens, type TokenKind } from './json-tokens.js';
import type { Unresolved } from './node.js';
import type { Span } from './source.js';
import { hole, withoutReserved } from './text.js';

/** Where a JSON text stands. */
export interface Place {
  readonly unit: string;
  readonly spanOf: (start: number, end: number) => Span;
  /** Takes out of a decoded string what must not come from outside. */
  readonly clean: (value: string) => string;
  /** What a message adds where its span does not say where. */
  readonly suffixAt: (offset: number) => string;
}

/** One token of a JSON text at a time, and what there is to say about it. */
export interface Cursor {
  readonly text: string;
  readonly diagnostics: Diagnostic[];
  readonly is: (kind: TokenKind) => boolean;
  readonly kind: () => TokenKind;
  readonly start: () => number;
  readonly end: () => number;
  /** The value of a string, the spelling of a number. */
  readonly value: () => string;
  readonly spanOf: Place['spanOf'];
  readonly clean: Place['clean'];
  /** Steps to the next token that means something; nothing follows where there were too many errors. */
  readonly advance: () => void;
  readonly report: (message: string, from: number, to: number, hint?: string) => void;
  /** Reports that the token is not what should stand here. */
  readonly expected: (what: string, hint?: string) => void;
  /** Reports what is wrong with the spelling of the token itself. */
  readonly checkSpelling: () => void;
  /** Stands for what cannot be read, so that it is not taken for absent. */
  readonly unreadable: (from: number, to: number) => Unresolved;
  /** Steps over an opening bracket and all up to its closing one; the offset behind that. */
  readonly skipBalanced: () => number;
  /** Steps to the next comma or closing bracket of this level. */
  readonly skipItem: () => void;
}

// A file that breaks over and over is not JSON; more messages would not help.
const ERRORS_MAX = 10;

export function createCursor(text: string, place: Place): Cursor {
  const tokens = createTokens(text);
  const { start, end } = tokens;
  const { spanOf } = place;
  const diagnostics: Diagnostic[] = [];
  let token: TokenKind = 'end';
  let errors = 0;
  let lastErrorAt = -1;
  let commented = false;

  const gaveUp = (): boolean => errors >= ERRORS_MAX;
  const is: Cursor['is'] = (kind) => token === kind;

  const report: Cursor['report'] = (message, from, to, hint) => {
    // One mistake trips several expectations; the first one tells it best.
    if (gaveUp() || from <= lastErrorAt) return;
    errors += 1;
    lastErrorAt = from;
    diagnostics.push({
      code: 'json-syntax',
      severity: 'error',
      message: message + place.suffixAt(from),
      span: spanOf(from, to),
      ...(hint === undefined ? {} : { hint }),
    });
  };

  const advance = (): void => {
    do {
      token = gaveUp() ? 'end' : tokens.next();
      if (is('comment') && !commented) {
        commented = true;
        const hint = 'remove the comments, or write the file as YAML';
        report('JSON has no comments', start(), end(), hint);
      }
    } while (is('comment'));
  };

  const expected: Cursor['expected'] = (what, hint) => {
    if (!is('end')) {
      const found = spellingAt(text, start(), end());
      const message = `expected ${what}, but found \`${found}\``;
      report(message, start(), end(), hint ?? hintFor(found));
      return;
    }
    const message = `expected ${what}, but the text ends`;
    report(message, text.length, text.length, 'check that the file is complete');
    errors = ERRORS_MAX;
  };

  const skipBalanced = (): number => {
    let open = 0;
    let to: number;
    do {
      open += levelChange(token);
      to = end();
      advance();
    } while (open > 0 && !is('end'));
    return to;
  };

  return {
    text,
    diagnostics,
    is,
    kind: () => token,
    start,
    end,
    value: tokens.value,
    spanOf,
    clean: place.clean,
    advance,
    report,
    expected,
    checkSpelling: () => {
      const problem = tokens.problem();
      if (problem !== undefined) report(problem.message, start(), end(), problem.hint);
    },
    unreadable: (from, to) => ({
      kind: 'unresolved',
      text: hole(place.unit, `unreadable JSON at offset ${from}`),
      span: spanOf(from, to),
    }),
    skipBalanced,
    skipItem: () => {
      let open = 0;
      while (!is('end') && !(open === 0 && (is(',') || is('}') || is(']')))) {
        open += levelChange(token);
        advance();
      }
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
