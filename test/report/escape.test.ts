import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeJson, escapeText, showLine } from '../../src/report/escape.js';
import { hole } from '../../src/source/index.js';

/** Text that tries to leave its place, among ordinary text. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
    fc.constantFrom(
      '\u001b[31m',
      '\n',
      '\r',
      '\t',
      '\u0000',
      '\u202e',
      '\u2066',
      '\u200b',
      '\u2028',
    ),
    fc.constantFrom('\ud800', '\udfff', '\u009b', '\ufeff', '\u{e0041}', '\u007f'),
  ),
});
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('text from outside', () => {
  test.each([
    ['a terminal escape', '\u001b[31mred', '\\u001b[31mred'],
    ['a line feed', 'a\nb', 'a\\nb'],
    ['a right-to-left override', 'user\u202enimda', 'user\\u202enimda'],
    ['a tag character', 'a\u{e0041}', 'a\\udb40\\udc41'],
    ['half a pair', '\ud83d', '\\ud83d'],
    ['letters of any script', 'Schlüssel 鍵 🔑', 'Schlüssel 鍵 🔑'],
    [
      'a hole',
      `arn:aws:iam::${hole('u', 'AWS::AccountId')}:root`,
      'arn:aws:iam::${AWS::AccountId}:root',
    ],
  ])('%s is shown so that it does nothing', (_, text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  test('no text gets an unprintable character past', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeText(text)).not.toMatch(unprintable);
        expect(showLine(text).text).not.toMatch(unprintable);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test('escaped JSON has the same value, and lines of its own only', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = JSON.stringify({ [text]: text }, undefined, 2);
        const escaped = escapeJson(json);
        expect(JSON.parse(escaped)).toEqual(JSON.parse(json));
        expect(escaped.replaceAll('\n', '')).not.toMatch(unprintable);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  test('a shown line knows where each of its columns went', () => {
    const { text, columns } = showLine('a\tb\u001bc');
    expect(text).toBe('a  b\\u001bc');
    expect(columns.slice(1)).toEqual([1, 2, 4, 5, 11, 12]);
  });
});
