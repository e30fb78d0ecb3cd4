import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createRepository, removeTemporaryFolders } from '../host/repository.js';
import { runProgram } from './action.js';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly args?: readonly string[];
  readonly language: string;
  readonly files: string;
}

const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly Hook[];

afterAll(removeTemporaryFolders);

test('hooks run what npm installs', () => {
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly bin: Readonly<Record<string, string>>;
  };
  for (const { entry, language } of hooks) {
    expect(language).toBe('node');
    expect(Object.keys(bin)).toContain(entry.split(' ')[0]);
  }
});

test.each(hooks)(
  '$id looks at policies, and says 1 where a commit is not to be made',
  async (hook) => {
    const repository = createRepository();
    const { folder } = repository;
    const start = (): Promise<{ readonly status: number; readonly log: string }> => {
      const [, ...words] = hook.entry.split(' ');
      const argv = [process.execPath, join(process.cwd(), 'bin/run.js'), ...words];
      return runProgram([...argv, ...(hook.args ?? [])], { folder, env: {} });
    };
    repository.write('README.md', 'nothing here\n');
    repository.commit('begin');
    expect(await start()).toMatchObject({ status: 0 });
    const everybody = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
    const policy = { Version: '2012-10-17', Statement: [everybody] };
    repository.write('orders.key-policy.json', JSON.stringify(policy));
    const question = { principals: 'anyone', action: 'kms:Decrypt', resource: 'orders' };
    const promise = { name: 'nobody decrypts', question, expect: 'never' };
    repository.write('orders.kms-test.json', JSON.stringify({ tests: [promise] }));
    expect(await start()).toMatchObject({ status: 1 });
    expect('orders.key-policy.json').toMatch(new RegExp(hook.files));
  },
);
