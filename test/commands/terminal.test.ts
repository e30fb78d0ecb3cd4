import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

// `script` gives a program a terminal, and passes on what is typed: here, Ctrl-C.
const hasTerminal = spawnSync('script', ['--version']).error === undefined;
const CTRL_C = '\u0003';
const KEYS = 400;

const folder = mkdtempSync(join(tmpdir(), 'keyproof-terminal-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const root = { AWS: 'arn:aws:iam::111122223333:root' };
const delegation = { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' };
const everybody = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
const policy = JSON.stringify({ Version: '2012-10-17', Statement: [delegation, everybody] });
for (let number = 0; number < KEYS; number += 1) {
  writeFileSync(join(folder, `k${number}.key-policy.json`), policy);
}

interface Shown {
  readonly text: string;
  readonly status: number;
}

/** Runs a command line on a terminal, and presses Ctrl-C once a text appears. */
function onTerminal(
  command: string,
  { until, env = {} }: { readonly until?: string; readonly env?: Record<string, string> } = {},
): Promise<Shown> {
  return new Promise((done, failed) => {
    const line = `node ${resolve('bin/run.js')} ${command}`;
    const child = spawn('script', ['-qefc', line, '/dev/null'], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...env },
    });
    let text = '';
    let isPressed = false;
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString();
      if (until === undefined || isPressed || !text.includes(until)) return;
      isPressed = true;
      child.stdin.write(CTRL_C);
    });
    child.on('error', failed);
    child.on('close', (status) => {
      done({ text, status: status ?? -1 });
    });
  });
}

describe.skipIf(!hasTerminal)('on a terminal', { timeout: 120_000 }, () => {
  test('Ctrl-C ends a run with what is known, which it says, and with status 130', async () => {
    const { text, status } = await onTerminal('lint', { until: 'findings tried: ' });
    expect(text).toMatch(/findings tried: \d+ of 400/);
    expect(text).toContain('public-key-policy');
    expect(text).toMatch(/interrupted: \d+ of 400 findings were tried/);
    expect(status).toBe(130);
  });

  test('build servers, and who wants quiet, see no progress', async () => {
    const quiet = await onTerminal('lint --no-confirm --quiet --format compact');
    expect(quiet.text).not.toContain(' of ');
    const server = await onTerminal('lint --no-confirm --format compact', { env: { CI: 'true' } });
    expect(server.text).not.toContain(' of ');
  });
});
