import { describe, expect, test } from 'vitest';
import { decodeText } from '../../src/source/index.js';

const read = (...bytes: readonly number[]) => decodeText('a.json', Uint8Array.from(bytes));

describe('the text of a file', () => {
  test.each([
    ['UTF-8', [0x7b, 0xc3, 0xa9, 0x7d], '{é}'],
    ['UTF-8 with a byte order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d], '{}'],
    ['UTF-16, little end first', [0xff, 0xfe, 0x7b, 0, 0xe9, 0], '{é'],
    ['UTF-16, big end first', [0xfe, 0xff, 0, 0x7b, 0, 0xe9], '{é'],
    ['nothing', [], ''],
  ])('is decoded from %s', (_, bytes, text) => {
    expect(read(...bytes)).toEqual({ value: { path: 'a.json', text }, diagnostics: [] });
  });

  test('keeps the ends of its lines, so that offsets stay true', () => {
    expect(read(0x61, 13, 10, 0x62).value?.text).toBe('a\r\nb');
  });

  test('is none for binary', () => {
    expect(read(0x7f, 0x45, 0, 1)).toMatchObject({
      value: undefined,
      diagnostics: [
        {
          code: 'not-text',
          severity: 'error',
          message: '`a.json` is not a text file: it holds zero bytes',
        },
      ],
    });
  });

  test.each([
    ['Latin-1', [0x7b, 10, 0xe9, 0x7d], 2],
    ['Latin-1 at the end', [0x7b, 10, 10, 0xe9], 3],
    ['a stray continuation', [0xc3, 0xa9, 0x80], 1],
  ])('that is not UTF-8 is told with its line: %s', (_, bytes, line) => {
    expect(read(...bytes).diagnostics).toMatchObject([
      {
        code: 'not-utf8',
        message: `\`a.json\` is not UTF-8: line ${line} holds bytes that are no character`,
        hint: 'save the file as UTF-8',
      },
    ]);
  });
});
