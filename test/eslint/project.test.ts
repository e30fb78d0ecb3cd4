import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

// ESLint as people run it, with the plugin as it is built.

const eslint = resolve('node_modules/eslint/bin/eslint.js');
const project = resolve('fixtures/eslint/project');

test('ESLint shows what is wrong in policies, templates and code, and what is silenced it leaves out', async () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [eslint, '.'], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(1);
  const shown = stdout.replaceAll(project, '').replaceAll(/ +$/gm, '');
  await expect(shown).toMatchFileSnapshot('../../fixtures/eslint/project.expected');
});

test('starting the plugin loads no other package that takes its time', () => {
  const packages = [...modulesFrom('dist/cli/eslint.js')].filter((name) => !isOurs(name));
  const named = packages.filter((name) => !name.startsWith('node:'));
  expect(named).toEqual([]);
});

/** What a module imports before it runs, and what that imports. */
function modulesFrom(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(STATIC_IMPORT)) {
    if (name.startsWith('./')) modulesFrom(`dist/cli/${name.slice('./'.length)}`, seen);
    else seen.add(name);
  }
  return seen;
}

const STATIC_IMPORT = /(?:^|[;\n])(?:import|export)(?:[\w$*,{}\s]*from)?\s*"([^"]+)"/g;

function isOurs(name: string): boolean {
  return name.startsWith('dist/');
}
