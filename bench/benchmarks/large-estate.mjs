import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeEstate } from '../estate.mjs';

const action = 'kms:Decrypt';

/** Who may use each key of an estate of some size; four times the pairs in each step of the curve. */
export const whoCanOnEstates = [
  { principals: 2_500, keys: 25 },
  { principals: 5_000, keys: 50 },
  { principals: 10_000, keys: 100 },
].map((size) => ({
  name: `who-can ${nameOf(size)}`,
  of: 'time',
  bar: 45,
  samples: 3,
  prepare: () => whoCanIn(size),
}));

const largest = { principals: 10_000, keys: 100 };

/** The answers alone, for an estate that is loaded already. */
export const whoCanInProcess = {
  name: `who-can in process ${nameOf(largest)}`,
  of: 'processor time',
  bar: 2,
  samples: 1,
  prepare: () => ({
    measure: async () => {
      const { load } = await import('../../dist/src/load/index.js');
      const { whoCan } = await import('../../dist/src/graph/index.js');
      const { cwd } = estateOf(largest);
      const files = { read: (path) => readFileSync(join(cwd, path)), list: () => [] };
      const settingsOf = () => ({ parameters: {}, kinds: {} });
      const { inventory } = load({ paths: [file], files, settingsOf });
      const before = process.cpuUsage();
      whoCan(inventory, action, inventory.keys);
      const { user, system } = process.cpuUsage(before);
      const value = (user + system) / 1_000_000;
      return { figure: `${(value * 1_000).toFixed(0)} ms`, value };
    },
  }),
};

export const whoCanMemory = {
  name: `peak memory of who-can ${nameOf(largest)}`,
  of: 'memory',
  bar: 300,
  samples: 1,
  prepare: () => whoCanIn(largest),
};

/** One question, for which the whole estate is loaded. */
export const canInEstate = {
  name: `can ${nameOf(largest)}`,
  of: 'time',
  bar: 25,
  samples: 3,
  prepare: () => {
    const { cwd, principal, key } = estateOf(largest);
    return { args: ['can', principal, action, key, '--format', 'json', file], cwd };
  },
};

const file = 'estate.keyproof.json';

function nameOf({ principals, keys }) {
  return `on ${principals.toLocaleString('en')} principals × ${keys} keys`;
}

function whoCanIn(size) {
  return { args: ['who-can', action, 'all', file], cwd: estateOf(size).cwd };
}

const estates = new Map();

function estateOf(size) {
  const name = nameOf(size);
  if (!estates.has(name)) {
    const cwd = mkdtempSync(join(tmpdir(), 'keyproof-bench-'));
    estates.set(name, { cwd, ...writeEstate(cwd, size) });
  }
  return estates.get(name);
}
