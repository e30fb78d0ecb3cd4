import { describe, expect, test } from 'vitest';
import { can } from '../../src/app/can.js';
import { config as showConfig } from '../../src/app/config.js';
import { decide } from '../../src/app/decide.js';
import { inventory as showInventory } from '../../src/app/inventory.js';
import { lint, type LintInput } from '../../src/app/lint.js';
import { test as runTests } from '../../src/app/test.js';
import { whatCan } from '../../src/app/what-can.js';
import { whoCan } from '../../src/app/who-can.js';
import type { KeyproofConfig } from '../../src/config/index.js';
import type { Host } from '../../src/host/index.js';
import type { Inventory } from '../../src/inventory/index.js';
import type { Finding } from '../../src/lint/index.js';
import type { LintReport } from '../../src/report/index.js';
import { showText } from '../../src/source/index.js';
import { memoryHost } from './memory-host.js';

// What each key of the configuration does, seen from the commands.

const root = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
};
const everyone = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const open = policy(root, everyone);
/** Says nothing of an account, nor by its name that it is a key policy. */
const bare = policy({
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: 'kms:Decrypt',
  Resource: '*',
  Condition: { StringEquals: { 'kms:CallerAccount': '111122223333' } },
});

const template = JSON.stringify({
  Parameters: { Stage: { Type: 'String' } },
  Resources: {
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: { KeyPolicy: { Version: '2012-10-17', Statement: [root] } },
    },
    Alias: {
      Type: 'AWS::KMS::Alias',
      Properties: {
        AliasName: { 'Fn::Sub': 'alias/orders-${Stage}' },
        TargetKeyId: { Ref: 'Key' },
      },
    },
  },
});

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const estate = (condition: object): string =>
  JSON.stringify({
    version: 1,
    keys: [
      {
        arn: KEY,
        policy: {
          Version: '2012-10-17',
          Statement: [{ ...everyone, Condition: condition }],
        },
      },
    ],
  });

function hostWith(written: KeyproofConfig, files: Readonly<Record<string, string>>): Host {
  return memoryHost({ ...files, 'keyproof.config.json': JSON.stringify(written) });
}

const input = (paths: readonly string[] = []) =>
  ({ paths, parameters: [], emptiness: 'refused' }) as const;

async function linted(
  written: KeyproofConfig,
  files: Readonly<Record<string, string>>,
  change: Partial<LintInput> = {},
): Promise<LintReport> {
  const report = await lint(
    {
      estate: input(),
      rules: [],
      confirmation: 'not-requested',
      severities: ['error', 'warning', 'info'],
      ...change,
    },
    hostWith(written, files),
  );
  if (report.kind === 'mistake') throw new Error(JSON.stringify(report));
  return report;
}

async function loaded(
  written: KeyproofConfig,
  files: Readonly<Record<string, string>>,
  change: object = {},
): Promise<Inventory> {
  const report = await showInventory({ ...input(), ...change }, hostWith(written, files));
  if (report.kind === 'mistake') throw new Error(JSON.stringify(report));
  return report.inventory;
}

const shown = ({ findings }: LintReport): readonly string[] =>
  findings.map(({ ruleId, severity, span, suppressed }) =>
    [span.source.path, severity, ruleId, ...(suppressed === undefined ? [] : [suppressed.by])].join(
      ' ',
    ),
  );

describe('what is read', () => {
  const files = {
    'infra/a/key-policy.json': open,
    'infra/b/key-policy.json': open,
    'x.json': open,
  };

  test('`include` where no path is given', async () => {
    expect((await linted({ include: ['infra/**'] }, files)).loaded).toEqual([
      'infra/a/key-policy.json',
      'infra/b/key-policy.json',
    ]);
    const named = { estate: input(['x.json']) };
    expect((await linted({ include: ['infra/**'] }, files, named)).loaded).toEqual(['x.json']);
  });

  test('`exclude`, unless a file is named', async () => {
    const written = { exclude: ['infra/a/**'] };
    expect((await linted(written, files)).loaded).toEqual(['infra/b/key-policy.json', 'x.json']);
    const named = { estate: input(['infra/a/key-policy.json']) };
    expect((await linted(written, files, named)).loaded).toEqual(['infra/a/key-policy.json']);
  });

  test('`kinds`, for all and in `overrides`', async () => {
    const documents = { 'p/a.json': bare, 'p/b.json': bare };
    const written: KeyproofConfig = {
      kinds: { 'p/**': 'resource' },
      overrides: [{ files: ['p/b.json'], kinds: { 'p/*': 'key-policy' } }],
    };
    const { keys, documents: loose } = await loaded(written, documents);
    expect(keys.map(({ span }) => span.source.path)).toEqual(['p/b.json']);
    expect(loose.map(({ document }) => document.kind)).toEqual(['resource']);
  });

  test('policy tests as well, which `exclude` leaves out', async () => {
    const tests = JSON.stringify({ tests: [] });
    const paths = { 'a/x.kms-test.json': tests, 'b/x.kms-test.json': 'broken' };
    const report = await runTests(input(), hostWith({ exclude: ['b'] }, paths));
    expect(report).toMatchObject({ kind: 'test', diagnostics: [] });
  });
});

describe('what is unknown until deployment', () => {
  const files = { 'a/stack.json': template, 'b/stack.json': template };

  test('`account`, `region` and `partition`, for all and in `overrides`', async () => {
    const { keys } = await loaded(
      {
        account: '111122223333',
        region: 'eu-west-1',
        overrides: [
          { files: ['b/**'], account: '222233334444', region: 'us-east-1', partition: 'aws-cn' },
        ],
      },
      files,
    );
    expect(keys.map(({ arn }) => showText(arn).replace(/key\/.*/, ''))).toEqual([
      'arn:aws:kms:eu-west-1:111122223333:',
      'arn:aws-cn:kms:us-east-1:222233334444:',
    ]);
  });

  test('which flags say better', async () => {
    const { keys } = await loaded({ account: '111122223333' }, files, { account: '333344445555' });
    expect(keys.map(({ account }) => account)).toEqual(['333344445555', '333344445555']);
  });

  test('`parameters`, for all and in `overrides`; a flag wins', async () => {
    const written: KeyproofConfig = {
      parameters: { Stage: 'prod' },
      overrides: [{ files: ['b/**'], parameters: { Stage: 'test' } }],
    };
    const aliases = async (parameters: readonly string[]): Promise<readonly string[]> =>
      (await loaded(written, files, { parameters })).aliases
        .map(({ name }) => showText(name))
        .sort();
    expect(await aliases([])).toEqual(['alias/orders-prod', 'alias/orders-test']);
    expect(await aliases(['Stage=dev'])).toEqual(['alias/orders-dev', 'alias/orders-dev']);
  });
});

describe('who is who', () => {
  const ours = { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } };
  const request = {
    estate: input(),
    principal: 'arn:aws:iam::111122223333:role/app',
    action: 'kms:Decrypt',
    key: KEY,
    context: [],
    assume: 'absent',
  } as const;

  test('`organization` is that of our accounts', async () => {
    const decisionBy = async (written: KeyproofConfig): Promise<unknown> => {
      const report = await decide(request, hostWith(written, { 'a.keyproof.json': estate(ours) }));
      return report.kind === 'mistake' ? report : report.authorization.decision;
    };
    expect(await decisionBy({})).not.toBe('Allow');
    expect(await decisionBy({ organization: 'o-exampleorgid' })).toBe('Allow');
    const override = { files: ['*.json'], organization: 'o-exampleorgid' };
    expect(await decisionBy({ overrides: [override] })).toBe('Allow');
    const others = { organization: 'o-exampleorgid', accounts: ['222233334444'] };
    expect(await decisionBy(others)).not.toBe('Allow');
    expect(await decisionBy({ organization: 'o-elsewhere' })).toBe('ImplicitDeny');
  });

  test.each<[string, KeyproofConfig]>([
    ['`accounts` are no outsiders', { accounts: ['999999999999', '111122223333'] }],
    ['`trustZone` has no outsiders', { trustZone: { accounts: ['999999999999'] } }],
  ])('%s', async (_, written) => {
    const outsiderBy = async (by: KeyproofConfig): Promise<string> => {
      const confirmation = { runs: 5, seed: 1 };
      const { findings } = await linted(by, { 'a/key-policy.json': open }, { confirmation });
      return JSON.stringify(
        findings.find(({ ruleId }) => ruleId === 'public-key-policy')?.confirmation,
        (name, value: unknown) => (name === 'because' || name === 'span' ? undefined : value),
      );
    };
    expect(await outsiderBy({})).toContain('arn:aws:iam::999999999999:role/outsider');
    expect(await outsiderBy(written)).toContain('arn:aws:iam::888888888888:role/outsider');
  });

  test('questions take it as well', async () => {
    const host = hostWith({ organization: 'o-exampleorgid' }, { 'a.keyproof.json': estate(ours) });
    expect(await can(request, host)).toMatchObject({ answer: { kind: 'always' } });
    const asked = {
      estate: input(),
      action: 'kms:Decrypt',
      key: KEY,
      escalation: 'ignored',
    } as const;
    const who = await whoCan(asked, host);
    expect(who.kind).toBe('access');
    const what = await whatCan(
      { estate: input(), principal: request.principal, actions: [] },
      host,
    );
    expect(JSON.stringify(what)).toContain('kms:Decrypt');
  });

  test('and nothing is answered by one that is broken', async () => {
    const host = memoryHost({
      'keyproof.config.json': '{ "exlude": [] }',
      'a.keyproof.json': estate(ours),
      'a.kms-test.json': '{ "tests": [] }',
    });
    const asked = {
      estate: input(),
      action: 'kms:Decrypt',
      key: KEY,
      escalation: 'ignored',
    } as const;
    const answers = await Promise.all([
      decide(request, host),
      can(request, host),
      whoCan(asked, host),
      whatCan({ estate: input(), principal: request.principal, actions: [] }, host),
      runTests(input(), host),
      showInventory(input(), host),
      lint({ ...asked, rules: [], confirmation: 'not-requested', severities: [] }, host),
      showConfig({}, host),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ kind: 'mistake', diagnostics: [{ code: 'unknown-key' }] });
    }
    const none = { ...input(), config: { kind: 'none' } } as const;
    expect(await showInventory(none, host)).toMatchObject({ kind: 'inventory' });
  });
});

describe('what is found', () => {
  const files = { 'a/key-policy.json': open, 'b/key-policy.json': open };

  test('`rules`, for all and in `overrides`', async () => {
    const written: KeyproofConfig = {
      rules: { 'public-key-policy': 'warning' },
      overrides: [{ files: ['b/**'], rules: { 'public-key-policy': 'off' } }],
    };
    expect(shown(await linted(written, files))).toEqual([
      'a/key-policy.json warning public-key-policy',
    ]);
  });

  test('a rule that is named on the command line, though it is off', async () => {
    const asked = { rules: ['public-key-policy'] };
    expect(shown(await linted({ rules: { 'public-key-policy': 'off' } }, files))).toEqual([]);
    expect(shown(await linted({ rules: { 'public-key-policy': 'off' } }, files, asked))).toEqual([
      'a/key-policy.json error public-key-policy',
      'b/key-policy.json error public-key-policy',
    ]);
  });

  test('the options of `rules`, which may differ from file to file', async () => {
    const role = (name: string): string =>
      JSON.stringify({
        Resources: {
          [name]: {
            Type: 'AWS::IAM::Policy',
            Properties: {
              PolicyName: 'read',
              Users: ['reader'],
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: 'kms:Decrypt',
                    Resource: '*',
                    Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
                  },
                ],
              },
            },
          },
        },
      });
    const stacks = { 'a/stack.json': role('A'), 'b/stack.json': role('B') };
    const asked = { rules: ['decrypt-all-keys'] };
    expect(await linted({}, stacks, asked)).toMatchObject({ findings: [{}, {}] });
    const written: KeyproofConfig = {
      rules: { 'decrypt-all-keys': ['warning', { ignoreViaService: true }] },
      overrides: [
        { files: ['b/**'], rules: { 'decrypt-all-keys': ['error', { ignoreViaService: false }] } },
      ],
    };
    expect(shown(await linted(written, stacks, asked))).toEqual([
      'b/stack.json error decrypt-all-keys',
    ]);
  });

  test('`ephemeral`: what matters only to what lasts is advice there', async () => {
    const admin = policy({
      ...root,
      Principal: { AWS: 'arn:aws:iam::111122223333:role/admin' },
    });
    const stacks = { 'infra/key-policy.json': admin, 'preview/key-policy.json': admin };
    const asked = { rules: ['single-point-of-admin'] };
    expect(shown(await linted({ ephemeral: ['preview/**'] }, stacks, asked))).toEqual([
      'infra/key-policy.json warning single-point-of-admin',
      'preview/key-policy.json info single-point-of-admin',
    ]);
  });

  test('`suppressions`, with their reason', async () => {
    const suppression = { rules: ['public-key-policy'], files: ['a/**'], reason: 'a demo' };
    const report = await linted({ suppressions: [suppression] }, files);
    expect(shown(report)).toEqual([
      'a/key-policy.json error public-key-policy config',
      'b/key-policy.json error public-key-policy',
    ]);
    expect(report.findings[0]?.suppressed).toEqual({ by: 'config', reason: 'a demo' });
  });

  test('`suppressions` of which there is nothing, in a run that looked', async () => {
    const suppression = { rules: ['unmanageable-key'], files: ['a/**'], reason: 'immutable' };
    const written = { suppressions: [suppression] };
    const unused = 'keyproof.config.json warning unused-suppression';
    const silent = { rules: ['public-key-policy'] };
    expect(shown(await linted(written, files))).toContain(unused);
    expect(shown(await linted(written, files, silent))).not.toContain(unused);
    expect(shown(await linted(written, files, { estate: input(['b']) }))).not.toContain(unused);
    const quiet = { ...written, rules: { 'unused-suppression': 'off' } } as const;
    expect(shown(await linted(quiet, files))).not.toContain(unused);
  });

  test('`failOn`, unless a flag says so', async () => {
    expect((await linted({}, files)).failOn).toBe('error');
    expect((await linted({ failOn: 'info' }, files)).failOn).toBe('info');
    expect((await linted({ failOn: 'info' }, files, { failOn: 'none' })).failOn).toBe('none');
  });
});

describe('a file', () => {
  const written: KeyproofConfig = {
    account: '111122223333',
    deployers: ['arn:aws:iam::111122223333:role/ci'],
    code: { 'src/**': 'arn:aws:iam::111122223333:role/app' },
    ephemeral: ['preview/**'],
    gate: { failOn: ['broadening:decrypt'] },
    overrides: [{ files: ['preview/**'], account: '222233334444' }],
    suppressions: [{ rules: ['region-mismatch'], files: ['src/**'], reason: 'known' }],
  };
  const valueAt = async (path?: string): Promise<object> => {
    const report = await showConfig({ path }, hostWith(written, {}));
    return report.kind === 'mistake' ? report : report.value;
  };

  test('shows all that holds for it', async () => {
    expect(await valueAt('./preview/a.yaml')).toMatchObject({
      sources: ['keyproof.config.json'],
      file: 'preview/a.yaml',
      isEphemeral: true,
      account: '222233334444',
      deployers: ['arn:aws:iam::111122223333:role/ci'],
      failOn: 'error',
      gate: { failOn: ['broadening:decrypt'] },
      rules: {
        'single-point-of-admin': 'info',
        'decrypt-all-keys': ['warning', { ignoreViaService: false }],
        'unused-suppression': 'warning',
      },
      suppressions: [],
    });
    expect(await valueAt('src/orders/handler.ts')).toMatchObject({
      account: '111122223333',
      code: 'arn:aws:iam::111122223333:role/app',
      isEphemeral: false,
      suppressions: [{ rules: ['region-mismatch'], reason: 'known' }],
    });
  });

  test('need not be asked for', async () => {
    expect(await valueAt()).toMatchObject({ account: '111122223333', overrides: [{}] });
  });
});

describe('what directives except', () => {
  const stack = (...lines: readonly string[]): string =>
    [
      'Resources:',
      ...lines,
      '  Key:',
      '    Type: AWS::KMS::Key',
      '    Properties:',
      `      KeyPolicy: ${open}`,
    ].join('\n');
  const found = async (text: string, now = 0): Promise<readonly Finding[]> => {
    const host = { ...memoryHost({ 'stack.yaml': text }), now: () => now };
    const report = await lint(
      {
        estate: input(),
        rules: [],
        confirmation: 'not-requested',
        severities: ['error', 'warning', 'info'],
      },
      host,
    );
    return report.kind === 'mistake' ? [] : report.findings;
  };

  test('counts for nothing, to the end of its last day', async () => {
    const text = stack(
      '  # keyproof-disable-next-line public-key-policy until=2026-06-15 -- a demo',
    );
    const lastMoment = Date.parse('2026-06-15T23:59:59.999Z');
    expect(await found(text, lastMoment)).toMatchObject([
      {
        ruleId: 'public-key-policy',
        suppressed: { by: 'directive', reason: 'a demo', until: '2026-06-15' },
      },
    ]);
    const after = await found(text, lastMoment + 1);
    expect(after.map(({ ruleId, suppressed }) => [ruleId, suppressed])).toEqual([
      ['suppression-expired', undefined],
      ['public-key-policy', undefined],
    ]);
  });

  test('may be said in the metadata of a resource', async () => {
    const text = `${stack()}\n    Metadata: { keyproof: { disable: [{ rules: [public-key-policy], reason: a demo }] } }`;
    expect(await found(text)).toMatchObject([
      { ruleId: 'public-key-policy', suppressed: { by: 'directive', reason: 'a demo' } },
    ]);
  });

  test.each(['keyproof-disabel', 'keyproof.disable'])('is nothing by `%s`', async (word) => {
    const findings = await found(stack(`  # ${word} public-key-policy -- a demo`));
    expect(findings.map(({ ruleId, suppressed }) => [ruleId, suppressed])).toEqual([
      ['unknown-directive', undefined],
      ['public-key-policy', undefined],
    ]);
  });
});
