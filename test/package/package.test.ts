import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const SLOW_MS = 300_000;

const folder = mkdtempSync(join(tmpdir(), 'keyproof-package-'));
const modules = join(folder, 'node_modules');
let files: readonly string[] = [];

const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }],
};

const program = `
import { can, defineConfig, diff, gate, lint, loadInventory, render, whoCan } from 'keyproof';
import type { Answer, Finding, GateReport, KeyproofConfig } from 'keyproof';
import { createEngine, seededPorts } from 'keyproof/engine';
import { actionNames } from 'keyproof/facts';
import { rule, type AnyRule } from 'keyproof/rule';

export const config: KeyproofConfig = defineConfig({ failOn: 'warning' });
export const parts = [createEngine, seededPorts, actionNames, rule];
export type Rules = readonly AnyRule[];
export async function all(): Promise<readonly unknown[]> {
  const { inventory, config: found } = await loadInventory({ paths: ['.'], account: '111122223333' });
  const { findings } = await lint(inventory, { config: found, confirm: 'skip' });
  const first: Finding | undefined = findings[0];
  const answer: Answer = can(inventory, 'anonymous', 'Decrypt', '*');
  const report: GateReport = await gate({ base: 'main', failOn: ['error'] });
  return [first, answer.kind, whoCan(inventory, 'kms:Decrypt', 'all'), diff(inventory, inventory).equivalent, await render(report, 'json')];
}
`;

// As npm would install it, with the packages that are here in place of those from the registry.
beforeAll(() => {
  const packed = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { encoding: 'utf8' },
  );
  const [{ filename, files: entries }] = JSON.parse(packed) as readonly [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  files = entries.map(({ path }) => path);
  const target = join(modules, 'keyproof');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', target, '--strip-components', '1']);
  for (const name of readdirSync('node_modules')) {
    if (name !== '.bin' && name !== '.cache') {
      symlinkSync(resolve('node_modules', name), join(modules, name));
    }
  }
  mkdirSync(join(modules, '.bin'));
  symlinkSync('../keyproof/bin/run.js', join(modules, '.bin', 'keyproof'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "type": "module" }');
  writeFileSync(join(folder, 'key-policy.json'), JSON.stringify(policy));
  writeFileSync(join(folder, 'program.ts'), program);
}, SLOW_MS);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('the package holds what runs and what is read, and no tests, fixtures or source maps', () => {
  const foreign = /(^|\/)(test|fixtures|bench|scripts|kept)\/|\.map$|\.test\./;
  expect(files.filter((path) => foreign.test(path))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining([
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE',
      'README.md',
      'bin/package.json',
      'bin/run.js',
      'dist/cli/LICENSES.txt',
      'dist/cli/keyproof.cjs',
      'dist/src/index.d.ts',
      'rules/public-key-policy/README.md',
      'schema/lint.schema.json',
    ]),
  );
});

test(
  'installed in an empty folder, it lints',
  () => {
    const lint = ['--offline', 'keyproof', 'lint', 'key-policy.json', '--fail-on', 'none'];
    const printed = execFileSync('npx', lint, { cwd: folder, encoding: 'utf8' });
    expect(printed).toContain('public-key-policy');
  },
  SLOW_MS,
);

test.each([
  ['nodenext', 'nodenext'],
  ['bundler', 'esnext'],
])(
  'its entry points have types where modules are resolved as by %s',
  (moduleResolution, module) => {
    const tsc = resolve('node_modules/.bin/tsc');
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022'];
    const modes = ['--moduleResolution', moduleResolution, '--module', module, '--types', 'node'];
    execFileSync(tsc, [...options, ...modes, 'program.ts'], { cwd: folder, stdio: 'pipe' });
  },
  SLOW_MS,
);
