// Makes one program of the command line and what it always needs, oclif included, and one module of the
// plugin of ESLint: starting from some four hundred small files costs twice as much as the work itself.
// What only some runs need (YAML, fast-check, ajv …) stays in chunks and modules of its own, loaded on
// first use.
import { build } from 'esbuild';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

const target = 'dist/cli';

/** CommonJS modules inside a bundle of ES modules look for these. */
const commonJs = `
import { createRequire as createRequireOf } from 'node:module';
import { fileURLToPath as pathOf } from 'node:url';
const require = createRequireOf(import.meta.url);
const __filename = pathOf(import.meta.url);
const __dirname = pathOf(new URL('.', import.meta.url));`;

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const bundled = [
  '@oclif/core',
  'minimatch',
  'jsonc-parser',
  'picocolors',
  'ipaddr.js',
  'fastest-levenshtein',
];

const { metafile } = await build({
  // ESLint starts as often as the command line, and takes its plugin as one module.
  entryPoints: { index: 'src/commands/index.ts', eslint: 'src/eslint/index.ts' },
  outdir: target,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  // oclif looks for typescript only to run commands that were not built.
  external: [...Object.keys(dependencies).filter((name) => !bundled.includes(name)), 'typescript'],
  banner: { js: commonJs },
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  logLevel: 'warning',
});

const licences = 'LICENSES.txt';
writeFileSync(`${target}/${licences}`, licencesOf(packagesIn(metafile)).join('\n\n'));
for (const name of readdirSync(target)) {
  const isCurrent = name === licences || `${target}/${name}` in metafile.outputs;
  if (!isCurrent) rmSync(`${target}/${name}`, { recursive: true });
}

function packagesIn({ inputs }) {
  const folders = Object.keys(inputs).flatMap((path) => {
    return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [];
  });
  return [...new Set(folders)].sort();
}

/** What the licences of the bundled packages ask to be kept with copies of them. */
function licencesOf(folders) {
  return folders.map((folder) => {
    const name = folder.replace(/^.*node_modules\//, '');
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const path = `${folder}/${file}`;
    const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : 'see its package.json';
    return `${name}\n${'-'.repeat(name.length)}\n${text}\n`;
  });
}
