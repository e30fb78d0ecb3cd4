import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  find,
  findEntry,
  findPath,
  hasHole,
  parseJson,
  parseJsonLines,
  parseJsonText,
  wholeOf,
} from '../../src/source/index.js';
import { nodesIn, plain, seen, textAt } from './plain.js';

const read = (text: string) => parseJson({ path: 'a.json', text });

describe('a JSON document', () => {
  test('gives each key and value its exact place', () => {
    const text = '{\r\n  "a": [1, {"b\\u0041": "é😀"}],\n\t"c" : true }';
    const { value } = read(text);
    const list = find(value, 'a');
    expect(textAt(list?.span)).toBe('[1, {"b\\u0041": "é😀"}]');
    const inner = list?.kind === 'sequence' ? list.items[1] : undefined;
    const entry = findEntry(inner, 'bA');
    expect(textAt(entry?.keySpan)).toBe('"b\\u0041"');
    expect(textAt(entry?.value.span)).toBe('"é😀"');
    expect(findEntry(value, 'c')?.keySpan).toMatchObject({ start: text.indexOf('"c"') });
  });

  test('keeps the spelling of numbers that lose it', () => {
    const { value } = read('[111122223333, 1e3, 12345678901234567890]');
    expect(value).toMatchObject({
      items: [
        { value: 111122223333 },
        { value: 1000, spelling: '1e3' },
        { spelling: '12345678901234567890' },
      ],
    });
    expect(value?.kind === 'sequence' && value.items[0]).not.toHaveProperty('spelling');
  });

  test('never lets the characters in that mark unknown values', () => {
    const { value } = read('{"\uE000u\uE001e\uE002": "\\uE000u\\uE001e\\uE002"}');
    expect(hasHole(JSON.stringify(plain(value)))).toBe(false);
  });

  test('with a repeated key keeps both entries, finds the last, and warns', () => {
    const { value, diagnostics } = read('{"Effect": "Deny", "Effect": "Allow"}');
    expect(value?.kind === 'mapping' && value.entries).toHaveLength(2);
    expect(plain(find(value, 'Effect'))).toBe('Allow');
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
    expect(diagnostics.map(seen)).toEqual([
      '1:20 the key `Effect` is repeated, and only its last value counts (keep one of them; AWS refuses a policy with a repeated key)',
    ]);
  });

  test('reads back what JSON.stringify wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        // A prototype cannot be told from a key in the expectation.
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        const { value: node, diagnostics } = read(JSON.stringify(value, undefined, indent));
        expect(diagnostics).toEqual([]);
        expect(plain(node)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('spans each value so that reading the span alone gives the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (written) => {
        const { value } = read(JSON.stringify(written, undefined, 1));
        for (const [node, parent] of value === undefined ? [] : nodesIn(value)) {
          expect(plain(read(textAt(node.span) ?? '').value)).toEqual(plain(node));
          expect(node.span.start).toBeGreaterThanOrEqual(parent?.span.start ?? 0);
          expect(node.span.end).toBeLessThanOrEqual(parent?.span.end ?? Infinity);
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('never throws and always ends, whatever the text', () => {
    const scraps = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '0',
      '$',
      "'",
      '//',
    );
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const { value, diagnostics } = read(text);
        const isRight = diagnostics.every(({ severity }) => severity !== 'error');
        expect(isRight).toBe(isJson(text));
        expect(value === undefined && isRight).toBe(false);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('a mistake in JSON', () => {
  test.each([
    ['{"a": 1,}', { a: 1 }, ['1:8 a comma stands before the closing `}` (remove the comma)']],
    ['[1, 2, ]', [1, 2], ['1:6 a comma stands before the closing `]` (remove the comma)']],
    ['{"a": 1 "b": 2}', { a: 1, b: 2 }, ['1:9 expected `,` or `}`, but found `"b"`']],
    [
      '// ours\n{"a": /* one */ 1}',
      { a: 1 },
      ['1:1 JSON has no comments (remove the comments, or write the file as YAML)'],
    ],
    [
      '{"a": 012345678901, "b": 2}',
      { a: '012345678901', b: 2 },
      [
        '1:7 `012345678901` starts with a zero, which a JSON number cannot (put an account id in quotes)',
      ],
    ],
    [
      '{\'a\': 1, "b": 2}',
      { b: 2 },
      ["1:2 expected a key in double quotes, but found `'a'` (JSON strings take double quotes)"],
    ],
    [
      '{"a": 1',
      { a: 1 },
      ['1:8 expected `,` or `}`, but the text ends (check that the file is complete)'],
    ],
    ['{"a": [1}', { a: [1] }, ['1:9 expected `,` or `]`, but found `}`']],
    [
      '{"a": 1}, {"b": 2}',
      { a: 1 },
      [
        '1:9 expected the end of the text, but found `,` (put `[` and `]` around several documents)',
      ],
    ],
    [
      '{"a": "x\ny"}',
      { a: 'x' },
      [
        '1:7 the string does not end on its line (close it with `"`)',
        '2:1 expected `,` or `}`, but found `y`',
      ],
    ],
    [
      '{"a": "C:\\dir"}',
      { a: 'C:ir' },
      [
        '1:7 the string holds a backslash that starts no JSON escape (write `\\\\` for a backslash)',
      ],
    ],
    ['{"a": True}', { a: 'UNRESOLVED' }, ['1:7 expected a value, but found `True` (write `true`)']],
    ['', undefined, ['1:1 there is no JSON here, only empty text']],
  ])('%j is told with its place, and what is right is kept', (text, value, messages) => {
    const parsed = read(text);
    expect(plain(parsed.value)).toEqual(value);
    expect(parsed.diagnostics.map(seen)).toEqual(messages);
  });

  test('in a value leaves it unknown, so that it is not taken for absent', () => {
    const { value, diagnostics } = read('{"Account": ${ACCOUNT_ID}, "Region": "us-east-1"}');
    expect(plain(value)).toEqual({ Account: 'UNRESOLVED', Region: 'us-east-1' });
    expect(diagnostics.map(seen)).toEqual([
      '1:13 expected a value, but found `$` (fill the placeholder in before keyproof reads the file, or put it in quotes)',
    ]);
  });

  test('that is repeated without end is told a few times', () => {
    const { diagnostics } = read(`[${'{"a" 1},'.repeat(1000)}]`);
    expect(diagnostics).toHaveLength(10);
  });
});

describe('deep nesting', () => {
  test('is read down to 256 levels', () => {
    const { value, diagnostics } = read('{"a":'.repeat(256) + '1' + '}'.repeat(256));
    expect(diagnostics).toEqual([]);
    expect(plain(findPath(value, ...Array.from({ length: 256 }, () => 'a')))).toBe(1);
  });

  test('beyond that is told, and what follows is still read', () => {
    const { value, diagnostics } = read(`{"a": ${'['.repeat(9999)}${']'.repeat(9999)}, "b": 2}`);
    expect(plain(find(value, 'b'))).toBe(2);
    expect(diagnostics.map(seen)).toEqual([
      '1:262 nested more than 256 levels deep (no policy or template needs this; check how the file was made)',
    ]);
  });

  test('without end overflows nothing', () => {
    expect(read('['.repeat(2_000_000)).diagnostics).toHaveLength(2);
  });
});

describe('JSON inside a string', () => {
  test('has the place of the string, and messages say where in it', () => {
    const source = { path: 'a.yaml', text: 'Policy: "{...}"' };
    const at = { ...wholeOf(source), start: 8 };
    const { value, diagnostics } = parseJsonText('{\n  "a": [1,]\n}', at);
    expect(find(value, 'a')?.span).toEqual(at);
    expect(diagnostics.map(seen)).toEqual([
      '1:9 a comma stands before the closing `]` (line 2, column 10 of the JSON in this string) (remove the comma)',
    ]);
  });
});

describe('JSON Lines', () => {
  test('are one value a line, each at its place', () => {
    const source = { path: 'a.jsonl', text: '{"a": 1}\r\n\n{"a": 2}\n' };
    const { value, diagnostics } = parseJsonLines(source);
    expect(diagnostics).toEqual([]);
    expect(value.map(plain)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(value.map(({ span }) => textAt(span))).toEqual(['{"a": 1}', '{"a": 2}']);
  });
});
