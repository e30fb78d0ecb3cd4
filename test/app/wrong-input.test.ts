import { describe, expect, test } from 'vitest';
import { lint } from '../../src/app/index.js';
import type { Unreadable } from '../../src/source/index.js';
import { reporters } from '../../src/report/index.js';
import { memoryHost } from './memory-host.js';

const pretty = await reporters.pretty();
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const policy = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  },
  undefined,
  2,
);

/** What a run over these files prints, without its last line of numbers. */
async function printed(
  files: Readonly<Record<string, string | Uint8Array | Unreadable>>,
  paths: readonly string[] = [],
): Promise<readonly string[]> {
  const result = await lint(
    {
      estate: { paths, parameters: [], emptiness: 'refused' },
      rules: [],
      confirmation: 'not-requested',
      severities: ['error', 'warning', 'info'],
    },
    memoryHost(files),
  );
  if (result.kind === 'mistake') return [result.message];
  return pretty(result, { width: 100, color: false }).trimEnd().split('\n').slice(0, -1);
}

const empty = 'nothing found in what could be read, 1 problem with the input';

interface Case {
  readonly story: string;
  readonly path: string;
  readonly content: string | Uint8Array | Unreadable;
  readonly says: readonly string[];
}

const cases: readonly Case[] = [
  {
    story: 'an empty file',
    path: 'policy.json',
    content: '',
    says: [
      'policy.json',
      '  error  `policy.json` is empty  empty-file',
      '',
      '    fix  check how the file was made',
      '',
      empty,
    ],
  },
  {
    story: 'a binary file',
    path: 'policy.json',
    content: Uint8Array.of(0, 1, 2, 255, 0),
    says: [
      'policy.json',
      '  error  `policy.json` is not a text file: it holds zero bytes  not-text',
      '',
      '    fix  name text files only, or exclude this one',
      '',
      empty,
    ],
  },
  {
    story: 'Latin-1',
    path: 'policy.json',
    content: Uint8Array.of(
      ...utf8('{"Statement":[{"Effect":"Allow","Sid":"'),
      0xe9,
      ...utf8('"}]}'),
    ),
    says: [
      'policy.json',
      '  error  `policy.json` is not UTF-8: line 1 holds bytes that are no character  not-utf8',
      '',
      '    fix  save the file as UTF-8',
      '',
      empty,
    ],
  },
  {
    story: 'ten megabytes of garbage in one line',
    path: 'policy.json',
    content: 'x'.repeat(10_000_000),
    says: [
      'policy.json:1:1',
      '  error  expected a value, but found `xxxxxxxxxxxxxxxxxxxxxxxx…`  json-syntax',
      '',
      `    > 1 | ${'x'.repeat(89)}…`,
      `        | ${'^'.repeat(90)}`,
      '',
      empty,
    ],
  },
  {
    story: 'an anchor inside of itself',
    path: 'policy.yaml',
    content: 'Statement: &a\n  - Effect: Allow\n    Action: *a\n',
    says: [
      'policy.yaml:3:13',
      '  error  the alias `*a` stands inside the node that it repeats  yaml-cycle',
      '',
      '      1 | Statement: &a',
      '      2 |   - Effect: Allow',
      '    > 3 |     Action: *a',
      '        |             ^^',
      '',
      '    fix  write the value out',
      '',
      empty,
    ],
  },
  {
    story: 'a tab that indents YAML',
    path: 'policy.yaml',
    content: 'Statement:\n\t- Effect: Allow\n',
    says: [
      'policy.yaml:2:1',
      '  error  tabs are not allowed as indentation  yaml-syntax',
      '',
      '      1 | Statement:',
      '    > 2 |   - Effect: Allow',
      '        | ^^',
      '',
      '    fix  indent with spaces',
      '',
      empty,
    ],
  },
  {
    story: 'a policy that breaks off',
    path: 'policy.json',
    content: '{\n  "Statement": [\n    { "Effect": "Allow" }\n',
    says: [
      'policy.json:4:1',
      '  error  expected `,` or `]`, but the text ends  json-syntax',
      '',
      '      2 |   "Statement": [',
      '      3 |     { "Effect": "Allow" }',
      '    > 4 |',
      '        | ^',
      '',
      '    fix  check that the file is complete',
      '',
      empty,
    ],
  },
  {
    story: 'a file without permission',
    path: 'policy.json',
    content: { unreadable: 'permission denied' },
    says: [
      'policy.json',
      '  error  the file `policy.json` cannot be read: permission denied  unreadable-file',
      '',
      '    fix  allow reading it, or exclude it',
      '',
      empty,
    ],
  },
];

describe('what cannot be read is said with its place, what is wrong and what to do', () => {
  test.each(cases)('$story', async ({ path, content, says }) => {
    expect(await printed({ [path]: content }, [path])).toEqual(says);
  });

  test('a folder without permission', async () => {
    const files = { 'private/': { unreadable: 'permission denied' }, 'policy.json': policy };
    expect(await printed(files)).toEqual([
      'private',
      '  error  the folder `private` cannot be read: permission denied  unreadable-folder',
      '',
      '    fix  allow reading it, or exclude it',
      '',
      empty,
    ]);
  });

  test('nesting without end', async () => {
    const depth = 100_000;
    const deep = `{"Statement":[{"Effect":"Allow","Action":${'['.repeat(depth)}${']'.repeat(depth)}}]}`;
    const text = (await printed({ 'policy.json': deep }, ['policy.json'])).join('\n');
    expect(text).toContain('error  nested more than 256 levels deep  json-syntax');
  });

  test('a folder with nothing of ours', async () => {
    expect((await printed({ 'a.txt': 'a' })).join('\n')).toContain(
      'error  there is nothing to analyse in `.`  nothing-recognized',
    );
  });
});

describe('what only looks wrong is read', () => {
  test.each([
    ['Windows line ends', policy.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${policy}`],
    ['UTF-16', Uint8Array.from(Buffer.from(`\ufeff${policy}`, 'utf16le'))],
  ])('%s', async (_, content) => {
    expect(await printed({ 'policy.json': content })).toEqual(['nothing found']);
  });

  test.each([
    ['a policy that is a string of JSON', 'policy.json', JSON.stringify(policy)],
    [
      'a policy inside a string inside a response',
      '1234abcd-12ab-34cd-56ef-1234567890ab/get-key-policy.json',
      JSON.stringify({ Policy: policy, PolicyName: 'default' }),
    ],
  ])('%s', async (_, path, content) => {
    expect(await printed({ [path]: content }, [path])).toEqual(['nothing found']);
  });
});

test('a broken file does not hide its neighbours', async () => {
  const open = policy.replace('arn:aws:iam::111122223333:root', '*');
  const text = (await printed({ 'broken.json': policy.slice(0, 60), 'open.json': open })).join(
    '\n',
  );
  expect(text).toContain('broken.json');
  expect(text).toContain('open.json');
});
