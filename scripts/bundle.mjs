// Makes one program of the command line and what it needs, oclif included, and one module of the plugin of
// ESLint: starting from some four hundred small files costs twice as much as the work itself.
//
// The program is plain scripts, which `bin/run.js` starts with the code that V8 kept of an earlier run. What
// only some runs need has a script of its own, or stays a module of its package, loaded on first use.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

const target = 'dist/cli';
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Scripts of their own: large, and needed where something is found, or a file is YAML, or a configuration. */
const apart = {
  'fast-check': /^fast-check$/,
  yaml: /^yaml$/,
  'src/config/validators.generated.ts': /\/validators\.generated\.js$/,
};
/** What stays outside: large, seldom needed, or found by its place in its package. */
const outside = [
  '@tree-sitter-grammars/tree-sitter-hcl',
  '@typescript-eslint/scope-manager',
  '@typescript-eslint/typescript-estree',
  '@viz-js/viz',
  'ajv',
  'jiti',
  'junit-report-builder',
  'typescript',
  'web-tree-sitter',
];
/** What `bin/run.js` calls. CommonJS has no address of its own that `import.meta.url` could stand for. */
const head = `(function (exports, require, module, __filename, __dirname) {
const importMetaUrl = require('node:url').pathToFileURL(__filename).href;`;

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  logLevel: 'warning',
};

/** Puts into the bundle what the source loads by itself, and makes oclif load its parts when it uses them. */
const onFirstUse = {
  name: 'on-first-use',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/load\/.*\.ts$|\/src\/source\/.*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const own = 'createRequire(import.meta.url)(';
      return text.includes(own)
        ? { contents: text.replaceAll(own, 'require('), loader: 'ts' }
        : undefined;
    });
    onLoad({ filter: /\/@oclif\/core\/lib\/.*\.js$/ }, ({ path }) => {
      return { contents: deferred(readFileSync(path, 'utf8')), loader: 'js' };
    });
  },
};

const scripts = [
  await script('src/commands/index.ts', 'keyproof.cjs'),
  ...(await Promise.all(Object.keys(apart).map((entry) => script(entry, scriptOf(entry))))),
];
const plugin = await build({
  ...shared,
  entryPoints: { eslint: 'src/eslint/index.ts' },
  outdir: target,
  splitting: true,
  format: 'esm',
  external: Object.keys(dependencies).filter(
    (name) => outside.includes(name) || ['fast-check', 'yaml', 'ignore'].includes(name),
  ),
  banner: {
    // CommonJS modules inside a bundle of ES modules look for these.
    js: `import { createRequire as createRequireOf } from 'node:module';
import { fileURLToPath as pathOf } from 'node:url';
const require = createRequireOf(import.meta.url);
const __filename = pathOf(import.meta.url);
const __dirname = pathOf(new URL('.', import.meta.url));`,
  },
});

const metafiles = [...scripts, plugin].map(({ metafile }) => metafile);
const licences = 'LICENSES.txt';
writeFileSync(`${target}/${licences}`, licencesOf(packagesIn(metafiles)).join('\n\n'));
for (const name of readdirSync(target)) {
  const isCurrent =
    name === licences || metafiles.some(({ outputs }) => `${target}/${name}` in outputs);
  if (!isCurrent) rmSync(`${target}/${name}`, { recursive: true });
}

/** One script with all that it needs, ending in a digest of itself, by which kept code is told from older. */
async function script(entry, name) {
  const outfile = `${target}/${name}`;
  const result = await build({
    ...shared,
    entryPoints: [entry],
    outfile,
    format: 'cjs',
    external: outside,
    define: { 'import.meta.url': 'importMetaUrl' },
    // Loading one ES module starts a loader that takes longer than linting a file.
    supported: { 'dynamic-import': false },
    banner: { js: head },
    footer: { js: '})' },
    plugins: [onFirstUse, elsewhere(entry)],
  });
  const text = readFileSync(outfile, 'utf8');
  writeFileSync(outfile, `${text}//${createHash('sha256').update(text).digest('hex')}\n`);
  return result;
}

/** What TypeScript makes of imports is constants, which are used with a dot only. */
function deferred(text) {
  const imports = /^const (\w+) = ((?:__import(?:Default|Star)\()?require\("[^"]+"\)\)?);$/gm;
  const names = [...text.matchAll(imports)].map(([, name]) => name);
  const constants = text.replace(imports, 'const $1$$ = () => $2;');
  return names.reduce(
    (code, name) => code.replace(new RegExp(`\\b${name}\\b(?!\\$)`, 'g'), `(${name}$())`),
    constants,
  );
}

function elsewhere(entry) {
  return {
    name: 'elsewhere',
    setup({ onResolve }) {
      for (const [other, filter] of Object.entries(apart)) {
        if (other === entry) continue;
        onResolve({ filter }, () => ({ path: `./${scriptOf(other)}`, external: true }));
      }
    },
  };
}

function scriptOf(entry) {
  return `${entry.replace(/^.*\//, '').replace(/(\.generated)?\.ts$/, '')}.cjs`;
}

function packagesIn(metafiles) {
  const folders = metafiles
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
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
