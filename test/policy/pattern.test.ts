import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandVariables, matchesWildcard } from '../../src/policy/index.js';
import { fillHoles, hole, type Text } from '../../src/source/index.js';

const A = hole('stack', 'A');
const B = hole('stack', 'B');
const otherA = hole('another stack', 'A');

describe('a pattern', () => {
  // SOURCE: facts evaluation 4.1
  test.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'a/b:c', true],
    ['**', '', true],
    ['a*', 'abc', true],
    ['a*', 'ba', false],
    ['*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXcYb', false],
    ['?', '', false],
    ['?', 'a', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['?*', 'a', true],
    ['*?', '', false],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
    ['a', 'A', false],
    ['?', '\u{1f511}', true],
    ['*?x', '\u{1f511}x', true],
    ['*', '*', true],
    ['a*', 'a*', true],
  ])('`%s` against `%s` is %s', (pattern, value, expected) => {
    expect(matchesWildcard(pattern, value, 'exact')).toBe(expected);
  });

  test('ignores case only where asked to', () => {
    expect(matchesWildcard('ReEncrypt*', 'reencryptfrom', 'ignore-case')).toBe(true);
    expect(matchesWildcard('ReEncrypt*', 'reencryptfrom', 'exact')).toBe(false);
    expect(matchesWildcard(`A${A}`, `a${A}`, 'ignore-case')).toBe(true);
  });

  test('takes no more time for many stars', () => {
    const pattern = '*a'.repeat(200) + 'b';
    expect(matchesWildcard(pattern, 'a'.repeat(5_000), 'exact')).toBe(false);
  });

  // design invariant 4: a hole is never `*`, empty or absent
  test.each<[Text, Text, boolean | undefined]>([
    [A, A, true],
    [`x${A}/*`, `x${A}/k`, true],
    [`x${A}/*`, `x${B}/k`, undefined],
    [A, otherA, undefined],
    [A, 'anything', undefined],
    ['*', A, true],
    ['?', A, undefined],
    ['x*', A, undefined],
    ['x*', `x${A}`, true],
    ['x*', `y${A}`, false],
    ['*y', `x${A}`, undefined],
    ['*y', `${A}z`, false],
    ['a*z', `a${A}b${B}z`, true],
    [`x${A}`, 'y', false],
    [`x${A}`, 'xy', undefined],
    [`${A}:b:${B}`, 'no colons', false],
    [`${A}x`, A, undefined],
    [`${A}${B}`, `${A}${B}`, true],
    [`${A}*`, `${A}${B}`, true],
  ])('with holes answers only what no filling changes (%#)', (pattern, value, expected) => {
    expect(matchesWildcard(pattern, value, 'exact')).toBe(expected);
  });
});

/** What a pattern means, said as plainly as can be. */
function means(pattern: string, value: string): boolean {
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === undefined) return value === '';
  if (first === '*') return means(rest, value) || (value !== '' && means(pattern, value.slice(1)));
  return value !== '' && (first === '?' || first === value[0]) && means(rest, value.slice(1));
}

describe('for all patterns', () => {
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 10 });
  const values = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });

  test('the matcher agrees with what a pattern means', () => {
    fc.assert(
      fc.property(patterns, values, (pattern, value) => {
        expect(matchesWildcard(pattern, value, 'exact')).toBe(means(pattern, value));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  const holey = (unit: fc.Arbitrary<string>): fc.Arbitrary<Text> =>
    fc
      .array(
        fc.oneof({ weight: 4, arbitrary: unit }, { weight: 1, arbitrary: fc.constantFrom(A, B) }),
        {
          maxLength: 7,
        },
      )
      .map((parts) => parts.join(''));

  test('no filling of the holes contradicts a definite answer', () => {
    fc.assert(
      fc.property(
        holey(fc.constantFrom('a', 'b', '*', '?')),
        holey(fc.constantFrom('a', 'b')),
        fc.record({ A: patterns, B: patterns }),
        (pattern, value, filling) => {
          const fill = (text: Text): string =>
            fillHoles(text, ({ expression }) => (expression === 'A' ? filling.A : filling.B));
          const answer = matchesWildcard(pattern, value, 'exact');
          const deployed = matchesWildcard(fill(pattern), fill(value), 'exact');
          expect(answer === undefined || answer === deployed).toBe(true);
        },
      ),
      { seed: 2, numRuns: 1000 },
    );
  });

  test('what a variable brings in matches itself and nothing else', () => {
    fc.assert(
      fc.property(patterns, patterns, (brought, value) => {
        const expanded = expandVariables('${aws:username}', '2012-10-17', () => `x${brought}`);
        const pattern = expanded.kind === 'value' ? expanded.text : '';
        expect(matchesWildcard(pattern, `x${value}`, 'exact')).toBe(brought === value);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});
