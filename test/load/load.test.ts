import { describe, expect, test } from 'vitest';
import { loadOf, memory, messagesOf } from './memory.js';

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }],
});
const broken = policy.replace(']', '');

describe('walking a folder', () => {
  test('loads what shows a mark, passes over the rest, and counts it', () => {
    const loaded = loadOf({
      'a/policy.json': policy,
      'a/policy.yaml': 'Statement: { Effect: Allow, Action: "kms:*", Resource: "*" }',
      'a/package.json': '{"name": "x"}',
      'a/readme.md': policy,
      'a/empty.json': '',
      'b.json': policy,
    });
    expect(loaded.loaded).toEqual(['a/policy.json', 'a/policy.yaml', 'b.json']);
    expect(loaded.skipped).toBe(3);
    expect(loaded.diagnostics).toEqual([]);
  });

  test('loads each file once, whatever paths lead to it', () => {
    const paths = ['a', './a/policy.json', 'a//policy.json', '**/*.json'];
    expect(loadOf({ 'a/policy.json': policy }, { paths }).loaded).toEqual(['a/policy.json']);
  });

  test('never enters what is not the user’s own', () => {
    const contents = {
      'node_modules/a/policy.json': policy,
      '.git/policy.json': policy,
      'infra/.terraform/policy.json': policy,
      '.github/policy.json': policy,
    };
    expect(loadOf(contents).loaded).toEqual(['.github/policy.json']);
  });

  test('leaves out what git ignores, as each folder says', () => {
    const contents = {
      '.gitignore': 'dist/\n/root.json\n*.tmp.json\n',
      'root.json': policy,
      'dist/a.json': policy,
      'a/root.json': policy,
      'a/b.tmp.json': policy,
      'a/.gitignore': '!keep.tmp.json\nlocal.json\n',
      'a/keep.tmp.json': policy,
      'a/local.json': policy,
      'local.json': policy,
    };
    expect(loadOf(contents).loaded).toEqual(['a/keep.tmp.json', 'a/root.json', 'local.json']);
  });

  test('reads the rules of the folders above', () => {
    const contents = {
      '.gitignore': '*.tmp.json\n',
      'a/b/x.tmp.json': policy,
      'a/b/x.json': policy,
    };
    expect(loadOf(contents, { paths: ['a/b'] }).loaded).toEqual(['a/b/x.json']);
  });

  test('enters an ignored folder that is asked for', () => {
    const contents = { '.gitignore': 'build\n', 'build/a.json': policy };
    expect(loadOf(contents, { paths: ['build'] }).loaded).toEqual(['build/a.json']);
    expect(loadOf(contents, { paths: ['build/a.json'] }).loaded).toEqual(['build/a.json']);
  });

  test('enters the output of CDK, which git ignores', () => {
    const contents = {
      '.gitignore': 'cdk.out\n',
      'app/cdk.json': '{"app": "node app.js"}',
      'app/cdk.out/policy.json': policy,
      'other/cdk.out/policy.json': policy,
    };
    expect(loadOf(contents).loaded).toEqual(['app/cdk.out/policy.json']);
  });

  test('leaves out what the configuration excludes, unless it is named', () => {
    const contents = { 'a/legacy/x.json': policy, 'a/x.json': policy };
    const excludes = (path: string): boolean => path.startsWith('a/legacy/');
    expect(loadOf(contents, { excludes }).loaded).toEqual(['a/x.json']);
    expect(loadOf(contents, { excludes, paths: ['a/legacy/x.json'] }).loaded).toHaveLength(1);
  });

  test('tells of a marked file that is broken, and loads its neighbours', () => {
    const loaded = loadOf({ 'a.json': broken, 'b.json': policy });
    expect(loaded.loaded).toEqual(['a.json', 'b.json']);
    expect(messagesOf(loaded)).toEqual(['error a.json:1:94 expected `,` or `]`, but found `}`']);
  });

  test('tells of a marked file in another encoding, and not of pictures', () => {
    const latin = Uint8Array.from(`{"Sid": "caf\xe9", ${policy.slice(1)}`, (each) =>
      each.charCodeAt(0),
    );
    const loaded = loadOf({ 'a.json': latin, 'b.json': Uint8Array.of(1, 0, 2), 'c.json': policy });
    expect(loaded.loaded).toEqual(['c.json']);
    expect(messagesOf(loaded)).toEqual([
      'error a.json:1:1 `a.json` is not UTF-8: line 1 holds bytes that are no character (save the file as UTF-8)',
    ]);
  });

  test('tells of a folder and a file that cannot be read, and goes on', () => {
    const loaded = loadOf({
      'secret/': { unreadable: 'permission denied' },
      'x.json': { unreadable: 'permission denied' },
      'z.json': policy,
    });
    expect(loaded.loaded).toEqual(['z.json']);
    expect(messagesOf(loaded)).toEqual([
      'error secret:1:1 the folder `secret` cannot be read: permission denied (allow reading it, or exclude it)',
      'error x.json:1:1 the file `x.json` cannot be read: permission denied (allow reading it, or exclude it)',
    ]);
  });
});

describe('a path', () => {
  test('that leads nowhere is told', () => {
    const loaded = loadOf({ 'a.json': policy }, { paths: ['a.json', 'b.json', 'c/*.json'] });
    expect(loaded.loaded).toEqual(['a.json']);
    expect(messagesOf(loaded)).toEqual([
      'error b.json:1:1 there is no file or folder `b.json` (paths are relative to the working directory)',
      'error c/*.json:1:1 no file matches `c/*.json` (paths are relative to the working directory)',
    ]);
  });

  test('that is a glob stands for files in any depth, as minimatch reads it', () => {
    const contents = {
      'a/x.json': policy,
      'a/b/y.json': policy,
      'a/z.yaml': policy,
      'c/x.json': policy,
    };
    expect(loadOf(contents, { paths: ['a/**/*.json'] }).loaded).toEqual(['a/b/y.json', 'a/x.json']);
    expect(loadOf(contents, { paths: ['{a,c}/x.json'] }).loaded).toEqual(['a/x.json', 'c/x.json']);
  });

  test('that looks like a glob and is a file is that file', () => {
    expect(loadOf({ 'a[1].json': policy }, { paths: ['a[1].json'] }).loaded).toEqual(['a[1].json']);
  });

  test('that is named is loaded whatever its ending', () => {
    expect(loadOf({ policy }, { paths: ['policy'] }).loaded).toEqual(['policy']);
  });

  test('of a named file that no format recognizes is an error', () => {
    expect(
      messagesOf(
        loadOf({ 'a.json': '{"name": "x"}', 'b.txt': 'hello' }, { paths: ['a.json', 'b.txt'] }),
      ),
    ).toEqual([
      'error a.json:1:1 `a.json` is in no format that keyproof reads (name a policy document, a CloudFormation template, saved AWS CLI output or an inventory file)',
      'error b.txt:1:1 `b.txt` is in no format that keyproof reads (name a policy document, a CloudFormation template, saved AWS CLI output or an inventory file)',
    ]);
  });

  test('of a file that mentions policies without being one is passed over, or told if named', () => {
    const test = JSON.stringify({ cases: [{ policy: JSON.parse(policy) as unknown }] });
    expect(loadOf({ 'a.json': test, 'b.json': policy })).toMatchObject({
      loaded: ['b.json'],
      skipped: 1,
    });
    expect(loadOf({ 'a.json': test }, { paths: ['a.json'] }).diagnostics).toMatchObject([
      { code: 'unrecognized-file' },
    ]);
  });

  test.each([[['.']], [[]], [['a']]])('%j with nothing to analyse is told', (paths) => {
    const loaded = loadOf({ 'a/readme.md': '' }, { paths });
    expect(loaded.diagnostics).toMatchObject([{ code: 'nothing-recognized', severity: 'error' }]);
  });

  test('that is `-` is standard input, under the name that it is given', () => {
    const input = { paths: ['-'], stdinFilename: 'keys/a-key-policy.json' };
    const loaded = loadOf({ '-': policy.replace('"Action"', '"Principal": "*", "Action"') }, input);
    expect(loaded.loaded).toEqual(['keys/a-key-policy.json']);
    expect(loaded.inventory.keys).toHaveLength(1);
  });

  test('that is `-` may be an inventory file without a name', () => {
    const text = 'version: 1\naccounts:\n  - id: "111122223333"\n';
    expect(loadOf({ '-': text }, { paths: ['-'] }).inventory.accounts).toHaveLength(1);
  });
});

test('settings are asked for by the path of each file', () => {
  const asked: string[] = [];
  const keyPolicy = policy.replace('"Action"', '"Principal": "*", "Action"');
  const loaded = loadOf(
    { 'a/key-policy.json': keyPolicy, 'b/key-policy.json': keyPolicy },
    {
      settingsOf: (path) => {
        asked.push(path);
        return {
          account: path.startsWith('a') ? '111122223333' : '444455556666',
          parameters: {},
          kinds: {},
        };
      },
    },
  );
  expect(asked).toEqual(['a/key-policy.json', 'b/key-policy.json']);
  expect(loaded.inventory.keys.map(({ account }) => account)).toEqual([
    '111122223333',
    '444455556666',
  ]);
});

test('diagnostics come in the order of paths and places', () => {
  const loaded = loadOf(
    { 'b.json': broken, 'a.json': `${broken}\n${broken}` },
    { paths: ['b.json', 'a.json'] },
  );
  expect(loaded.diagnostics.map(({ span }) => span.source.path)).toEqual([
    'a.json',
    'a.json',
    'b.json',
  ]);
});

test('the files of a test list as those of a disk do', () => {
  const files = memory({ 'a/b.json': '', 'a/c/d.json': '', 'e.json': '' });
  expect([files.list('.'), files.list('a'), files.list('x')]).toEqual([
    ['a/', 'e.json'],
    ['b.json', 'c/'],
    [],
  ]);
});
