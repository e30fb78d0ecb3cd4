import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { filesOf, lintInventory, loadFiles } from './worlds.js';

interface Case {
  readonly id: string;
  readonly files: Readonly<Record<string, unknown>>;
  /** Rule ids that must be found; `a|b` is either. */
  readonly finds: readonly string[];
  /** Rule ids that must not be; `*error` is any error. */
  readonly doesNotFind: readonly string[];
}

const path = '../shared/cases/lint.json';
const cases = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as readonly Case[]) : [];
const known = new Set(rules.map(({ meta }) => meta.id));

describe.skipIf(cases.length === 0)('acceptance cases of findings', () => {
  test.each(cases.map((one) => [one.id, one] as const))('%s', async (_, one) => {
    const world = Object.fromEntries(
      Object.entries(one.files).map(([name, content]) => [
        name,
        typeof content === 'string' ? content : JSON.stringify(content),
      ]),
    );
    const { inventory, diagnostics } = loadFiles(filesOf(world), Object.keys(world));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { findings, refuted } = await lintInventory(inventory);
    const found = findings.map(({ ruleId }) => ruleId);
    const isMissing = (item: string): boolean =>
      !item.split('|').some((id) => found.includes(id) || !known.has(id));
    expect(one.finds.filter(isMissing)).toEqual([]);
    const isUnwanted = (item: string): boolean =>
      item === '*error'
        ? findings.some(({ severity }) => severity === 'error')
        : found.includes(item);
    expect(one.doesNotFind.filter(isUnwanted)).toEqual([]);
    expect(refuted).toEqual([]);
  });
});
