import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findPackage, runModule } from '../../src/host/modules.js';
import { findWorkingTree } from '../../src/host/working-tree.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'keyproof-')));
afterAll(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): string {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  return join(root, path);
}

describe('a module', () => {
  test.each([
    ['a.ts', 'const failOn: string = "info"; export default { failOn };'],
    ['a.mjs', 'export default { failOn: "info" };'],
    ['a.js', 'module.exports = { failOn: "info" };'],
    ['esm.js', 'export default { failOn: "info" };'],
    ['a.cjs', 'module.exports = { failOn: "info" };'],
  ])('is run: %s', async (path, text) => {
    expect(await runModule(write(path, text))).toEqual({ value: { failOn: 'info' } });
  });

  test('that throws says why', async () => {
    const path = write('b.ts', 'throw new Error("no such stage");');
    expect(await runModule(path)).toEqual({ unreadable: 'no such stage' });
  });
});

test('a package is found where it is installed for a folder, or nowhere', () => {
  const path = write('node_modules/@acme/keyproof/index.json', '{}');
  write('node_modules/@acme/keyproof/package.json', '{ "main": "./index.json" }');
  expect(findPackage('@acme/keyproof', root)).toBe(path);
  expect(findPackage('@acme/other', root)).toBeUndefined();
});

test('a working tree begins where `.git` is, a folder or a file; without it, where one is', () => {
  write('plain/infra/a.yaml', '');
  write('tree/.git/HEAD', '');
  write('tree/infra/a.yaml', '');
  write('module/.git', 'gitdir: elsewhere');
  write('module/infra/a.yaml', '');
  expect(findWorkingTree(join(root, 'plain/infra'))).toBe(join(root, 'plain/infra'));
  expect(findWorkingTree(join(root, 'tree/infra'))).toBe(join(root, 'tree'));
  expect(findWorkingTree(join(root, 'module/infra'))).toBe(join(root, 'module'));
});
