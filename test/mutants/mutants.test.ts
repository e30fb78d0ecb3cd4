import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { findFlaw } from './find-flaw.js';
import { mutants } from './mutants.js';
import type { Mutant } from './mutants.js';

/** Below `node_modules`, so that the programs there find the packages that they import. */
const folder = resolve('node_modules/.cache/keyproof-mutants');
const timeoutMs = 120_000;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test(
  'the compiler as it is has no flaw that these checks find',
  async () => {
    expect(await flawOf(undefined)).toBeUndefined();
  },
  timeoutMs,
);

test.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
  'a compiler that %s is found out',
  async (_, mutant) => {
    expect(await flawOf(mutant)).toEqual(expect.any(String));
  },
  timeoutMs,
);

test('at least ten ways to be wrong are tried', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBeGreaterThanOrEqual(10);
});

// What the checks find in a copy of the program with one text replaced.
async function flawOf(mutant: Mutant | undefined): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}/${mutant === undefined ? 'original' : mutants.indexOf(mutant)}.mjs`;
  await build({
    entryPoints: ['test/mutants/find-flaw.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
    plugins: mutant === undefined ? [] : [replacing(mutant)],
  });
  const program = (await import(pathToFileURL(outfile).href)) as { findFlaw: typeof findFlaw };
  return program.findFlaw();
}

function replacing(mutant: Mutant): Plugin {
  const path = resolve(mutant.file);
  const contents = mutated(mutant, readFileSync(path, 'utf8'));
  return {
    name: 'replacing',
    setup: (at) => {
      at.onLoad({ filter: /\.ts$/ }, (file) =>
        file.path === path ? { contents, loader: 'ts' } : undefined,
      );
    },
  };
}

// A text that is no longer there, or there twice, would make a mutant that proves nothing.
function mutated({ find, replace }: Mutant, text: string): string {
  const parts = text.split(find);
  expect(parts).toHaveLength(2);
  return parts.join(replace);
}
