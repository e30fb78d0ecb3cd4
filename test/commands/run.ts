import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Result } from './scenario.js';

/** Whether what happens is written into files, to be reviewed, rather than compared with them. */
export const isUpdate = process.env['KEYPROOF_UPDATE'] === '1';

/** Runs a script of this repository in a folder, as from a shell without a terminal. */
export function run(
  script: string,
  argv: readonly string[],
  { folder = '.', input = '' }: { readonly folder?: string; readonly input?: string } = {},
): Result {
  const wishes = Object.entries(process.env).filter(([name]) => name !== 'FORCE_COLOR');
  const { stdout, stderr, status } = spawnSync(process.execPath, [resolve(script), ...argv], {
    cwd: folder,
    input,
    env: Object.fromEntries(wishes),
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
