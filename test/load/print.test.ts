import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../src/inventory/index.js';
import { load, printInventory } from '../../src/load/index.js';
import { hole } from '../../src/source/index.js';
import { filesUnder } from './disk.js';
import { loadOf } from './memory.js';

const settingsOf = () => ({ parameters: {}, kinds: {} });

/** An inventory without what printing does not keep: places, directives, and positions among statements. */
// A file of one state says nothing of the one before a change.
const notPrinted = ['unit', 'address', 'index', 'before'];

function saidBy(inventory: Inventory): unknown {
  const said = (value: unknown): unknown => {
    if (value instanceof Set) return [...value].sort();
    if (value instanceof Map)
      return Object.fromEntries([...value].map(([key, each]) => [key, said(each)]));
    if (Array.isArray(value)) return value.map(said);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !/span$/i.test(key) && !notPrinted.includes(key))
        .map(([key, each]) => [key, said(each)]),
    );
  };
  return said({ ...inventory, directives: [] });
}

function reload(inventory: Inventory): ReturnType<typeof loadOf> {
  return loadOf({ 'printed.keyproof.yaml': printInventory(inventory) });
}

function expectToSurvive(inventory: Inventory): void {
  const reloaded = reload(inventory);
  expect(reloaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(saidBy(reloaded.inventory)).toEqual(saidBy(inventory));
}

describe('a printed inventory loads as what it was', () => {
  test('whatever an inventory file can say', () => {
    const files = filesUnder('fixtures/load/inventory-file');
    expectToSurvive(load({ paths: ['whole/estate.keyproof.yaml'], files, settingsOf }).inventory);
  });

  test('prints a file that is already printed the same again', () => {
    const files = filesUnder('fixtures/load/inventory-file');
    const { inventory } = load({ paths: ['whole/estate.keyproof.yaml'], files, settingsOf });
    const once = printInventory(inventory);
    expect(printInventory(reload(inventory).inventory)).toBe(once);
  });

  test('with texts that YAML or CloudFormation could take for something else', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme-ascii' }),
      fc.constantFrom(
        '0123',
        'yes',
        'null',
        '1e3',
        '2012-10-17',
        '${a}',
        '${!a}',
        '!Sub x',
        '- a',
        '#',
        "'",
        '@{}%',
      ),
    );
    const withHoles = fc
      .array(
        fc.oneof(
          texts,
          fc.tuple(texts, texts).map(([unit, expression]) => hole(unit, expression)),
        ),
        { maxLength: 3 },
      )
      .map((parts) => parts.join(''));
    const arn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const [key] = loadOf({ 'a.keyproof.yaml': `version: 1\nkeys: [{ arn: "${arn}" }]` }).inventory
      .keys;
    fc.assert(
      fc.property(withHoles, withHoles, (deletionDate, tag) => {
        fc.pre(key !== undefined);
        const tags = new Map([['team', tag]]);
        const empty = loadOf({}, { paths: [] }).inventory;
        expectToSurvive({ ...empty, keys: [{ ...key, deletionDate, tags }] });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('even if it is too large for YAML', () => {
    const arn = 'arn:aws:iam::111122223333:role/app';
    const text = `version: 1\nprincipals: [{ arn: "${arn}", tags: { a: "${'x'.repeat(100)}" } }]`;
    const { inventory } = loadOf({ 'a.keyproof.yaml': text });
    const principals = Array.from({ length: 20_000 }, (_, index) =>
      inventory.principals.map((each) => ({ ...each, arn: `${arn}${index}`, name: `app${index}` })),
    ).flat();
    const reloaded = reload({ ...inventory, principals });
    expect(reloaded.diagnostics).toEqual([]);
    expect(reloaded.inventory.principals).toHaveLength(20_000);
  });

  const corpus = '../shared/corpus';
  const isPresent = existsSync(`${corpus}/manifest.json`);
  const listed = isPresent
    ? (JSON.parse(readFileSync(`${corpus}/manifest.json`, 'utf8')) as readonly {
        readonly file: string;
      }[])
    : [];

  test.skipIf(!isPresent)('for every inventory of the corpus that could be understood', () => {
    const files = filesUnder(corpus);
    let survived = 0;
    // One in twelve is enough of each format, and keeps the time.
    for (const { file } of listed.filter((_, index) => index % 12 === 0)) {
      const { inventory, loaded } = load({ paths: [file], files, settingsOf });
      const isWhole = !JSON.stringify(saidBy(inventory)).includes('"kind":"broken"');
      if (loaded.length === 0 || !isWhole) continue;
      expectToSurvive(inventory);
      survived += 1;
    }
    expect(survived).toBeGreaterThan(50);
  });
});
