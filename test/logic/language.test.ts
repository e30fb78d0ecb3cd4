import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findWord } from '../../src/logic/index.js';
import type { Membership, Wildcard, WildcardToken } from '../../src/logic/index.js';

function wildcard(text: string, ignoreCase: 'ignore-case' | 'exact' = 'exact'): Wildcard {
  const tokens = [...text].map((character): WildcardToken => {
    if (character === '*') return { kind: 'run' };
    if (character === '?') return { kind: 'any' };
    if (character === '~') return { kind: 'run', not: 'a' };
    return { kind: 'character', character };
  });
  return { tokens, ignoreCase: ignoreCase === 'ignore-case' };
}

/** The plainest matcher there is. */
function matches(tokens: readonly WildcardToken[], word: string): boolean {
  const [token, ...rest] = tokens;
  if (token === undefined) return word === '';
  if (token.kind === 'run') {
    if (matches(rest, word)) return true;
    return (
      word !== '' &&
      !(token.not?.includes(word[0] ?? '') ?? false) &&
      matches(tokens, word.slice(1))
    );
  }
  if (word === '') return false;
  const fits = token.kind === 'character' ? token.character === word[0] : true;
  return fits && matches(rest, word.slice(1));
}

const inside = (text: string): Membership => ({ language: wildcard(text), inside: true });
const outside = (text: string): Membership => ({ language: wildcard(text), inside: false });

describe('finding a word', () => {
  test.each([
    [[inside('x*'), outside('*a'), outside('*b'), outside('x*')], undefined],
    [[inside('a*'), inside('*b'), outside('ab')], 3],
    [[inside('a?c'), outside('abc')], 3],
    [[inside('*')], 0],
    [[inside('?*'), outside('?')], 2],
    [[inside('s3.*'), inside('ec2.*')], undefined],
    [[inside('~b'), inside('a*')], undefined],
  ])('of %j has length %s', (memberships, length) => {
    const found = findWord(memberships, 10_000);
    expect(found.kind === 'word' ? found.word.length : undefined).toBe(length);
    if (found.kind === 'word') {
      for (const { language, inside: within } of memberships) {
        expect(matches(language.tokens, found.word)).toBe(within);
      }
    }
  });

  test('without case, one spelling inside and another outside can both hold only where case counts', () => {
    const loose = { language: wildcard('Ab', 'ignore-case'), inside: true };
    expect(findWord([loose, outside('ab')], 1_000)).toMatchObject({ kind: 'word' });
    expect(
      findWord([loose, { language: wildcard('AB', 'ignore-case'), inside: false }], 1_000),
    ).toEqual({ kind: 'none' });
  });

  test('agrees with trying every short word', () => {
    const short = words(5);
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '~'), maxLength: 4 });
    const membership = fc.record({
      language: pattern.map((text) => wildcard(text)),
      inside: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(membership, { minLength: 1, maxLength: 4 }), (memberships) => {
        const fits = (word: string): boolean =>
          memberships.every(
            ({ language, inside: within }) => matches(language.tokens, word) === within,
          );
        const found = findWord(memberships, 100_000);
        expect(found.kind).not.toBe('limit');
        if (found.kind === 'word') expect(fits(found.word)).toBe(true);
        else expect(short.filter(fits)).toEqual([]);
      }),
      { numRuns: 1_000, seed: 20_261_125 },
    );
  });

  test('a limit reached is said', () => {
    expect(findWord([inside('*a??????????'), inside('*b??????????')], 20)).toEqual({
      kind: 'limit',
    });
  });
});

/** Every word over a, b and one other letter, up to a length. */
function words(lengthMax: number): readonly string[] {
  let last = [''];
  const all = [''];
  for (let length = 1; length <= lengthMax; length += 1) {
    last = last.flatMap((word) => ['a', 'b', 'x'].map((character) => word + character));
    all.push(...last);
  }
  return all;
}
