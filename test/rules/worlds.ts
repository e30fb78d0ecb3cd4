import { lint, type LintResult, type LintSettings } from '../../src/lint/index.js';
import type { Inventory } from '../../src/inventory/index.js';
import { load, type Loaded } from '../../src/load/index.js';
import type { Files } from '../../src/source/index.js';
import { rules } from '../../rules/index.js';

/** The files of a test, by path. */
export type World = Readonly<Record<string, string>>;

export function filesOf(world: World): Files {
  return {
    read: (path) => {
      const text = world[path.replace(/^\.\//, '')];
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    list: (folder) => (folder === '.' || folder === '' ? Object.keys(world) : []),
  };
}

export function loadFiles(files: Files, paths: readonly string[]): Loaded {
  return load({ files, paths, settingsOf: () => ({ parameters: {}, kinds: {} }) });
}

/** As a run without a configuration has them. */
export const settings: LintSettings = {
  confirm: 'run',
  runs: 100,
  seed: 0,
  expectations: {
    accounts: [],
    trustZone: { accounts: [], services: [] },
    deployers: [],
  },
};

export async function lintInventory(
  inventory: Inventory,
  change: Partial<LintSettings> = {},
): Promise<LintResult> {
  return lint(inventory, rules, { ...settings, ...change });
}
