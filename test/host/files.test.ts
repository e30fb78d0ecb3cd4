import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createDiskFiles, writeDiskFile } from '../../src/host/files.js';

const outside = mkdtempSync(join(tmpdir(), 'keyproof-outside-'));
const root = mkdtempSync(join(tmpdir(), 'keyproof-'));
const files = createDiskFiles(root);

function put(path: string, text = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

put('a/policy.json');
put('a/b/template.yaml');
put('c.json');
writeFileSync(join(outside, 'secret.json'), 'secret');
symlinkSync(join(root, 'c.json'), join(root, 'a/link-to-file.json'));
symlinkSync(join(root, 'a/b'), join(root, 'link-to-folder'));
symlinkSync(outside, join(root, 'link-to-outside'));
symlinkSync(join(outside, 'secret.json'), join(root, 'link-to-secret.json'));
symlinkSync(join(root, 'a'), join(root, 'a/b/circle'));
symlinkSync(join(root, 'nowhere'), join(root, 'a/link-to-nothing'));

afterAll(() => {
  for (const folder of [root, outside]) rmSync(folder, { recursive: true });
});

const text = (path: string): string => {
  const bytes = files.read(path);
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : JSON.stringify(bytes);
};

describe('reading a disk', () => {
  test('gives the bytes of a file, by a relative or an absolute path', () => {
    expect(text('a/policy.json')).toBe('a/policy.json');
    expect(text(join(root, 'c.json'))).toBe('c.json');
  });

  test('finds nothing where there is no file', () => {
    expect(files.read('missing.json')).toBeUndefined();
    expect(files.read('c.json/inside')).toBeUndefined();
    expect(files.read('a')).toBeUndefined();
    expect(files.list('missing')).toEqual([]);
    expect(files.list('c.json')).toEqual([]);
  });

  test('says why something that is there cannot be read', () => {
    expect(files.read(`${'x'.repeat(300)}.json`)).toEqual({ unreadable: 'its name is too long' });
  });
});

describe('listing a folder', () => {
  test('tells folders by their slash, in order', () => {
    expect(files.list('a')).toEqual(['b/', 'link-to-file.json', 'policy.json']);
  });

  test('follows no link out of the working directory', () => {
    expect(files.list('.')).toEqual(['a/', 'c.json', 'link-to-folder/']);
  });

  test('follows no link in a circle', () => {
    expect(files.list('a/b')).toEqual(['template.yaml']);
  });
});

describe('writing a file', () => {
  test('makes the folders above it', () => {
    const path = join(root, 'reports/today/lint.json');
    expect(writeDiskFile(path, '{}')).toBeUndefined();
    expect(text('reports/today/lint.json')).toBe('{}');
  });

  test('says why it cannot', () => {
    expect(writeDiskFile(join(root, 'a'), '')).toEqual({ unreadable: 'it is a folder' });
  });
});
