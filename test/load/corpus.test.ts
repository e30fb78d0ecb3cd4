import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { load, prepare } from '../../src/load/index.js';
import { filesUnder } from './disk.js';

const corpus = '../shared/corpus';

interface Listed {
  readonly file: string;
  readonly format: string;
  readonly kind?: string;
  /** How the scan that made the list got at a block of documentation. */
  readonly parse?: string;
  readonly keyPolicies?: number;
  readonly parseError?: string;
}

const isPresent = existsSync(`${corpus}/manifest.json`);
const manifest = isPresent
  ? (JSON.parse(readFileSync(`${corpus}/manifest.json`, 'utf8')) as readonly Listed[])
  : [];
const policies = manifest.filter(
  ({ format, kind }) =>
    format === 'policy-json' ||
    (format === 'doc-json-block' && /^(?:policy|statement)/.test(kind ?? '')),
);

/** Formats that no loader reads yet. */
const notLoadedYet = ['oracle-json', 'sam-policy-templates'];

/** Blocks of which the list counts key policies otherwise, and why. */
const otherCounts: Readonly<Record<string, { readonly count: number; readonly why: string }>> = {};

const settingsOf = () => ({ parameters: {}, kinds: {} });
const loadFile = (path: string) => load({ paths: [path], files: filesUnder(corpus), settingsOf });

// Templates and saved command output have tests of their own beside this one.
describe.skipIf(!isPresent)('every bare policy of the corpus', () => {
  const isWhole = ({ parse, parseError }: Listed): boolean =>
    parseError === undefined && (parse ?? 'strict') === 'strict';

  test.each(policies.filter(isWhole))('$file loads, with the key policies listed', (listed) => {
    const { inventory, diagnostics, loaded } = loadFile(listed.file);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(loaded).toEqual([listed.file]);
    const expected = otherCounts[listed.file]?.count ?? listed.keyPolicies ?? 0;
    expect(inventory.keys).toHaveLength(expected);
    expect(inventory.keys.length + inventory.documents.length).toBe(1);
  });

  // Members without braces, statements with only a comma between them, grammars, placeholders.
  test.each(policies.filter((listed) => !isWhole(listed)))(
    '$file is no JSON, which is told once or for each placeholder',
    ({ file }) => {
      const { diagnostics } = loadFile(file);
      const syntax = diagnostics.filter(({ code }) => code === 'json-syntax');
      expect(syntax.length).toBeGreaterThan(0);
      expect(syntax.length).toBeLessThan(4);
    },
  );
});

test.skipIf(!isPresent)(
  'a walk over the whole corpus loads what each file alone does',
  async () => {
    const input = { paths: ['.'], files: filesUnder(corpus), settingsOf };
    await prepare(input);
    const { loaded, diagnostics } = load(input);
    const walked = new Set(loaded);
    const missing = manifest.filter(
      ({ file, format }) =>
        !notLoadedYet.includes(format) && !walked.has(file) && loadFile(file).loaded.length > 0,
    );
    expect(missing.map(({ file }) => file)).toEqual([]);
    expect(diagnostics.filter(({ code }) => code === 'unreadable-file')).toEqual([]);
  },
);
