import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
  readonly 'continue-on-error'?: boolean;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const action = parse(readFileSync('action.yml', 'utf8')) as Action;

/** What a workflow and its event say; names as in expressions: `github.base_ref`. */
export interface Occasion {
  /** The checked-out repository. */
  readonly workspace: string;
  readonly github: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the action is; absent: this repository. */
  readonly actionPath?: string;
}

export interface ActionRun {
  readonly status: number;
  /** What all steps printed. */
  readonly log: string;
  /** Other actions that were used, with what they were given. */
  readonly used: readonly {
    readonly uses: string;
    readonly with: Readonly<Record<string, string>>;
  }[];
  readonly outputs: Readonly<Record<string, string>>;
  /** The page of the step summary. */
  readonly summary: string;
}

/** Runs the steps of the composite action one after the other, as a runner does. */
export async function runAction(occasion: Occasion): Promise<ActionRun> {
  const runner = mkdtempSync(join(tmpdir(), 'keyproof-runner-'));
  const summary = join(runner, 'summary.md');
  writeFileSync(summary, '');
  const values = new Map<string, string>(
    Object.entries(action.inputs).map(([name, input]) => [`inputs.${name}`, input.default]),
  );
  for (const [name, value] of Object.entries(occasion.github)) values.set(`github.${name}`, value);
  for (const [name, value] of values) values.set(name, filled(value, values));
  for (const [name, value] of Object.entries(occasion.inputs ?? {})) {
    values.set(`inputs.${name}`, value);
  }
  const used: { uses: string; with: Readonly<Record<string, string>> }[] = [];
  let log = '';
  let status = 0;
  for (const step of action.runs.steps) {
    if (step.if !== undefined && !holds(step.if, values)) continue;
    if (step.uses !== undefined) {
      used.push({ uses: step.uses, with: filledIn(step.with, values) });
      continue;
    }
    const outputs = join(runner, `output-${step.id ?? 'last'}`);
    writeFileSync(outputs, '');
    const result = await runBash(step.run ?? '', {
      folder: resolve(occasion.workspace, filled(step['working-directory'] ?? '.', values)),
      env: {
        ...filledIn(step.env, values),
        GITHUB_OUTPUT: outputs,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_ACTION_PATH: resolve(occasion.actionPath ?? '.'),
        GITHUB_WORKSPACE: resolve(occasion.workspace),
        RUNNER_TEMP: runner,
        ...occasion.env,
      },
    });
    log += result.log;
    for (const line of readFileSync(outputs, 'utf8').split('\n')) {
      const at = line.indexOf('=');
      if (at > 0) values.set(`steps.${step.id}.outputs.${line.slice(0, at)}`, line.slice(at + 1));
    }
    status = result.status;
    if (status !== 0) break;
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [
    name,
    filled(value, values),
  ]);
  return {
    status,
    log,
    used,
    outputs: Object.fromEntries(outputs) as Readonly<Record<string, string>>,
    summary: readFileSync(summary, 'utf8'),
  };
}

interface Surroundings {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a script as GitHub does for `shell: bash`; it goes on while a server of this process answers it. */
export function runBash(
  script: string,
  { folder, env }: Surroundings,
): Promise<{ readonly status: number; readonly log: string }> {
  return runProgram(['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
    folder,
    env,
  });
}

export function runProgram(
  [program = '', ...argv]: readonly string[],
  { folder, env }: Surroundings,
): Promise<{ readonly status: number; readonly log: string }> {
  return new Promise((done, failed) => {
    const child = spawn(program, argv, {
      cwd: folder,
      // Nothing here is to reach a registry.
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, npm_config_offline: 'true', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    child.stdout.on('data', (text: Buffer) => (log += text.toString()));
    child.stderr.on('data', (text: Buffer) => (log += text.toString()));
    child.on('error', failed);
    child.on('close', (status) => {
      done({ status: status ?? -1, log });
    });
  });
}

/** A folder in which `keyproof` is installed as `npm ci` leaves it: this repository's own, as it is built. */
export function installIn(folder: string): void {
  const bin = join(folder, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  writeProgram(join(bin, 'keyproof'), `exec node ${resolve('bin/run.js')} "$@"`);
  writeFileSync(join(folder, '.git/info/exclude'), 'node_modules\n');
}

export function writeProgram(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

type Values = ReadonlyMap<string, string>;

function filledIn(
  texts: Readonly<Record<string, string>> = {},
  values: Values,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, filled(text, values)]),
  );
}

function filled(text: string, values: Values): string {
  return text.replace(/\$\{\{ *([\w.-]+) *\}\}/g, (_, name: string) => values.get(name) ?? '');
}

/** The expressions that the action has: comparisons with texts, joined by `&&`. */
function holds(condition: string, values: Values): boolean {
  return condition.split(' && ').every((part) => {
    const [, name = '', operator, text] = /^([\w.-]+) (==|!=) '([^']*)'$/.exec(part) ?? [];
    if (operator === undefined) throw new Error(`\`${part}\` is not understood`);
    return ((values.get(name) ?? '') === text) === (operator === '==');
  });
}
