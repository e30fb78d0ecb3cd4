import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createRepository, removeTemporaryFolders, type Repository } from '../host/repository.js';
import { runProgram, writeProgram } from './action.js';

interface Job {
  readonly extends: string;
  readonly script: readonly string[];
}

const template = parse(readFileSync('ci/keyproof.gitlab-ci.yml', 'utf8')) as {
  readonly variables: Readonly<Record<string, string>>;
  readonly '.keyproof': {
    readonly before_script: readonly string[];
    readonly artifacts: { readonly paths: readonly string[] };
  };
  readonly 'keyproof-gate': Job;
  readonly 'keyproof-lint': Job;
};

afterAll(removeTemporaryFolders);

const statement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const sound = { ...statement, Principal: { AWS: 'arn:aws:iam::111122223333:root' } };
const policyOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

function estate(): Repository {
  const repository = createRepository();
  repository.write('keys/orders.key-policy.json', policyOf(sound));
  repository.commit('a key');
  repository.write(
    'keys/orders.key-policy.json',
    policyOf(sound, { ...statement, Principal: '*' }),
  );
  repository.commit('open it');
  return repository;
}

/** Runs a job's lines as GitLab does, where `npm` installs this repository's own build. */
async function runJob(
  job: Job,
  { folder }: Repository,
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly log: string }> {
  const bin = join(folder, '.git/bin');
  mkdirSync(bin, { recursive: true });
  writeProgram(join(bin, 'npm'), 'echo "npm $*"');
  writeProgram(join(bin, 'keyproof'), `exec node ${join(process.cwd(), 'bin/run.js')} "$@"`);
  const lines = [...template['.keyproof'].before_script, ...job.script];
  return runProgram(['bash', '-e', '-o', 'pipefail', '-c', lines.join('\n')], {
    folder,
    env: {
      ...template.variables,
      ...variables,
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    },
  });
}

describe('in GitLab', { timeout: 60_000 }, () => {
  test('a merge request passes the gate or not, and leaves its reports', async () => {
    const repository = estate();
    const base = repository.git('rev-parse', 'HEAD~1');
    const run = await runJob(template['keyproof-gate'], repository, {
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    });
    expect(run.status, run.log).toBe(1);
    expect(run.log).toContain(
      'npm install --global --no-audit --no-fund --loglevel=error keyproof@latest',
    );
    for (const path of template['.keyproof'].artifacts.paths) {
      expect(existsSync(join(repository.folder, path)), path).toBe(true);
    }
    const issues: unknown = JSON.parse(
      readFileSync(join(repository.folder, 'gl-code-quality-report.json'), 'utf8'),
    );
    expect(issues).toMatchObject([
      { check_name: 'public-key-policy', location: { path: 'keys/orders.key-policy.json' } },
    ]);
    const passes = await runJob(template['keyproof-gate'], repository, {
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      KEYPROOF_FAIL_ON: 'none',
    });
    expect(passes.status, passes.log).toBe(0);
  });

  test('a merge request cannot choose what it is compared with', async () => {
    const repository = estate();
    const base = repository.git('rev-parse', 'HEAD~1');
    repository.write(`${base}/orders.key-policy.json`, policyOf(sound));
    const run = await runJob(template['keyproof-gate'], repository, {
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    });
    expect(run.status).toBe(2);
    expect(run.log).toContain('compared with itself');
  });

  test('the default branch is linted, all of it or some paths', async () => {
    const repository = estate();
    const all = await runJob(template['keyproof-lint'], repository, {});
    expect(all.status, all.log).toBe(1);
    repository.write('other/payments.key-policy.json', policyOf(sound));
    const some = await runJob(template['keyproof-lint'], repository, { KEYPROOF_PATHS: 'other' });
    expect(some.status, some.log).toBe(0);
  });
});
