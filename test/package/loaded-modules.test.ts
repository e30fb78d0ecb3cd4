import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

// Whatever is loaded from a disk goes through one of the two; the scripts of the bundle are read as files.
const recorder = `
const Module = require('node:module');
const fs = require('node:fs');
const loaded = new Set();
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (...parts) {
  const found = resolveFilename.apply(this, parts);
  loaded.add(found);
  return found;
};
const read = fs.readFileSync;
fs.readFileSync = function (path, ...rest) {
  if (/[.]c?js$/.test(String(path))) loaded.add(String(path));
  return read.call(this, path, ...rest);
};
process.on('exit', () => fs.writeFileSync(process.env.LOADED, [...loaded].join('\\n')));
`;

test('linting one policy in JSON loads the program and nothing that only other runs need', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-loaded-'));
  try {
    const record = join(folder, 'record.cjs');
    writeFileSync(record, recorder);
    const list = join(folder, 'loaded');
    execFileSync(
      process.execPath,
      ['--require', record, resolve('bin/run.js'), 'lint', 'clean-key-policy.json'],
      { cwd: 'bench/inputs', env: { ...process.env, LOADED: list }, stdio: 'pipe' },
    );
    const loaded = execFileSync('cat', [list], { encoding: 'utf8' }).split('\n');
    const files = loaded.filter((path) => path.startsWith(resolve('.')));
    expect(files.map((path) => path.slice(resolve('.').length + 1)).sort()).toEqual([
      'bin/run.js',
      'dist/cli/keyproof.cjs',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
