import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { init, test as runTests } from '../../src/app/index.js';
import { loadConfig } from '../../src/config/index.js';
import { createNodeHost, type Host } from '../../src/host/index.js';
import { reporters, type InitReport } from '../../src/report/index.js';
import { createRepository, removeTemporaryFolders, type Repository } from '../host/repository.js';

afterAll(removeTemporaryFolders);

const statement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const policyOf = (account: string, ...others: readonly object[]): string => {
  const root = { ...statement, Principal: { AWS: `arn:aws:iam::${account}:root` } };
  return JSON.stringify({ Version: '2012-10-17', Statement: [root, ...others] });
};

function hostOf(repository: Repository, folder = '.'): Host {
  return createNodeHost(`${repository.folder}/${folder}`);
}

async function setUp(
  repository: Repository,
  input: Partial<Parameters<typeof init>[0]> = {},
  folder = '.',
): Promise<InitReport> {
  const report = await init({ mode: 'write', ...input }, hostOf(repository, folder));
  if (report.kind === 'mistake') throw new Error(report.message);
  return report;
}

const outcomes = ({ files }: InitReport): Readonly<Record<string, string>> =>
  Object.fromEntries(files.map(({ path, outcome }) => [path, outcome]));

const textOf = ({ files }: InitReport, path: string): string =>
  files.find((file) => file.path === path)?.text ?? '';

describe('a first set-up', () => {
  test('writes a configuration that is valid and a test that passes', async () => {
    const repository = createRepository();
    const reader = { AWS: 'arn:aws:iam::444455556666:role/reader' };
    const partner = { ...statement, Action: 'kms:Decrypt', Principal: reader };
    repository.write('infra/keys/orders.key-policy.json', policyOf('111122223333', partner));
    repository.write('infra/keys/logs.key-policy.json', policyOf('111122223333'));
    repository.write('README.md', '# estate');
    const report = await setUp(repository, { ci: 'none' });
    expect(outcomes(report)).toEqual({
      'keyproof.config.yaml': 'written',
      'keyproof.kms-test.yaml': 'written',
    });
    const host = hostOf(repository);
    const { value, diagnostics } = await loadConfig({ kind: 'search' }, host);
    expect(diagnostics).toEqual([]);
    expect(value.settings).toMatchObject({
      include: ['infra/**'],
      accounts: ['111122223333'],
      trustZone: { accounts: ['444455556666'] },
    });
    const tested = await runTests({ paths: [], parameters: [], emptiness: 'refused' }, host);
    expect(tested).toMatchObject({ kind: 'test', diagnostics: [] });
    const tests = tested.kind === 'test' ? tested.tests : [];
    expect(tests.filter(({ passed }) => !passed)).toEqual([]);
    // Nobody outside decrypts with `logs`. A partner does with `orders` if its own account lets it, which
    // nothing here tells. Both can be managed.
    expect(tests.map(({ expected }) => expected)).toEqual([
      'never',
      'never',
      'always',
      'unknown',
      'never',
      'always',
    ]);
    expect(textOf(report, 'keyproof.kms-test.yaml').match(/# Review:/g)).toHaveLength(6);
  });

  test('never writes over what exists, whatever a configuration is called', async () => {
    const repository = createRepository();
    repository.write('orders.key-policy.json', policyOf('111122223333'));
    repository.write('keyproof.config.json', '{}');
    repository.write('keyproof.kms-test.yaml', 'tests: []\n');
    repository.write('.gitlab-ci.yml', 'stages: [test]\n');
    const report = await setUp(repository);
    expect(outcomes(report)).toEqual({
      'keyproof.config.json': 'exists',
      'keyproof.kms-test.yaml': 'exists',
      '.gitlab/keyproof.gitlab-ci.yml': 'written',
      '.gitlab-ci.yml': 'exists',
    });
    expect(report.next.join('\n')).toContain('include: - local: .gitlab/keyproof.gitlab-ci.yml');
    const again = await setUp(repository);
    expect(new Set(Object.values(outcomes(again)))).toEqual(new Set(['exists']));
    expect(readFileSync(`${repository.folder}/.gitlab-ci.yml`, 'utf8')).toBe('stages: [test]\n');
  });

  test('plans without writing', async () => {
    const repository = createRepository();
    repository.write('orders.key-policy.json', policyOf('111122223333'));
    const report = await setUp(repository, { mode: 'plan', ci: 'github' });
    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['planned']));
    expect(hostOf(repository).files.list('.')).toEqual(['.git/', 'orders.key-policy.json']);
  });

  test.each([
    ['.github/CODEOWNERS', '', '.github/workflows/keyproof.yml'],
    ['.gitlab/CODEOWNERS', '', '.gitlab-ci.yml'],
    ['x', 'git@github.com:acme/estate.git', '.github/workflows/keyproof.yml'],
    ['x', 'https://gitlab.acme.example/estate.git', '.gitlab-ci.yml'],
  ])('knows the forge by `%s` and the remote `%s`', async (path, remote, expected) => {
    const repository = createRepository();
    repository.write('orders.key-policy.json', policyOf('111122223333'));
    repository.write(path, '');
    if (remote !== '') repository.git('remote', 'add', 'origin', remote);
    expect(Object.keys(outcomes(await setUp(repository)))).toContain(expected);
  });

  test('sets CI up at the root only, and says so below it', async () => {
    const repository = createRepository();
    repository.write('infra/orders.key-policy.json', policyOf('111122223333'));
    const report = await setUp(repository, { ci: 'github' }, 'infra');
    expect(Object.keys(outcomes(report))).toEqual([
      'keyproof.config.yaml',
      'keyproof.kms-test.yaml',
    ]);
    expect(report.next.join('\n')).toContain('run `keyproof init` in `..` as well');
  });

  test('tells of a CDK app without templates, of samples and of policies of no known kind', async () => {
    const repository = createRepository();
    const identity = { Version: '2012-10-17', Statement: [statement] };
    repository.write('app/cdk.json', '{ "app": "node app.js" }');
    repository.write('policies/a "b".json', JSON.stringify(identity));
    repository.write('examples/open/orders.key-policy.json', policyOf('999988887777'));
    const report = await setUp(repository);
    expect(report.next.join('\n')).toContain('`cdk synth` in `app`');
    const text = textOf(report, 'keyproof.config.yaml');
    expect(text).toContain('#   "policies/a \\"b\\".json": identity');
    expect(text).toContain('# exclude:\n#   - "examples/**"');
  });

  test('that finds nothing writes nothing', async () => {
    const repository = createRepository();
    repository.write('cdk.json', '{ "app": "node app.js" }');
    expect(await init({ mode: 'write' }, hostOf(repository))).toMatchObject({
      kind: 'mistake',
      hint: '`cdk synth` in `.` makes templates of the CDK app there',
    });
  });

  test('asks about a key by a name that finds it, whatever stands in the name', async () => {
    const repository = createRepository();
    repository.write('evil": {}\n#.key-policy.json', policyOf('111122223333'));
    const report = await setUp(repository, { ci: 'none' });
    const tests = await runTests(
      { paths: [], parameters: [], emptiness: 'refused' },
      hostOf(repository),
    );
    expect(tests).toMatchObject({ diagnostics: [] });
    const json = await reporters.json();
    const value: unknown = JSON.parse(json(report, { width: 80, color: false }));
    const schema = JSON.parse(readFileSync('schema/init.schema.json', 'utf8')) as object;
    const validate = new Ajv({ allErrors: true }).compile(schema);
    expect(validate(value) ? [] : validate.errors).toEqual([]);
  });
});
