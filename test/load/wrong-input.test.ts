import { describe, expect, test } from 'vitest';
import { loadOf, messagesOf } from './memory.js';

const statement = '{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}';
const policy = `{"Version": "2012-10-17", "Statement": [${statement}]}`;
const named = (name: string, content: string | Uint8Array) =>
  loadOf({ [name]: content }, { paths: [name] });

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('what a user sees who names', () => {
  test('an empty file', () => {
    for (const content of ['', ' \r\n\t', '\uFEFF']) {
      expect(messagesOf(named('a.json', content))).toEqual([
        'error a.json:1:1 `a.json` is empty (check how the file was made)',
      ]);
    }
  });

  test('a program', () => {
    expect(messagesOf(named('a.json', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0)))).toEqual([
      'error a.json:1:1 `a.json` is not a text file: it holds zero bytes (name text files only, or exclude this one)',
    ]);
  });

  test('10 MB of garbage', () => {
    const expected = [
      'error a.json:1:1 expected a value, but found `x`',
      'error a.txt:1:1 `a.txt` is in no format that keyproof reads (name a policy document, a CloudFormation template, saved AWS CLI output or an inventory file)',
      'error a.yaml:1:1 the YAML file is larger than 4 million characters (convert it to JSON, which has no such limit, or split it)',
    ];
    const garbage = 'x ] { " \\ : , 0 '.repeat(700_000);
    const contents = { 'a.json': garbage, 'a.txt': garbage, 'a.yaml': garbage };
    const loaded = loadOf(contents, { paths: Object.keys(contents) });
    expect(messagesOf(loaded)).toEqual(expected);
  });

  test('10 MB of garbage that shows a mark', () => {
    const garbage = `"Statement": "Effect": ${'x ] { " \\ : , 0 '.repeat(700_000)}`;
    expect(messagesOf(named('a.json', garbage))).toEqual([
      'error a.json:1:12 expected the end of the text, but found `:` (put `[` and `]` around several documents)',
    ]);
  });

  test('a policy that nests without end', () => {
    const deep = `{"Statement": {"Effect": "Allow", "Action": ${'['.repeat(100_000)}`;
    expect(messagesOf(named('a.json', deep))).toContain(
      'error a.json:1:299 nested more than 256 levels deep (no policy or template needs this; check how the file was made)',
    );
    const yaml = `Statement: {Effect: Allow, Action: ${'['.repeat(100_000)}`;
    expect(messagesOf(named('a.yaml', yaml))[0]).toContain('nested more than 256 levels deep');
  });

  test('a policy with an anchor that contains itself', () => {
    const yaml = 'Statement: &s\n  - Effect: Allow\n    Action: kms:*\n    Resource: "*"\n  - *s\n';
    const loaded = named('a.yaml', yaml);
    expect(messagesOf(loaded)).toEqual([
      'error a.yaml:5:5 the alias `*s` stands inside the node that it repeats (write the value out)',
    ]);
    const [document] = loaded.inventory.documents;
    expect(document?.document.statements.map(({ kind }) => kind)).toEqual(['statement', 'broken']);
  });

  test('a policy that is a JSON string of JSON', () => {
    const loaded = named('a.json', JSON.stringify(policy));
    expect(messagesOf(loaded)).toEqual([]);
    expect(loaded.inventory.documents).toHaveLength(1);
  });

  test('a policy that is a JSON string of broken JSON', () => {
    expect(messagesOf(named('a.json', JSON.stringify(policy.slice(0, -2))))).toContain(
      'error a.json:1:1 expected `,` or `]`, but the text ends (line 1, column 96 of the JSON in this string) (check that the file is complete)',
    );
  });

  test.each([
    ['Windows line ends', policy.replaceAll(', ', ',\r\n')],
    ['old Mac line ends', policy.replaceAll(', ', ',\r')],
    ['a byte order mark', `\uFEFF${policy}`],
    ['tabs', policy.replaceAll(', ', ',\t')],
  ])('a policy with %s', (_, text) => {
    const loaded = named('a.json', text);
    expect(messagesOf(loaded)).toEqual([]);
    expect(loaded.inventory.documents).toHaveLength(1);
  });

  test('a policy in YAML with Windows line ends', () => {
    const text = 'Statement:\r\n  - Effect: Allow\r\n    Action: kms:*\r\n    Resource: "*"\r\n';
    const [document] = named('a.yaml', text).inventory.documents;
    expect(document?.document.statements).toMatchObject([
      { effect: 'Allow', action: { patterns: [{ text: 'kms:*' }] } },
    ]);
  });

  test('a policy in UTF-16, as PowerShell saves it', () => {
    const utf16 = Uint8Array.from([
      0xff,
      0xfe,
      ...[...policy].flatMap((each) => [each.charCodeAt(0), 0]),
    ]);
    expect(messagesOf(named('a.json', utf16))).toEqual([]);
  });

  test('a policy that is not UTF-8', () => {
    const latin = bytesOf(policy).with(2, 0xe9);
    expect(messagesOf(named('a.json', latin))).toEqual([
      'error a.json:1:1 `a.json` is not UTF-8: line 1 holds bytes that are no character (save the file as UTF-8)',
    ]);
  });

  test('a policy in Python’s spelling', () => {
    const python = policy.replaceAll('"', "'");
    expect(messagesOf(named('a.json', python))[0]).toBe(
      "error a.json:1:2 expected a key in double quotes, but found `'Version'` (JSON strings take double quotes)",
    );
  });

  test('a folder without permission', () => {
    const loaded = loadOf({ 'a/': { unreadable: 'permission denied' } }, { paths: ['a'] });
    expect(messagesOf(loaded)).toEqual([
      'error a:1:1 the folder `a` cannot be read: permission denied (allow reading it, or exclude it)',
    ]);
  });
});
