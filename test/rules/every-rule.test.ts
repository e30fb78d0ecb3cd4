import { readdirSync, readFileSync } from 'node:fs';
import * as fastCheck from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { groundings, type Inventory } from '../../src/inventory/index.js';
import { prepare } from '../../src/load/index.js';
import { confirm, detect, type AnyRule, type Finding } from '../../src/lint/index.js';
import { reporters } from '../../src/report/index.js';
import { filesUnder } from '../load/disk.js';
import { lintInventory, loadFiles, settings as unconfigured } from './worlds.js';

// What must hold for every rule, whichever it is. A new rule has nothing to add here.

// What rules ask of a configuration, and could not find anything without.
const settings = {
  ...unconfigured,
  expectations: {
    ...unconfigured.expectations,
    deployers: ['arn:aws:iam::111122223333:role/deployer'],
    code: new Map([
      ['code-of-another-account/orders.ts', 'arn:aws:iam::444455556666:role/orders'],
      ['upload-in-code/upload.ts', 'arn:aws:iam::111122223333:role/uploader'],
    ]),
  },
};

beforeAll(() => prepare({ paths: ['.'], files: filesUnder('fixtures/rules') }));

const sections = [
  'Why it matters',
  'Avoid',
  'Prefer',
  'How it is confirmed',
  'Options',
  'Limits',
  'Sources',
];

test('every folder of rules is a rule of its name, and the other way round', () => {
  const folders = readdirSync('rules', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(rules.map(({ meta }) => meta.id)).toEqual(folders.sort());
  expect(readdirSync('fixtures/rules').sort()).toEqual(folders);
});

describe.each(rules.map((rule) => [rule.meta.id, rule] as const))('%s', (id, rule) => {
  const bad = casesIn(`fixtures/rules/${id}/bad`);
  const good = casesIn(`fixtures/rules/${id}/good`);

  test('every mistake has its repair', () => {
    expect(bad.length).toBeGreaterThan(0);
    expect(good).toEqual(bad);
  });

  test.each(bad)('finds %s, and shows it', async (name) => {
    const inventory = loadCase(id, 'bad', name);
    const { findings, refuted } = await lintInventory(inventory, settings);
    const own = findings.filter(({ ruleId }) => ruleId === id);
    expect(own.map(({ confirmation }) => confirmation.kind)).not.toEqual([]);
    for (const { confirmation } of own) expect(confirmation.kind).not.toBe('unconfirmed');
    expect(refuted).toEqual([]);
    await expect(await print(own)).toMatchFileSnapshot(
      `../../fixtures/rules/${id}/bad/${name}.expected`,
    );
  });

  test.each(good)('leaves %s alone once it is repaired', async (name) => {
    const inventory = loadCase(id, 'good', name);
    const { findings, refuted } = await lintInventory(inventory, settings);
    expect(findings.filter(({ ruleId }) => ruleId === id)).toEqual([]);
    expect(refuted).toEqual([]);
  });

  test.each(good)('its claim about %s fails once that is repaired', async (name) => {
    const suspected = detect(loadCase(id, 'bad', name), rule, settings);
    const verdicts = await confirm(suspected, loadCase(id, 'good', name), settings);
    for (const verdict of verdicts) expect(verdict).not.toMatchObject({ kind: 'confirmed' });
  });

  test.each(bad)('proves %s, where its policies can settle it', async (name) => {
    const inventory = loadCase(id, 'bad', name);
    const suspected = detect(inventory, rule, settings);
    const verdicts = await confirm(suspected, inventory, settings);
    const proofs = suspected.map(({ suspicion }) => whomOf(rule, suspicion.claim, inventory));
    for (const [index, whom] of proofs.entries()) {
      if (whom !== undefined) expect(verdicts[index]).toMatchObject({ proved: true, whom });
    }
  });

  test('has a page whose examples are its fixtures', () => {
    const page = readFileSync(`rules/${id}/README.md`, 'utf8');
    const [head = '', ...parts] = page.split(/^## /m);
    expect(head).toMatch(new RegExp(`^# ${id}\\n\\n[^\\n]+\\n\\n$`));
    expect(parts.map((part) => part.split('\n')[0])).toEqual(sections);
    for (const part of parts) expect(part.split('\n').slice(1).join('\n').trim()).not.toBe('');
    const [, avoid = '', prefer = ''] = parts;
    expectFixtures(avoid, `fixtures/rules/${id}/bad`);
    expectFixtures(prefer, `fixtures/rules/${id}/good`);
    for (const source of rule.meta.sources) expect(parts.at(-1)).toContain(source);
  });
});

test('the number of rules that cannot be tried on the engine may only fall', async () => {
  const unsimulated: string[] = [];
  for (const { meta } of rules) {
    const worlds = casesIn(`fixtures/rules/${meta.id}/bad`);
    const results = await Promise.all(
      worlds.map((name) =>
        lintInventory(loadCase(meta.id, 'bad', name), { ...settings, rules: [meta.id] }),
      ),
    );
    const kinds = results.flatMap(({ findings }) => findings.map((one) => one.confirmation.kind));
    if (kinds.every((kind) => kind === 'unsimulated')) unsimulated.push(meta.id);
  }
  const names = unsimulated.length === 0 ? '' : `: ${unsimulated.join(', ')}`;
  console.log(`${unsimulated.length} of ${rules.length} rules are not simulated${names}`);
  expect(unsimulated.length).toBeLessThanOrEqual(UNSIMULATED_MAX);
});

// One is about the input; the others are about what code does with what KMS returned, or how often and where
// it asks: grant-token-not-used, hand-rolled-key-management, kms-call-in-loop, kms-events-via-lookup-events,
// plaintext-data-key-exposed.
const UNSIMULATED_MAX = 6;

/** Of whom a rule states a proof, if it does. */
function whomOf(rule: AnyRule, claim: unknown, inventory: Inventory): string | undefined {
  const [world] = groundings(inventory);
  if (world === undefined) return undefined;
  const scenario = rule.scenario(world.fill(claim), world.inventory, fastCheck);
  return 'unsimulated' in scenario ? undefined : scenario.proof?.whom;
}

/** A case is a file, or a folder of files that belong together. */
function casesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.expected'))
    .sort();
}

function loadCase(id: string, side: 'bad' | 'good', name: string): Inventory {
  const { inventory, diagnostics } = loadFiles(filesUnder(`fixtures/rules/${id}/${side}`), [name]);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return inventory;
}

async function print(findings: readonly Finding[]): Promise<string> {
  const pretty = await reporters.pretty();
  const summary = { files: 1, skipped: 0, keys: 0, principals: 0, refuted: 0, durationMs: 0 };
  const loaded = [...new Set(findings.map(({ span }) => span.source.path))];
  const timings = { loadMs: 0, rules: [] };
  const text = pretty(
    { kind: 'lint', findings, diagnostics: [], summary, loaded, timings },
    { width: 100, color: false },
  );
  // The summary is not about the rule.
  const lines = text.trimEnd().split('\n');
  return `${lines
    .slice(
      0,
      lines.findLastIndex((line) => line === ''),
    )
    .join('\n')}\n`;
}

function expectFixtures(section: string, folder: string): void {
  const blocks = [...section.matchAll(/^```\w*\n([^]*?)^```$/gm)].map(([, text = '']) => text);
  expect(blocks.length).toBeGreaterThan(0);
  const fixtures = textsIn(folder);
  for (const block of blocks) expect(fixtures).toContain(block.trim());
}

function textsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/.test(name) && !name.endsWith('.expected'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8').trim());
}
