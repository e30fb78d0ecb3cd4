import { createScanner } from 'jsonc-parser';

export type TokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | ','
  | ':'
  | 'null'
  | 'true'
  | 'false'
  | 'string'
  | 'number'
  | 'comment'
  | 'space'
  | 'unknown'
  | 'end';

/** What is wrong with the spelling of a string or number. */
interface TokenProblem {
  readonly message: string;
  readonly hint: string;
}

/** The tokens of a JSON text, one at a time. */
export interface Tokens {
  /** Steps to the next token that is not white space. */
  readonly next: () => TokenKind;
  readonly start: () => number;
  readonly end: () => number;
  /** The value of a string, the spelling of anything else. */
  readonly value: () => string;
  readonly problem: () => TokenProblem | undefined;
}

export function createTokens(text: string): Tokens {
  const scanner = createScanner(text, false);
  return {
    next: () => {
      for (;;) {
        const kind = kinds[scanner.scan()] ?? 'unknown';
        if (kind !== 'space') return kind;
      }
    },
    start: () => scanner.getTokenOffset(),
    end: () => scanner.getTokenOffset() + scanner.getTokenLength(),
    value: () => scanner.getTokenValue(),
    problem: () => problems[scanner.getTokenError()],
  };
}

// By the numbers of the library's `SyntaxKind`, a `const enum` that cannot be imported here.
const kinds: readonly (TokenKind | undefined)[] = [
  undefined,
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  'true',
  'false',
  'string',
  'number',
  'comment',
  'comment',
  'space',
  'space',
  'unknown',
  'end',
];

// By the numbers of the library's `ScanError`.
const problems: Readonly<Record<number, TokenProblem>> = {
  2: { message: 'the string does not end on its line', hint: 'close it with `"`' },
  3: { message: 'the number breaks off', hint: 'write digits after the point or the exponent' },
  4: { message: '`\\u` needs four hex digits', hint: 'write `\\u00e9`, or the character itself' },
  5: {
    message: 'the string holds a backslash that starts no JSON escape',
    hint: 'write `\\\\` for a backslash',
  },
  6: {
    message: 'the string holds a control character',
    hint: 'write it as an escape, such as `\\n` or `\\t`',
  },
};
