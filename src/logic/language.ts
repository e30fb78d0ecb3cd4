/**
 * A set of strings that a wildcard pattern describes.
 *
 * Tokens: a character stands for itself; `any` for one character, `run` for any number of them. A
 * `run` or `any` with `not` never covers those characters.
 */
export interface Wildcard {
  readonly tokens: readonly WildcardToken[];
  /** Whether characters compare without case. */
  readonly ignoreCase: boolean;
}

export type WildcardToken =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'any' | 'run'; readonly not?: string };

/** What a string must be: in a language, or outside of it. */
export interface Membership {
  readonly language: Wildcard;
  readonly inside: boolean;
}

/** Found a string, proved that there is none, or gave up. */
export type Word =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'limit' };

/**
 * A shortest string that satisfies all memberships, by walking the product of the patterns' automata.
 * @param statesMax how many product states may be visited; reaching it is `limit`
 */
export function findWord(memberships: readonly Membership[], statesMax: number): Word {
  const automata = memberships.map(({ language }) => automatonOf(language));
  const accepts = (at: readonly string[]): boolean =>
    memberships.every(({ inside }, index) => {
      const state = at[index] ?? '';
      return (automata[index]?.accepts(state) ?? false) === inside;
    });
  const alphabet = alphabetOf(memberships.map(({ language }) => language));
  // A positive language whose automaton is dead can't be left again.
  const hopeless = (at: readonly string[]): boolean =>
    memberships.some(({ inside }, index) => inside && at[index] === '');

  const start = automata.map((automaton) => automaton.start);
  const seen = new Set([start.join('|')]);
  let frontier: { readonly at: readonly string[]; readonly word: string }[] = [
    { at: start, word: '' },
  ];
  while (frontier.length > 0) {
    const next: typeof frontier = [];
    for (const { at, word } of frontier) {
      if (accepts(at)) return { kind: 'word', word };
      for (const character of alphabet) {
        const to = at.map((state, index) => automata[index]?.step(state, character) ?? '');
        if (hopeless(to)) continue;
        const name = to.join('|');
        if (seen.has(name)) continue;
        if (seen.size >= statesMax) return { kind: 'limit' };
        seen.add(name);
        next.push({ at: to, word: word + character });
      }
    }
    frontier = next;
  }
  return { kind: 'none' };
}

interface Automaton {
  readonly start: string;
  step(state: string, character: string): string;
  accepts(state: string): boolean;
}

// A state is the sorted list of token positions that the pattern may have reached; '' is dead.
function automatonOf({ tokens, ignoreCase }: Wildcard): Automaton {
  const memo = new Map<string, string>();
  const close = (positions: Iterable<number>): string => {
    const closed = new Set<number>();
    for (const from of positions) {
      for (let at = from; ; at += 1) {
        closed.add(at);
        if (tokens[at]?.kind !== 'run') break;
      }
    }
    return [...closed].sort((a, b) => a - b).join();
  };
  const covers = (token: WildcardToken, character: string): boolean =>
    token.kind === 'character'
      ? token.character === character ||
        (ignoreCase && token.character.toLowerCase() === character.toLowerCase())
      : !(token.not?.includes(character) ?? false);
  const step = (state: string, character: string): string => {
    if (state === '') return '';
    const name = `${state}/${character}`;
    const known = memo.get(name);
    if (known !== undefined) return known;
    const to: number[] = [];
    for (const position of state.split(',').map(Number)) {
      const token = tokens[position];
      if (token !== undefined && covers(token, character)) {
        to.push(token.kind === 'run' ? position : position + 1);
      }
    }
    const next = close(to);
    memo.set(name, next);
    return next;
  };
  return {
    start: close([0]),
    step,
    accepts: (state) => state !== '' && state.split(',').includes(String(tokens.length)),
  };
}

// The characters that some pattern tells apart, and one that none does: more need not be tried.
function alphabetOf(languages: readonly Wildcard[]): readonly string[] {
  const named = new Set<string>();
  for (const { tokens, ignoreCase } of languages) {
    for (const token of tokens) {
      if (token.kind === 'character') {
        named.add(token.character);
        if (ignoreCase) named.add(token.character.toLowerCase()).add(token.character.toUpperCase());
      } else if (token.not !== undefined) {
        for (const character of token.not) named.add(character);
      }
    }
  }
  // Letters before signs, so that found words read well.
  const other = [...'xyzwvutabcdefghijklmnopqrs0123456789-_', '\u00b7'].find(
    (one) => !named.has(one),
  );
  return other === undefined ? [...named] : [other, ...named];
}
