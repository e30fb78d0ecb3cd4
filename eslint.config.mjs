import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Below the shells a run depends on its inputs only; ports bring the rest. */
const pure = ['src/**/*.ts', 'rules/**/*.ts'];
const shells = [
  'src/host/**/*.ts',
  'src/commands/**/*.ts',
  'src/eslint/**/*.ts',
  'src/app/**/*.ts',
];

const structure = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'named exports only: a name is the same everywhere',
  },
  {
    selector: 'ClassDeclaration, ClassExpression',
    message: 'state lives in a closure made by `create…`; see CONTRIBUTING.md',
  },
  {
    selector: 'TSEnumDeclaration',
    message: 'use a union of literals',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'fixtures/', 'bench/inputs/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...structure],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A switch over a closed set names every case, so that a new variant does not compile.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false },
      ],
      // There are no enums and, but for commands, no classes, so nothing has a `this` to lose.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // A literal beside `string` says that it means something of its own.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // A spread string is its code points, which is what we want of one.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: pure,
    ignores: shells,
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch', 'performance', 'crypto', 'console'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'take Entropy' },
        { object: 'Date', property: 'now', message: 'take a Clock' },
      ],
      'no-restricted-syntax': [
        'error',
        ...structure,
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'take a Clock',
        },
      ],
    },
  },
  {
    // oclif asks for a class a command.
    files: ['src/commands/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...structure.filter(({ selector }) => !selector.startsWith('Class')),
      ],
    },
  },
  {
    // A configuration file is read by its default export.
    files: ['*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        console: 'readonly',
        fetch: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
        TextEncoder: 'readonly',
      },
    },
  },
  {
    // What starts the bundle starts without the loader of ES modules, which takes longer than the rest.
    files: ['bin/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', module: 'readonly', __dirname: 'readonly' },
    },
  },
);
