import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

// A house in which every rule of the floors is broken once: a check that has gone blind fails here.
const broken: Readonly<Record<string, string>> = {
  'src/policy/index.ts': "export * from '../engine/index.js';",
  'src/engine/index.ts': "export * from './state.js'; import 'yaml';",
  'src/engine/state.ts': "export const state = 1; import 'node:fs';",
  'src/lint/index.ts': "export * from '../engine/state.js'; import './gone.js';",
  'src/host/index.ts': "import '../report/index.js';",
  'src/report/index.ts': "export const report = 1; import 'zod';",
  'src/app/index.ts': "import '../../test/helper.js';",
  'src/rule.ts': 'export const rule = 1;',
  'rules/one/rule.ts': "export const one = 1; import '../two/rule.js';",
  'rules/two/rule.ts': "export const two = 2; import '../../src/lint/index.js';",
  'src/source/index.ts': "export * from './a.js';",
  'src/source/a.ts': "export const a = 1; import './b.js';",
  'src/source/b.ts': "export const b = 1; import './a.js';",
  'test/helper.ts': 'export const helper = 1;',
};

const folder = mkdtempSync(join(tmpdir(), 'keyproof-floors-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('every rule of the floors bites', () => {
  for (const [path, text] of Object.entries(broken)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "module": "NodeNext" } }');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const { stdout } = spawnSync(
    resolve('node_modules/.bin/depcruise'),
    ['--config', resolve('.dependency-cruiser.mjs'), '--output-type', 'json', '.'],
    { cwd: folder, encoding: 'utf8' },
  );
  const { summary } = JSON.parse(stdout) as {
    readonly summary: { readonly violations: readonly { from: string; rule: { name: string } }[] };
  };
  const found = summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
  expect([...new Set(found)].sort()).toEqual([
    'rules/one/rule.ts: rule-knows-no-other',
    'rules/two/rule.ts: rule-knows-only-its-kit',
    'src/app/index.ts: product-knows-no-tests',
    'src/engine/index.ts: owner-of-yaml',
    'src/engine/state.ts: owner-of-node:fs',
    'src/host/index.ts: floor-of-src/host',
    'src/lint/index.ts: door-of-src/engine',
    'src/lint/index.ts: no-ghost',
    'src/policy/index.ts: floor-of-src/policy',
    'src/report/index.ts: module-without-owner',
    'src/source/a.ts: no-circle',
  ]);
});
