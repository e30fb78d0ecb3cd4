import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createGit, type GitTree } from '../../src/host/git.js';
import {
  createRepository,
  removeTemporaryFolders,
  repositoryAt,
  temporaryFolder,
} from './repository.js';

afterAll(removeTemporaryFolders);

function openedIn(folder: string, reference: string, at: 'reference' | 'merge-base' = 'reference') {
  return createGit(folder).open(reference, at);
}

function treeIn(folder: string, reference: string, at?: 'merge-base'): GitTree {
  const tree = openedIn(folder, reference, at);
  if (tree.kind !== 'tree') throw new Error(`no tree: ${tree.kind}`);
  return tree;
}

function textOf(tree: GitTree, path: string): string | undefined {
  const content = tree.files.read(path);
  return content instanceof Uint8Array ? new TextDecoder().decode(content) : undefined;
}

describe('the files of a commit', () => {
  test('are what was committed, whatever the working tree holds now', () => {
    const { folder, write, remove, commit } = createRepository();
    write('keys/a.json', 'first a');
    write('keys/b.json', 'first b');
    write('same.json', 'the same');
    commit('one');
    write('keys/a.json', 'second a');
    remove('keys/b.json');
    write('keys/new.json', 'new');
    const tree = treeIn(folder, 'HEAD');
    expect(textOf(tree, 'keys/a.json')).toBe('first a');
    expect(textOf(tree, 'keys/b.json')).toBe('first b');
    expect(textOf(tree, 'same.json')).toBe('the same');
    expect(tree.files.read('keys/new.json')).toBeUndefined();
    expect(tree.files.read('keys')).toBeUndefined();
    expect(tree.files.list('.')).toEqual(['keys/', 'same.json']);
    expect(tree.files.list('keys')).toEqual(['a.json', 'b.json']);
    expect(tree.files.list('nowhere')).toEqual([]);
    expect(tree.files.read('-')).toBeUndefined();
  });

  test('go by paths relative to the working directory, which may be inside the repository', () => {
    const { folder, write, commit } = createRepository();
    write('infra/prod/a.json', 'a');
    write('top.json', 'top');
    commit('one');
    const tree = treeIn(join(folder, 'infra'), 'main');
    expect(tree.files.list('.')).toEqual(['prod/']);
    expect(textOf(tree, 'prod/a.json')).toBe('a');
    expect(textOf(tree, '../top.json')).toBe('top');
    expect(textOf(tree, join(folder, 'top.json'))).toBe('top');
    expect(tree.files.read('../../outside.json')).toBeUndefined();
  });

  test('may have names with spaces, quotes and letters of any script', () => {
    const { folder, write, commit, remove } = createRepository();
    const names = ['with space.json', 'quote".json', 'schlüssel.json', '鍵.json'];
    for (const name of names) write(name, name);
    commit('one');
    for (const name of names) remove(name);
    const tree = treeIn(folder, 'main');
    expect(tree.files.list('.')).toEqual([...names].sort());
    for (const name of names) expect(textOf(tree, name)).toBe(name);
  });

  test('are reached through links as on the disk, and only inside of the working directory', () => {
    const { folder, write, commit, remove } = createRepository();
    write('real/a.json', 'a');
    write('outside.json', 'outside');
    mkdirSync(join(folder, 'work'));
    write('work/keys/b.json', 'b');
    symlinkSync('keys', join(folder, 'work/linked'));
    symlinkSync('../outside.json', join(folder, 'work/out.json'));
    symlinkSync('../work', join(folder, 'work/circle'));
    symlinkSync('nothing', join(folder, 'work/broken'));
    commit('one');
    const disk = treeIn(join(folder, 'work'), 'main');
    expect(disk.files.list('.')).toEqual(['keys/', 'linked/']);
    expect(textOf(disk, 'linked/b.json')).toBe('b');
    remove('work/keys/b.json');
    expect(textOf(treeIn(join(folder, 'work'), 'main'), 'linked/b.json')).toBe('b');
  });

  test('are those of the commit that two branches come from', () => {
    const { folder, write, commit, git } = createRepository();
    write('a.json', 'common');
    commit('one');
    const common = git('rev-parse', 'HEAD');
    git('checkout', '--quiet', '-b', 'feature');
    write('a.json', 'feature');
    commit('two');
    git('checkout', '--quiet', 'main');
    write('a.json', 'main');
    commit('three');
    git('checkout', '--quiet', 'feature');
    const tree = treeIn(folder, 'main', 'merge-base');
    expect(tree.commit).toBe(common);
    expect(textOf(tree, 'a.json')).toBe('common');
  });
});

describe('a commit that cannot be read', () => {
  test('is of a name that git does not know', () => {
    const { folder, write, commit, git } = createRepository();
    write('a.json', 'a');
    commit('one');
    git('branch', 'release');
    const found = openedIn(folder, 'relase');
    expect(found).toEqual({
      kind: 'unknown-reference',
      known: ['main', 'release'],
      history: 'whole',
    });
    expect(openedIn(folder, '--help').kind).toBe('unknown-reference');
    expect(createGit(folder).has('release')).toBe(true);
    expect(createGit(folder).has('--help')).toBe(false);
  });

  test('is in no repository', () => {
    expect(openedIn(temporaryFolder(), 'main')).toEqual({ kind: 'no-repository' });
  });

  test('is older than a shallow clone goes back', () => {
    const origin = createRepository();
    origin.write('a.json', 'a');
    origin.commit('one');
    origin.git('checkout', '--quiet', '-b', 'feature');
    for (const text of ['b', 'c']) {
      origin.write('a.json', text);
      origin.commit(text);
    }
    const folder = temporaryFolder();
    const clone = repositoryAt(folder);
    const source = `file://${origin.folder}`;
    clone.git('clone', '--quiet', '--depth', '1', '--no-single-branch', source, '.');
    expect(openedIn(folder, 'origin/main', 'merge-base')).toEqual({
      kind: 'no-merge-base',
      history: 'shallow',
    });
  });

  test('has no history in common', () => {
    const { folder, write, commit, git } = createRepository();
    write('a.json', 'a');
    commit('one');
    git('checkout', '--quiet', '--orphan', 'other');
    commit('unrelated');
    expect(openedIn(folder, 'main', 'merge-base')).toEqual({
      kind: 'no-merge-base',
      history: 'whole',
    });
  });

  test('would be compared with a branch that has no commits, or with no working tree', () => {
    const { folder, write, commit, git } = createRepository();
    write('a.json', 'a');
    commit('one');
    git('checkout', '--quiet', '--orphan', 'other');
    expect(openedIn(folder, 'main', 'merge-base')).toEqual({ kind: 'no-commits' });
    const bare = temporaryFolder();
    repositoryAt(bare).git('clone', '--quiet', '--bare', folder, '.');
    expect(openedIn(bare, 'main', 'merge-base')).toEqual({ kind: 'no-working-tree' });
    expect(textOf(treeIn(bare, 'main'), 'a.json')).toBe('a');
  });
});
