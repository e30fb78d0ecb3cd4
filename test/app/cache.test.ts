import fc from 'fast-check';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lint } from '../../src/app/lint.js';
import { createNodeHost } from '../../src/host/index.js';

const folder = mkdtempSync(join(tmpdir(), 'keyproof-cache-'));
const cache = join(folder, 'cache');
const results = join(cache, 'results');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const open = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
const PADDING = 120_000;

/** Long enough that what is made of it is worth being kept. */
function write(name: string, sid: string): void {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: sid, ...open }] });
  writeFileSync(join(folder, 'in', `${name}-key-policy.json`), policy + ' '.repeat(PADDING));
}

mkdirSync(join(folder, 'in'));
write('one', 'One');
write('two', 'Two');

async function run(choice: 'none' | { readonly folder: string }): Promise<string> {
  const host = createNodeHost(folder, undefined, choice);
  const report = await lint(
    {
      estate: { paths: ['in'], parameters: [], emptiness: 'refused' },
      rules: ['public-key-policy'],
      confirmation: { runs: 10, seed: 1 },
      severities: ['error', 'warning', 'info'],
    },
    host,
  );
  host.memo?.save();
  if (report.kind === 'mistake') throw new Error(report.message);
  return JSON.stringify([report.findings, report.diagnostics, report.loaded]);
}

test('what is kept changes no result: not when it is new, used, or after a file changed', async () => {
  const before = await run('none');
  expect(await run({ folder: cache })).toBe(before);
  expect(await run({ folder: cache })).toBe(before);
  write('two', 'Other');
  const after = await run('none');
  expect(after).not.toBe(before);
  expect(await run({ folder: cache })).toBe(after);
});

test('bytes that were flipped, cut off or put there by others change no result', async () => {
  const expected = await run('none');
  await run({ folder: cache });
  const whole = readFileSync(results);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, by, cut) => {
        const place = at % whole.length;
        const bytes = Buffer.from(cut ? whole.subarray(0, place) : whole);
        if (!cut) bytes[place] = (bytes[place] ?? 0) ^ by;
        writeFileSync(results, bytes);
        expect(await run({ folder: cache })).toBe(expected);
      },
    ),
    { seed: 7, numRuns: 15 },
  );
  writeFileSync(results, 'not ours');
  expect(await run({ folder: cache })).toBe(expected);
});
