import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Result } from './scenario.js';

/** Whether what happens is written into files, to be reviewed, rather than compared with them. */
export const isUpdate = process.env['KEYPROOF_UPDATE'] === '1';

interface Surroundings {
  readonly folder?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Variables by which the machine that tests run on would change what is printed. */
const wishes: readonly string[] = ['FORCE_COLOR', 'GITHUB_STEP_SUMMARY'];

/** Runs a script of this repository in a folder, as from a shell without a terminal. */
export function run(
  script: string,
  argv: readonly string[],
  { folder = '.', input = '', env = {} }: Surroundings = {},
): Result {
  const inherited = Object.entries(process.env).filter(([name]) => !wishes.includes(name));
  const { stdout, stderr, status } = spawnSync(process.execPath, [resolve(script), ...argv], {
    cwd: folder,
    input,
    env: { ...Object.fromEntries(inherited), ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { stdout, stderr, status: status ?? -1 };
}

/** Text with its durations written `N ms`. */
export function withoutTimes(text: string): string {
  return text
    .replace(/\b\d+(\.\d+)? m?s\b/g, 'N ms')
    .replace(/"durationMs": \d+/g, '"durationMs": N');
}
