import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { medianOf } from '../measure.mjs';

const samples = 5;
const copies = 100;
const program = fileURLToPath(new URL('../eslint/lint.mjs', import.meta.url));
const sources = fileURLToPath(new URL('../../src', import.meta.url));
const service = new URL('../inputs/order-vault.ts', import.meta.url);

/** ESLint with keyproof's rules too, as a multiple of ESLint with typescript-eslint's recommended rules. */
export const eslint = [
  {
    name: 'eslint on code that calls no AWS KMS',
    of: 'time',
    bar: 1.2,
    prepare: () => ({ measure: () => compare(sources) }),
  },
  {
    name: 'eslint on code of which every file calls it',
    of: 'time',
    bar: 1.2,
    prepare: () => ({ measure: compareOnServices }),
  },
];

function compareOnServices() {
  const folder = mkdtempSync(`${tmpdir()}/keyproof-eslint-`);
  const text = readFileSync(service, 'utf8');
  for (let copy = 1; copy <= copies; copy += 1) {
    writeFileSync(`${folder}/order-${copy}.ts`, text.replaceAll(/Order\b/g, `Order${copy}`));
  }
  const compared = compare(folder);
  rmSync(folder, { recursive: true });
  return compared;
}

// In turns, so that what else the machine does weighs on both.
function compare(folder) {
  const without = [];
  const withOurs = [];
  for (let sample = 0; sample < samples; sample += 1) {
    without.push(timeOf('recommended', folder));
    withOurs.push(timeOf('keyproof', folder));
  }
  const median = medianOf(withOurs);
  return { figure: `${median.toFixed(0)} ms`, value: median / medianOf(without) };
}

function timeOf(rules, folder) {
  const start = performance.now();
  const output = execFileSync(process.execPath, [program, rules, folder], { encoding: 'utf8' });
  const time = performance.now() - start;
  const { files, broken } = JSON.parse(output);
  if (files === 0 || broken > 0)
    throw new Error(`ESLint could not read what it measured: ${output}`);
  return time;
}
