import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createRepository,
  removeTemporaryFolders,
  repositoryAt,
  temporaryFolder,
  type Repository,
} from '../host/repository.js';
import { action, installIn, runAction, writeProgram, type ActionRun } from './action.js';
import { botComment, startForge, type Forge } from './forge.js';

const MINUTE_MS = 60_000;

/** A key policy that delegates to its account, and what else it says. */
function keyPolicy(...statements: readonly object[]): string {
  const root = { AWS: 'arn:aws:iam::111122223333:root' };
  const delegation = { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' };
  return JSON.stringify(
    { Version: '2012-10-17', Statement: [delegation, ...statements] },
    undefined,
    2,
  );
}

const open = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };

let forge: Forge;
beforeEach(async () => {
  forge = await startForge();
});
afterEach(() => {
  forge.close();
});
afterAll(removeTemporaryFolders);

/** A repository with a sound key policy on `main`, and a branch that makes it public. */
function estate(): Repository {
  const repository = createRepository();
  repository.write('keys/orders.key-policy.json', keyPolicy());
  repository.commit('a key');
  repository.git('checkout', '--quiet', '-b', 'change');
  repository.write('keys/orders.key-policy.json', keyPolicy(open));
  repository.commit('open it');
  return repository;
}

/** What a runner checks out for a pull request: the newest commit alone. */
function checkout(repository: Repository, branch = 'change'): string {
  const folder = join(temporaryFolder(), 'work');
  const url = `file://${repository.folder}`;
  repository.git('clone', '--quiet', '--depth', '1', '--branch', branch, url, folder);
  repositoryAt(folder).git('branch', '--quiet', '--remotes', '--delete', `origin/${branch}`);
  installIn(folder);
  return folder;
}

interface Given {
  readonly event?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly base?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly token?: string;
}

function start(workspace: string, given: Given = {}): Promise<ActionRun> {
  return runAction({
    workspace,
    github: {
      event_name: given.event ?? 'pull_request',
      base_ref: given.base ?? 'main',
      'event.pull_request.number': '7',
      token: given.token ?? 'secret',
    },
    inputs: given.inputs ?? {},
    env: { GITHUB_API_URL: forge.url, GITHUB_REPOSITORY: 'acme/estate', ...given.env },
  });
}

describe('a pull request', { timeout: MINUTE_MS }, () => {
  test('that opens a key fails, is annotated, uploaded and commented on, out of a shallow clone', async () => {
    const run = await start(checkout(estate()));
    expect(run.status, run.log).toBe(1);
    expect(run.log).toMatch(/^::error title=public-key-policy,file=keys\/orders.key-policy.json/m);
    expect(run.log).toMatch(/^comment: written$/m);
    expect(run.outputs['status']).toBe('1');
    expect(run.used).toEqual([
      {
        uses: 'github/codeql-action/upload-sarif@v4',
        with: { sarif_file: run.outputs['sarif-file'], category: 'keyproof/.' },
      },
    ]);
    expect(JSON.parse(readFileSync(run.outputs['sarif-file'] ?? '', 'utf8'))).toMatchObject({
      version: '2.1.0',
    });
    expect(run.summary).toContain('public-key-policy');
    expect(forge.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^<!-- keyproof -->\n### keyproof: this change may not be deployed/),
    ]);
  });

  test('is compared with where it branched off, not with what the base has become', async () => {
    const repository = estate();
    repository.git('checkout', '--quiet', 'main');
    for (let number = 0; number < 60; number += 1) {
      repository.write('keys/other.key-policy.json', keyPolicy(...(number % 2 ? [open] : [])));
      repository.commit(`${number}`);
    }
    const run = await start(checkout(repository));
    expect(run.status, run.log).toBe(1);
    expect(run.log).not.toContain('other.key-policy.json');
  });

  test('has one comment, which later runs rewrite, among whatever others say', async () => {
    const folder = checkout(estate());
    for (let id = 1; id <= 150; id += 1) forge.comments.push(botComment(id, `remark ${id}`));
    const forged = {
      ...botComment(151, '<!-- keyproof -->\nall is well'),
      user: { type: 'User' as const },
    };
    forge.comments.push(forged);
    await start(folder);
    expect(forge.comments).toHaveLength(152);
    const work = repositoryAt(folder);
    work.write('keys/orders.key-policy.json', keyPolicy());
    work.commit('shut it again');
    const run = await start(folder);
    expect(run.status, run.log).toBe(0);
    expect(run.log).toMatch(/^comment: updated$/m);
    expect(forge.comments).toHaveLength(152);
    expect(forge.comments[150]?.body).toBe('<!-- keyproof -->\nall is well');
    expect(forge.comments[151]?.body).toMatch(
      /^<!-- keyproof -->\n### keyproof: this change may be deployed/,
    );
    await start(folder);
    expect(forge.requests.filter((request) => !request.startsWith('GET'))).toHaveLength(2);
  });

  test('that changes nothing is not commented on', async () => {
    const repository = estate();
    repository.git('checkout', '--quiet', '-b', 'words', 'main');
    repository.write('README.md', 'words\n');
    repository.commit('words');
    const run = await start(checkout(repository, 'words'));
    expect(run.status, run.log).toBe(0);
    expect(run.log).toMatch(/^comment: there is nothing to say/m);
    expect(forge.comments).toEqual([]);
  });

  test('from a fork, whose token may not comment or is none, comes out as it would have', async () => {
    const folder = checkout(estate());
    forge.refusal = 403;
    const refused = await start(folder);
    expect(refused.status).toBe(1);
    expect(refused.log).toMatch(/^comment: none was written: the token may not \(403\)/m);
    const without = await start(folder, { inputs: { 'github-token': '' } });
    expect(without.status).toBe(1);
    expect(without.log).toMatch(/^comment: there is no token/m);
    expect(forge.comments).toEqual([]);
  });

  test('that cannot be read exits 2, and its comment says so instead of something old', async () => {
    const folder = checkout(estate());
    await start(folder);
    const work = repositoryAt(folder);
    work.write('keyproof.config.yaml', 'acounts: []\n');
    work.commit('misspelt');
    const run = await start(folder);
    expect(run.status).toBe(2);
    expect(run.outputs['sarif-file']).toBe('');
    expect(run.used).toEqual([]);
    expect(forge.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^<!-- keyproof -->\n### keyproof could not do its job/),
    ]);
  });

  test('cannot choose what it is compared with by calling a folder so', async () => {
    const folder = checkout(estate());
    repositoryAt(folder).write('refs/remotes/origin/main/key-policy.json', keyPolicy(open));
    const run = await start(folder);
    expect(run.status).toBe(2);
    expect(run.log).toContain('compared with itself');
  });

  test('is not read where it would be with the secrets of the repository', async () => {
    const run = await start(checkout(estate()), { event: 'pull_request_target' });
    expect(run.status).toBe(2);
    expect(run.log).toContain('use pull_request');
  });
});

describe('a push', { timeout: MINUTE_MS }, () => {
  test('is linted, and what only a change can do is not asked of it', async () => {
    const run = await start(checkout(estate()), {
      event: 'push',
      inputs: { 'fail-on': 'warning broadening:public' },
    });
    expect(run.status, run.log).toBe(1);
    expect(run.log).toMatch(/^::error title=public-key-policy/m);
    expect(forge.requests).toEqual([]);
  });

  test('is compared with a base that the workflow names', async () => {
    const run = await start(checkout(estate()), { event: 'push', inputs: { base: 'HEAD' } });
    expect(run.status, run.log).toBe(0);
  });
});

describe('inputs', { timeout: MINUTE_MS }, () => {
  test('are texts, whatever stands in them', async () => {
    const folder = checkout(estate());
    const evil = '$(touch pwned)`touch pwned`"; touch pwned; \'';
    for (const name of ['paths', 'base', 'fail-on', 'config', 'version']) {
      const run = await start(folder, { inputs: { [name]: evil } });
      expect(run.status, name).not.toBe(0);
    }
    const run = await start(folder, { base: evil });
    expect(run.status).toBe(2);
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
    const scripts = action.runs.steps.map((step) => step.run ?? '');
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  test('choose files, folders, the configuration and what is left out', async () => {
    const repository = estate();
    repository.write('infra/a b/orders.key-policy.json', keyPolicy(open));
    repository.write('infra/lenient.yaml', 'failOn: none\n');
    repository.commit('more');
    const run = await start(checkout(repository), {
      event: 'push',
      inputs: {
        'working-directory': 'infra',
        paths: 'a b\n',
        config: 'lenient.yaml',
        sarif: 'false',
      },
    });
    expect(run.log).toContain('file=infra/a b/orders.key-policy.json');
    expect(run.status, run.log).toBe(0);
    expect(run.used).toEqual([]);
  });

  test('a folder of its own has a comment of its own', async () => {
    const repository = estate();
    const folder = checkout(repository);
    await start(folder);
    const below = await start(folder, { inputs: { 'working-directory': 'keys' } });
    expect(below.log).toContain('file=keys/orders.key-policy.json');
    const sarif = readFileSync(below.outputs['sarif-file'] ?? '', 'utf8');
    expect(sarif).toContain('"uri":"keys/orders.key-policy.json"');
    expect(forge.comments.map(({ body }) => body.split('\n')[0])).toEqual([
      '<!-- keyproof -->',
      '<!-- keyproof in keys -->',
    ]);
  });

  test('a version is installed, and without any the one that this action is of', async () => {
    const repository = estate();
    const folder = join(temporaryFolder(), 'work');
    repository.git('clone', '--quiet', repository.folder, folder);
    const bin = mkdtempSync(join(tmpdir(), 'keyproof-bin-'));
    const npm = join(bin, 'npm');
    writeProgram(
      npm,
      [
        'echo "npm $*"',
        'mkdir -p "$3/node_modules/.bin"',
        `printf '#!/bin/sh\\nexec node ${join(process.cwd(), 'bin/run.js')} "$@"\\n' > "$3/node_modules/.bin/keyproof"`,
        'chmod +x "$3/node_modules/.bin/keyproof"',
      ].join('\n'),
    );
    mkdirSync(join(folder, 'empty'), { recursive: true });
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    const chosen = await start(folder, { event: 'push', inputs: { version: '9.9.9' }, env });
    expect(chosen.log).toMatch(/^npm install --prefix .* keyproof@9\.9\.9$/m);
    expect(chosen.log).toMatch(/^::error title=public-key-policy/m);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const own = await start(folder, { event: 'push', env });
    expect(own.log).toContain(`keyproof@${version}\n`);
  });
});
