import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  createRepository,
  removeTemporaryFolders,
  repositoryAt,
  temporaryFolder,
} from '../host/repository.js';
import { runAction, runBash, writeProgram } from './action.js';

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: {
    readonly keyproof: {
      readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
    };
  };
}

afterAll(removeTemporaryFolders);

function keyproof(
  folder: string,
  ...argv: readonly string[]
): { status: number | null; log: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('bin/run.js'), ...argv], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, log: stdout + stderr };
}

const policyOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const root = { AWS: 'arn:aws:iam::111122223333:root' };
const sound = { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' };
const everybody = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };

/** An `npm` that installs this repository, as the registry would its package. */
function withNpm(folder: string): string {
  const bin = join(folder, '.git/bin');
  mkdirSync(bin, { recursive: true });
  writeProgram(
    join(bin, 'npm'),
    [
      'echo "npm $*"',
      'mkdir -p "$3/node_modules/.bin"',
      `ln -s "${resolve('.')}" "$3/node_modules/keyproof"`,
      'ln -s ../keyproof/bin/run.js "$3/node_modules/.bin/keyproof"',
    ].join('\n'),
  );
  return `${bin}:${process.env['PATH'] ?? ''}`;
}

test(
  'what init writes runs on GitHub: a change of who decrypts fails, and a promise is broken',
  { timeout: 60_000 },
  async () => {
    const origin = createRepository();
    origin.write('keys/orders.key-policy.json', policyOf(sound));
    expect(keyproof(origin.folder, 'init', '--ci', 'github')).toMatchObject({ status: 0 });
    expect(keyproof(origin.folder, 'test')).toMatchObject({ status: 0 });
    origin.commit('set up keyproof');
    origin.git('checkout', '--quiet', '-b', 'change');
    origin.write('keys/orders.key-policy.json', policyOf(sound, everybody));
    origin.commit('open the key');
    const workspace = join(temporaryFolder(), 'work');
    origin.git('clone', '--quiet', '--depth', '1', `file://${origin.folder}`, workspace);
    const env = { PATH: withNpm(workspace) };
    const workflow = parse(
      readFileSync(join(workspace, '.github/workflows/keyproof.yml'), 'utf8'),
    ) as Workflow;
    let ran = 0;
    for (const { run, uses } of workflow.jobs.keyproof.steps) {
      if (run !== undefined) {
        expect(await runBash(run, { folder: workspace, env })).toMatchObject({ status: 0 });
      }
      if (uses?.startsWith('./') !== true) continue;
      const result = await runAction({
        workspace,
        actionPath: join(workspace, uses),
        github: { event_name: 'pull_request', base_ref: 'main', token: '' },
        env,
      });
      ran += 1;
      expect(result.status, result.log).toBe(1);
      expect(result.log).toContain('public-key-policy');
      expect(result.summary).toContain('nobody outside the account of orders');
    }
    expect(ran).toBe(1);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(JSON.stringify(workflow)).toContain(`keyproof@${version}`);
    expect(workflow.permissions).toEqual({
      contents: 'read',
      'pull-requests': 'write',
      'security-events': 'write',
    });
    expect(repositoryAt(workspace).git('diff', 'HEAD', '--name-only')).toBe('');
  },
);

test('what init writes for GitLab is the template, at the version that wrote it', () => {
  const { folder } = createRepository();
  repositoryAt(folder).write('keys/orders.key-policy.json', policyOf(sound));
  expect(keyproof(folder, 'init', '--ci', 'gitlab')).toMatchObject({ status: 0 });
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const written = readFileSync(join(folder, '.gitlab/keyproof.gitlab-ci.yml'), 'utf8');
  const own = readFileSync('ci/keyproof.gitlab-ci.yml', 'utf8');
  expect(written).toBe(own.replace('VERSION: latest', `VERSION: ${version}`));
  expect(parse(readFileSync(join(folder, '.gitlab-ci.yml'), 'utf8'))).toEqual({
    include: [{ local: '.gitlab/keyproof.gitlab-ci.yml' }],
  });
});
