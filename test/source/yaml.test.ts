import fc from 'fast-check';
import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import { find, findEntry, findPath, hasHole, parseYaml } from '../../src/source/index.js';
import { nodesIn, plain, seen, textAt } from './plain.js';

const read = (text: string) => {
  const { value, diagnostics } = parseYaml({ path: 'a.yaml', text });
  return { ...value, root: value.documents[0], diagnostics, messages: diagnostics.map(seen) };
};

describe('a YAML document', () => {
  test('gives each key and value its exact place', () => {
    const { root } = read(
      'Outer:\r\n  Key: &k "a b" # why\r\n  List:\r\n  - x\r\n  - {y: z}\r\n\r\nNext: |\r\n  one\r\n  two\r\n',
    );
    expect(textAt(findEntry(root, 'Outer')?.keySpan)).toBe('Outer');
    expect(textAt(findPath(root, 'Outer', 'Key')?.span)).toBe('"a b"');
    expect(textAt(findPath(root, 'Outer', 'List')?.span)).toBe('- x\r\n  - {y: z}');
    expect(textAt(findPath(root, 'Outer')?.span)).toBe(
      'Key: &k "a b" # why\r\n  List:\r\n  - x\r\n  - {y: z}',
    );
    expect(textAt(find(root, 'Next')?.span)).toBe('|\r\n  one\r\n  two');
    expect(plain(find(root, 'Next'))).toBe('one\ntwo\n');
  });

  test('is a document for each `---` that holds one', () => {
    const { documents } = read('# head\n---\na: 1\n---\n---\nb: 2\n...\n');
    expect(documents.map(plain)).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test.each(['', '# only this\n', '---\n'])('%j holds none', (text) => {
    expect(read(text).documents).toEqual([]);
  });

  test('keeps its comments, and takes no text for one', () => {
    const { comments } = read('# one\na: "#no" #  two \nb: |\n  # no\n  x # no\nc: a#no # three\n');
    expect(comments.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(comments.map(({ span }) => textAt(span))).toEqual(['# one', '#  two ', '# three']);
  });

  test('with a repeated key keeps both entries, finds the last, and warns', () => {
    const { root, messages } = read('Effect: Deny\nEffect: Allow\n');
    expect(plain(find(root, 'Effect'))).toBe('Allow');
    expect(messages).toEqual([
      '2:1 the key `Effect` is repeated, and only its last value counts (keep one of them; AWS refuses a policy with a repeated key)',
    ]);
  });

  test('never lets the characters in that mark unknown values', () => {
    expect(hasHole(JSON.stringify(plain(read('a: "\\ue000u\\ue001e\\ue002"').root)))).toBe(false);
  });

  test('reads back what a YAML printer wrote, each value from its span', () => {
    const text = fc.string({ unit: 'grapheme-ascii' });
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.boolean(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[A-Za-z]\w*$/), tie('value'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(value, (written) => {
        const { root, diagnostics } = read(stringify({ written }));
        expect(diagnostics).toEqual([]);
        expect(plain(root)).toEqual({ written });
        for (const [node, parent] of root === undefined ? [] : nodesIn(root)) {
          expect(node.span.start).toBeGreaterThanOrEqual(parent?.span.start ?? 0);
          expect(node.span.end).toBeLessThanOrEqual(parent?.span.end ?? Infinity);
          const alone = textAt(node.span) ?? '';
          // What spans several lines reads otherwise once it is taken out of its indentation.
          if (node.kind === 'scalar' && !alone.includes('\n')) {
            expect(plain(read(`a: ${alone}`).root)).toEqual({ a: plain(node) });
          }
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('plain scalars', () => {
  test.each([
    ['2012-10-17', '2012-10-17'],
    ['2012-10-17T00:00:00Z', '2012-10-17T00:00:00Z'],
    ['012345678901', '012345678901'],
    ['0o17', '0o17'],
    ['0x1F', '0x1F'],
    ['1_000', '1_000'],
    ['12:30', '12:30'],
    ['yes', 'yes'],
    ['No', 'No'],
    ['on', 'on'],
    ['.inf', '.inf'],
    ['=', '='],
    ['true', true],
    ['False', false],
    ['null', null],
    ['~', null],
    ['', null],
    ['111122223333', 111122223333],
    ['-1', -1],
    ['0', 0],
    ['0.5', 0.5],
    ['1e3', 1000],
    ['"111122223333"', '111122223333'],
    ["'true'", 'true'],
    ['!!str 111122223333', '111122223333'],
  ])('%s is %j', (spelled, value) => {
    expect(plain(find(read(`a: ${spelled}`).root, 'a'))).toBe(value);
  });

  test('keep their spelling where the value loses it', () => {
    expect(find(read('a: 1e3').root, 'a')).toMatchObject({ value: 1000, spelling: '1e3' });
    expect(find(read('a: True').root, 'a')).toMatchObject({ value: true, spelling: 'True' });
    expect(find(read('a: 111122223333').root, 'a')).not.toHaveProperty('spelling');
  });

  test('are read alike whatever version the file claims', () => {
    expect(plain(read('%YAML 1.1\n---\na: yes\nb: 010\n').root)).toEqual({ a: 'yes', b: '010' });
  });
});

describe("CloudFormation's short forms", () => {
  test.each([
    ['!Ref AWS::NoValue', { Ref: 'AWS::NoValue' }],
    ['!Sub "arn:${AWS::Partition}:iam"', { 'Fn::Sub': 'arn:${AWS::Partition}:iam' }],
    ['!GetAtt Role.Arn', { 'Fn::GetAtt': 'Role.Arn' }],
    ['!GetAtt [Role, Arn]', { 'Fn::GetAtt': ['Role', 'Arn'] }],
    ['!Condition IsProd', { Condition: 'IsProd' }],
    ['!If [c, !Ref a, !Ref b]', { 'Fn::If': ['c', { Ref: 'a' }, { Ref: 'b' }] }],
    ['!Join [",", []]', { 'Fn::Join': [',', []] }],
    ['!Transform {Name: AWS::Include}', { 'Fn::Transform': { Name: 'AWS::Include' } }],
  ])('%s is its long form', (short, long) => {
    const { root, diagnostics } = read(`a: ${short}`);
    expect(diagnostics).toEqual([]);
    expect(plain(find(root, 'a'))).toEqual(long);
  });

  test('span from the tag to the end of the value', () => {
    const { root } = read('a: !Sub  "x" # y\nb: !Join\n  - ""\n  - [z]\n');
    const sub = find(root, 'a');
    expect(textAt(sub?.span)).toBe('!Sub  "x"');
    expect(textAt(findEntry(sub, 'Fn::Sub')?.keySpan)).toBe('!Sub');
    expect(textAt(findEntry(sub, 'Fn::Sub')?.value.span)).toBe('"x"');
    expect(textAt(find(root, 'b')?.span)).toBe('!Join\n  - ""\n  - [z]');
  });
});

describe('anchors', () => {
  test('are repeated where their aliases stand', () => {
    const { root } = read('a: &x {b: 1}\nc: *x\n');
    expect(plain(find(root, 'c'))).toEqual({ b: 1 });
  });

  test('merge where `<<` says so, without overriding', () => {
    const { root } = read(
      'a: &x {b: 1, c: 1}\nd: &y {c: 2, e: 2}\nf: {<<: [*x, *y], b: 3}\n"<<": 4\n',
    );
    expect(plain(find(root, 'f'))).toEqual({ b: 3, c: 1, e: 2 });
    expect(plain(find(root, '<<'))).toBe(4);
  });

  test('that contain themselves are told', () => {
    const { root, messages } = read('a: &x\n  b: *x\n  c: 1\n');
    expect(messages).toEqual([
      '2:6 the alias `*x` stands inside the node that it repeats (write the value out)',
    ]);
    expect(plain(root)).toEqual({ a: { b: 'UNRESOLVED', c: 1 } });
  });

  test('that blow the file up are told, at once', () => {
    const lines = Array.from({ length: 20 }, (_, level) => {
      const items = level === 0 ? 'x,'.repeat(10) : `*a${level - 1},`.repeat(10);
      return `a${level}: &a${level} [${items}]`;
    });
    expect(read(lines.join('\n')).messages).toEqual([
      '6:38 aliases expand this file to more than 1000000 nodes (write the values out, or generate JSON)',
    ]);
  });

  test('that do not exist are told', () => {
    const { root, messages } = read('a: *x\nb: 1\n');
    expect(messages).toEqual([
      '1:4 no anchor `&x` stands before its alias (define it above, or put the text in quotes)',
    ]);
    expect(plain(root)).toEqual({ a: 'UNRESOLVED', b: 1 });
  });

  test('merge mappings only', () => {
    expect(read('a: &x 1\nb: {<<: *x}\n').messages).toEqual([
      '1:7 the merge key `<<` takes a mapping or a list of mappings (refer to a mapping by its alias)',
    ]);
  });
});

describe('a mistake in YAML', () => {
  test.each([
    ['a:\n\t- b\n', ['2:1 tabs are not allowed as indentation (indent with spaces)']],
    ['a: b: c\n', ['1:4 nested mappings are not allowed in compact mappings']],
    [
      'a: @b\n',
      ['1:4 plain value cannot start with reserved character @ (put the text in quotes)'],
    ],
    [
      'a: {{ role }}\n',
      [
        '1:5 a key of a mapping must be text (fill the template in before keyproof reads the file, or put it in quotes)',
      ],
    ],
  ])('%j is told with its place', (text, messages) => {
    expect(read(text).messages).toEqual(messages);
  });

  test('does not hide the rest', () => {
    const { root } = read('a:\n\t- b\nc: 1\n');
    expect(plain(find(root, 'c'))).toBe(1);
  });
});

describe('a YAML file out of all measure', () => {
  test.each([
    ['flow', '['.repeat(100_000)],
    ['block', Array.from({ length: 500 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['sequences', '- '.repeat(5000)],
  ])('nests no deeper than the limit: %s', (_, text) => {
    expect(read(text).messages).toEqual([
      expect.stringContaining('nested more than 256 levels deep'),
    ]);
  });

  test('and out of all form is told a few times', () => {
    expect(read('"a" '.repeat(100_000)).messages).toHaveLength(10);
    expect(read('a: 1\n'.repeat(20_000)).messages).toHaveLength(100);
  });

  test('is not read at all', () => {
    expect(read(`a: ${'x'.repeat(4_000_000)}`).messages).toEqual([
      '1:1 the YAML file is larger than 4 million characters (convert it to JSON, which has no such limit, or split it)',
    ]);
  });
});
