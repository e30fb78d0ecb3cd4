// Prints how long keyproof takes to load the code of this repository, and how long its parser alone does,
// in turns in one process, so that what else the machine does weighs on both.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from '@typescript-eslint/typescript-estree';
import { load } from '../../dist/src/load/index.js';
import { medianOf } from '../measure.mjs';

const SAMPLES = 3;
const root = fileURLToPath(new URL('../..', import.meta.url));

const contents = new Map(
  [...filesIn('src/graph'), ...filesIn('src/load'), ...filesIn('fixtures/needs')].map((path) => [
    path,
    // What names no library that is known would not be parsed at all.
    `${readFileSync(`${root}/${path}`, 'utf8')}\nimport {} from '@aws-sdk/client-kms';\n`,
  ]),
);
const encoded = new Map(
  [...contents].map(([path, text]) => [path, new TextEncoder().encode(text)]),
);
const files = { read: (path) => encoded.get(path), list: () => [] };
const paths = [...contents.keys()];
const settingsOf = () => ({ parameters: {}, kinds: {} });

const loads = [];
const parses = [];
// The first round warms both up.
for (let sample = 0; sample <= SAMPLES; sample += 1) {
  const started = performance.now();
  for (const [filePath, text] of contents) {
    parse(text, { filePath, range: true, comment: true, jsDocParsingMode: 'none' });
  }
  const parsed = performance.now();
  const { loaded, diagnostics } = load({ paths, files, settingsOf });
  const ended = performance.now();
  if (loaded.length !== paths.length || diagnostics.length > 0)
    throw new Error('not all was loaded');
  if (sample === 0) continue;
  parses.push(parsed - started);
  loads.push(ended - parsed);
}
process.stdout.write(
  JSON.stringify({ files: paths.length, loadMs: medianOf(loads), parseMs: medianOf(parses) }),
);

function filesIn(folder) {
  return readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'));
}
