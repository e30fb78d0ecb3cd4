import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { diff, gate } from '../../src/app/index.js';
import type { Mistake } from '../../src/app/index.js';
import type { Host } from '../../src/host/index.js';
import {
  reporters,
  type DiffReport,
  type GateReport,
  type Report,
} from '../../src/report/index.js';
import {
  createRepository,
  removeTemporaryFolders,
  repositoryAt,
  temporaryFolder,
  type Repository,
} from '../host/repository.js';

afterAll(removeTemporaryFolders);
vi.setConfig({ testTimeout: 60_000 });

const root = 'arn:aws:iam::111122223333:root';
const app = 'arn:aws:iam::111122223333:role/app';
const outsider = 'arn:aws:iam::999988887777:role/partner';

interface Statement {
  readonly Sid?: string;
  readonly AWS: string | readonly string[];
  readonly Action: string | readonly string[];
  readonly Condition?: object;
}

function keyPolicy(...statements: readonly Statement[]): string {
  const value = {
    Version: '2012-10-17',
    Statement: statements.map(({ AWS, ...rest }) => ({
      Effect: 'Allow',
      Principal: { AWS },
      Resource: '*',
      ...rest,
    })),
  };
  return JSON.stringify(value, undefined, 2);
}

const delegation = { Sid: 'Root', AWS: root, Action: 'kms:*' };
const use = { Sid: 'Use', AWS: app, Action: ['kms:Decrypt', 'kms:GenerateDataKey'] };

function estate(...paths: readonly string[]) {
  return { paths, parameters: [], emptiness: 'refused' } as const;
}

type Asked = Partial<Parameters<typeof gate>[0]>;

async function gateOf(host: Host, asked: Asked = {}): Promise<GateReport> {
  const found = await tryGate(host, asked);
  if (found.kind === 'mistake') throw new Error(`${found.message}\n${found.hint ?? ''}`);
  return found;
}

async function tryGate(host: Host, asked: Asked = {}): Promise<GateReport | Mistake> {
  const result = await gate(
    { estate: estate(), base: 'main', confirmation: 'not-requested', failOn: [], ...asked },
    host,
  );
  return result;
}

async function diffOf(host: Host, before: string, after: string): Promise<DiffReport> {
  const found = await diff({ before, after, estate: estate() }, host);
  if (found.kind === 'mistake') throw new Error(`${found.message}\n${found.hint ?? ''}`);
  return found;
}

function gainedBy(access: GateReport['access']): readonly string[] {
  return access.gained.flatMap(({ principals, action, keyName }) =>
    principals.map(({ name }) => `${name} ${action} ${keyName}`),
  );
}

/** A repository whose `main` has some files, on a branch of its own. */
function repositoryWith(files: Readonly<Record<string, string>>): Repository {
  const repository = createRepository();
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.commit('before');
  repository.git('checkout', '--quiet', '-b', 'feature');
  return repository;
}

describe('the gate', () => {
  test('is open for a refactoring, which it proves to change no access', async () => {
    const repository = repositoryWith({
      'keys/orders.key-policy.json': keyPolicy(delegation, use),
    });
    repository.remove('keys/orders.key-policy.json');
    repository.write(
      'policies/orders.key-policy.yaml',
      `Version: "2012-10-17"
Statement:
  - { Sid: B, Effect: Allow, Principal: { AWS: ["${app}"] }, Action: kms:GenerateDataKey, Resource: "*" }
  - { Sid: A, Effect: Allow, Principal: { AWS: "${app}" }, Action: [kms:decrypt], Resource: "*" }
  - { Sid: R, Effect: Allow, Principal: { AWS: "111122223333" }, Action: ["kms:*"], Resource: ["*"] }
`,
    );
    const found = await gateOf(repository.host(), { failOn: ['broadening', 'unknown', 'info'] });
    expect(found.access).toMatchObject({ gained: [], lost: [], unknown: [], equivalent: true });
    expect(found.access.keys).toEqual({ added: [], removed: [], renamed: [] });
    expect([found.verdict, found.reasons, found.findings]).toEqual(['pass', [], []]);
  });

  test('tells who gains what, and is shut where that is asked for', async () => {
    const repository = repositoryWith({ 'orders.key-policy.json': keyPolicy(delegation) });
    repository.write('orders.key-policy.json', keyPolicy(delegation, use));
    const open = await gateOf(repository.host());
    expect(gainedBy(open.access)).toEqual([
      `${app} kms:Decrypt orders`,
      `${app} kms:GenerateDataKey orders`,
    ]);
    expect(open.access.equivalent).toBe(false);
    expect(open.verdict).toBe('pass');
    expect(open.reasons.map(({ fails }) => fails)).toEqual([false]);
    const shut = await gateOf(repository.host(), { failOn: ['broadening:decrypt'] });
    expect(shut.verdict).toBe('fail');
    expect(shut.reasons[0]).toEqual({
      text: 'access is gained: role/app may kms:Decrypt on orders',
      fails: true,
    });
    for (const failOn of ['broadening:admin', 'broadening:cross-account', 'none'] as const) {
      expect((await gateOf(repository.host(), { failOn: [failOn] })).verdict).toBe('pass');
    }
  });

  test('takes principals of other accounts to be allowed by these', async () => {
    const repository = repositoryWith({ 'orders.key-policy.json': keyPolicy(delegation) });
    const partner = { ...use, AWS: outsider };
    repository.write('orders.key-policy.json', keyPolicy(delegation, partner));
    const found = await gateOf(repository.host(), { failOn: ['broadening:cross-account'] });
    expect(found.verdict).toBe('fail');
    expect(found.access.gained.map(({ reach }) => reach)).toEqual([
      'cross-account',
      'cross-account',
    ]);
  });

  test('finds what is new, and not what was there before', async () => {
    const open = keyPolicy(delegation, { Sid: 'All', AWS: '*', Action: 'kms:Decrypt' });
    const repository = repositoryWith({
      'old.key-policy.json': open,
      'orders.key-policy.json': keyPolicy(delegation),
    });
    const none = await gateOf(repository.host());
    expect([none.findings, none.verdict]).toEqual([[], 'pass']);
    repository.write('orders.key-policy.json', open);
    const found = await gateOf(repository.host(), { failOn: ['error', 'broadening:public'] });
    expect(found.findings.map(({ ruleId }) => ruleId)).toEqual(['public-key-policy']);
    expect(found.findings.map(({ span }) => span.source.path)).toEqual(['orders.key-policy.json']);
    expect(found.reasons.filter(({ fails }) => fails)).toHaveLength(2);
    repository.remove('old.key-policy.json');
    repository.write('moved/old.key-policy.json', open);
    const moved = await gateOf(repository.host());
    expect(moved.findings.map(({ span }) => span.source.path)).toEqual(['orders.key-policy.json']);
  });

  test('sees the working tree as it stands: changed, not yet added, and deleted files', async () => {
    const repository = repositoryWith({
      'a.key-policy.json': keyPolicy(delegation, use),
      'b.key-policy.json': keyPolicy(delegation, { ...use, AWS: outsider }),
    });
    repository.write('c.key-policy.json', keyPolicy(delegation, use));
    repository.remove('b.key-policy.json');
    const { access, loaded } = await gateOf(repository.host());
    expect(loaded).toEqual(['a.key-policy.json', 'c.key-policy.json']);
    expect(access.keys.added.length + access.keys.renamed.length).toBe(1);
    expect(access.equivalent).toBe(false);
  });

  test('names keys and principals that come and go, and does not tell their access as lost', async () => {
    const inventory = (role: string, key: string): string => `
version: 1
principals:
  - { arn: "arn:aws:iam::111122223333:role/${role}", policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "kms:*", Resource: "*" }] }] }
keys:
  - arn: arn:aws:kms:us-east-1:111122223333:key/${key}
    policy: default
`;
    const repository = repositoryWith({
      'estate.keyproof.yaml': inventory('app', '1234abcd-12ab-34cd-56ef-1234567890ab'),
    });
    repository.write(
      'estate.keyproof.yaml',
      `version: 1\nkeys:\n  - { arn: "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321", policy: default }\n`,
    );
    const { access } = await gateOf(repository.host());
    expect(access.lost).toEqual([]);
    expect(access.principals.removed).toEqual([app]);
    expect(access.keys.removed).toEqual([
      'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    ]);
    expect(access.gained.every(({ keyIs }) => keyIs === 'new')).toBe(true);
    expect(access.equivalent).toBe(false);
  });

  test('takes a path for a path, though a branch is called so too', async () => {
    const repository = repositoryWith({ 'orders.key-policy.json': keyPolicy(delegation) });
    repository.git('branch', 'release');
    repository.write('release/orders.key-policy.json', keyPolicy(delegation, use));
    const found = await gateOf(repository.host(), {
      base: 'release',
      estate: estate('orders.key-policy.json'),
    });
    expect(found.before).toEqual({ name: 'release', kind: 'path' });
    expect(found.access.lost.length).toBeGreaterThan(0);
    expect(found.diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'path-and-reference info',
    ]);
    const branch = await gateOf(repository.host(), {
      base: 'refs/heads/release',
      estate: estate('orders.key-policy.json'),
    });
    expect(branch.access.equivalent).toBe(true);
  });

  test('needs no git where the base is a folder', async () => {
    const plain = repositoryAt(temporaryFolder());
    plain.write('before/orders.key-policy.json', keyPolicy(delegation, use));
    plain.write('after/orders.key-policy.json', keyPolicy(use, delegation));
    const same = await gateOf(plain.host(), { base: 'before', estate: estate('after') });
    expect(same.access.equivalent).toBe(true);
    plain.write('after/orders.key-policy.json', keyPolicy(delegation));
    const less = await gateOf(plain.host(), { base: 'before', estate: estate('after') });
    expect(less.access.lost.map(({ action }) => action)).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]);
  });

  test('is shut where a policy test fails', async () => {
    const repository = repositoryWith({ 'orders.key-policy.json': keyPolicy(delegation, use) });
    repository.write(
      'orders.kms-test.yaml',
      `inventory: [orders.key-policy.json]
tests:
  - name: no outsider ever decrypts
    question: { principals: outside-account, action: kms:Decrypt, resource: orders }
    expect: never
`,
    );
    const kept = await gateOf(repository.host());
    expect([kept.verdict, kept.tests.map(({ passed }) => passed)]).toEqual(['pass', [true]]);
    repository.write('orders.key-policy.json', keyPolicy(delegation, { ...use, AWS: '*' }));
    const broken = await gateOf(repository.host(), { failOn: ['broadening:admin'] });
    expect(broken.verdict).toBe('fail');
    expect(broken.reasons[0]?.text).toContain('`no outsider ever decrypts`');
  });

  test('is shut where nobody who deploys could change a key policy again', async () => {
    const deployer = 'arn:aws:iam::111122223333:role/ci';
    const repository = repositoryWith({
      'keyproof.config.json': JSON.stringify({ deployers: [deployer] }),
      'orders.key-policy.json': keyPolicy(delegation, { AWS: deployer, Action: 'kms:*' }),
    });
    repository.write('orders.key-policy.json', keyPolicy({ AWS: app, Action: 'kms:*' }));
    const found = await gateOf(repository.host(), { failOn: ['broadening:public'] });
    expect(found.verdict).toBe('fail');
    expect(found.reasons[0]?.text).toContain(deployer);
    repository.write(
      'orders.key-policy.json',
      keyPolicy({ AWS: deployer, Action: ['kms:PutKeyPolicy', 'kms:Describe*'] }),
    );
    expect((await gateOf(repository.host(), { failOn: ['broadening:public'] })).verdict).toBe(
      'pass',
    );
  });

  test('is shut by what is unknown only where that is asked for', async () => {
    const repository = repositoryWith({ 'orders.key-policy.json': keyPolicy(use) });
    repository.write('orders.key-policy.json', keyPolicy(use, delegation));
    const found = await gateOf(repository.host(), { failOn: ['none'] });
    expect(found.access.unknown.length).toBeGreaterThan(0);
    expect(found.reasons.some(({ text }) => text.includes('unknown'))).toBe(true);
    expect(found.verdict).toBe('pass');
    expect((await gateOf(repository.host(), { failOn: ['unknown'] })).verdict).toBe('fail');
  });

  test('takes problems of the base for warnings, and those of the change for errors', async () => {
    const repository = repositoryWith({
      'orders.key-policy.json': '{ "Version": "2012-10-17", "Statement": [',
    });
    const broken = await gateOf(repository.host());
    expect(broken.diagnostics.map(({ severity }) => severity)).toContain('error');
    repository.write('orders.key-policy.json', keyPolicy(delegation));
    const mended = await gateOf(repository.host());
    expect(mended.diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
    expect(mended.diagnostics[0]?.message).toMatch(/^before the change, /);
  });
});

describe('a gate that cannot do its job says why', () => {
  const policy = { 'orders.key-policy.json': keyPolicy(delegation) };

  async function mistakeOf(host: Host, asked: Asked = {}): Promise<string> {
    const found = await tryGate(host, asked);
    return found.kind === 'mistake' ? `${found.message}: ${found.hint ?? ''}` : 'no mistake';
  }

  test('no base, or one that nobody knows', async () => {
    const { host } = repositoryWith(policy);
    expect(await mistakeOf(host(), { base: undefined })).toContain('`--base` is missing');
    expect(await mistakeOf(host(), { base: 'mian' })).toBe(
      'there is no path and no commit called `mian`: did you mean `main`?',
    );
    expect(await mistakeOf(host(), { base: 'origin/main' })).toContain('git fetch origin main');
  });

  test('no repository, no git, a shallow clone', async () => {
    const folder = repositoryAt(temporaryFolder());
    folder.write('orders.key-policy.json', keyPolicy(delegation));
    expect(await mistakeOf(folder.host())).toContain('in no git repository');
    const origin = repositoryWith(policy);
    origin.write('orders.key-policy.json', keyPolicy(use));
    origin.commit('more');
    const clone = repositoryAt(temporaryFolder());
    clone.git(
      'clone',
      '--quiet',
      '--depth',
      '1',
      '--no-single-branch',
      `file://${origin.folder}`,
      '.',
    );
    expect(await mistakeOf(clone.host(), { base: 'origin/main' })).toContain(
      '`git fetch --unshallow origin`',
    );
    vi.stubEnv('PATH', '');
    expect(await mistakeOf(origin.host())).toContain('git is not installed');
    vi.unstubAllEnvs();
  });
});

describe('the difference of two commits', () => {
  test('is told of references, paths, and one of each', async () => {
    const repository = repositoryWith({ 'infra/orders.key-policy.json': keyPolicy(delegation) });
    repository.write('infra/orders.key-policy.json', keyPolicy(delegation, use));
    repository.commit('after');
    for (const [before, after] of [
      ['main', 'feature'],
      ['main', '.'],
      ['main', 'infra'],
    ] as const) {
      const { access } = await diffOf(repository.host(), before, after);
      expect(gainedBy(access)).toEqual([
        `${app} kms:Decrypt orders`,
        `${app} kms:GenerateDataKey orders`,
      ]);
    }
    const same = await diffOf(repository.host(), 'feature', '.');
    expect(same.access.equivalent).toBe(true);
    const inner = await diffOf(repository.host('infra'), 'main', 'feature');
    expect(inner.access.gained).toHaveLength(2);
    expect(inner.before).toMatchObject({ name: 'main', kind: 'reference' });
  });
});

describe('what programs read of changes', () => {
  test('fits its schema', async () => {
    const repository = repositoryWith({
      'orders.key-policy.json': keyPolicy(delegation, { ...use, AWS: outsider }),
    });
    repository.write(
      'orders.key-policy.json',
      keyPolicy(use, { Sid: 'All', AWS: '*', Action: 'kms:Decrypt' }),
    );
    const json = await reporters.json();
    const problemsOf = (schema: string, report: Report): unknown => {
      const validate = new Ajv({ allErrors: true }).compile(
        JSON.parse(readFileSync(`schema/${schema}.schema.json`, 'utf8')) as object,
      );
      const value: unknown = JSON.parse(json(report, { width: 80, color: false }));
      return validate(value) ? [] : validate.errors;
    };
    const found = await gateOf(repository.host(), { confirmation: { runs: 10, seed: 1 } });
    expect(found.findings.map(({ confirmation }) => confirmation.kind)).toContain('confirmed');
    expect(problemsOf('gate', found)).toEqual([]);
    expect(problemsOf('diff', await diffOf(repository.host(), 'main', '.'))).toEqual([]);
  });
});
