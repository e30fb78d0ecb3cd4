import { describe, expect, test } from 'vitest';
import type { Inventory, Principal } from '../../src/inventory/index.js';
import { merge } from '../../src/inventory/index.js';
import { awsCli } from '../../src/load/aws-cli/index.js';
import type { LoadSettings } from '../../src/load/index.js';
import type { PolicyDocument } from '../../src/policy/index.js';
import { decodeText, hasHole, showText } from '../../src/source/index.js';
import type { Diagnostic, Files } from '../../src/source/index.js';
import { filesUnder } from './disk.js';

const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
const arn = `arn:aws:kms:eu-west-1:111122223333:key/${id}`;
const noSettings: LoadSettings = { parameters: {}, kinds: {} };

interface Result {
  readonly inventory: Inventory;
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads all files under a fixture, or those given only while the others lie beside them. */
function loadFixture(
  name: string,
  only: readonly string[] = [],
  settings: LoadSettings = noSettings,
): Result {
  const files = filesUnder(`fixtures/load/aws-cli/${name}`);
  return loadFiles(files, only.length > 0 ? only : pathsIn(files, ''), settings);
}

/** Loads the files of a map from path to content. */
function loadTexts(texts: Readonly<Record<string, unknown>>, settings = noSettings): Result {
  const encode = (value: unknown): Uint8Array =>
    new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
  const paths = Object.keys(texts);
  const files: Files = {
    read: (path) => (path in texts ? encode(texts[path]) : undefined),
    list: (folder) =>
      paths.flatMap((path) => {
        const inside = folder === '' ? path : path.slice(folder.length + 1);
        return path.startsWith(folder) && !inside.includes('/') ? [inside] : [];
      }),
  };
  return loadFiles(files, paths, settings);
}

function loadFiles(files: Files, paths: readonly string[], settings: LoadSettings): Result {
  const entries = paths.map((path) => {
    const bytes = files.read(path);
    const source = bytes instanceof Uint8Array ? decodeText(path, bytes).value : undefined;
    if (source === undefined) throw new Error(`no file ${path}`);
    expect(awsCli.recognizes(path, source.text), `${path} is recognized`).toBe(true);
    return { source, settings };
  });
  const loaded = awsCli.loadAll?.(entries, files);
  if (loaded === undefined) throw new Error('the loader takes all files at once');
  const merged = merge([loaded.value]);
  return {
    inventory: merged.value,
    diagnostics: [...loaded.diagnostics, ...merged.diagnostics],
  };
}

function pathsIn(files: Files, folder: string): readonly string[] {
  const names = files.list(folder);
  if ('unreadable' in names) return [];
  return [...names].sort().flatMap((name) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    return path.endsWith('/') ? pathsIn(files, path.slice(0, -1)) : [path];
  });
}

function actionsOf(document: PolicyDocument): readonly string[] {
  return document.statements.flatMap((statement) =>
    statement.kind === 'statement'
      ? (statement.action?.patterns ?? []).map(({ text }) => text)
      : [],
  );
}

function principalNamed({ inventory }: Result, name: string): Principal | undefined {
  return inventory.principals.find((principal) => principal.name === name);
}

describe('the outputs of one key, saved in a folder with its id', () => {
  const result = loadFixture('keys');
  const key = result.inventory.keys.find((candidate) => candidate.arn === arn);

  test('are put together under its ARN', () => {
    expect(key).toMatchObject({
      account: '111122223333',
      region: 'eu-west-1',
      manager: 'CUSTOMER',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      state: 'PendingDeletion',
      origin: 'AWS_KMS',
      multiRegion: 'no',
      rotation: true,
      deletionDate: '2020-08-24T21:33:12.000Z',
      aliases: ['alias/orders'],
    });
    expect(key?.tags).toEqual(new Map([['team', 'orders']]));
    expect(key?.policy).toMatchObject({ kind: 'key-policy', id: 'orders' });
    expect(key?.grants).toMatchObject([
      {
        grantee: 'arn:aws:iam::111122223333:role/orders',
        operations: ['Decrypt', 'GenerateDataKey'],
        retiringPrincipal: 'arn:aws:iam::111122223333:role/admin',
        issuingAccount: '111122223333',
        constraints: { encryptionContextSubset: new Map([['tenant', 'a']]) },
      },
    ]);
    expect(key?.grants?.[0]).not.toHaveProperty('name');
  });

  test('name a key by its alias too, once a list of aliases tells which key has it', () => {
    const reports = result.inventory.keys.find(({ aliases }) => aliases?.includes('alias/reports'));
    expect(reports?.arn).toBe(
      'arn:aws:kms:eu-west-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321',
    );
    expect(reports?.policy).toBeDefined();
    expect(reports?.grants).toEqual([]);
  });

  test('of an alias that no list has belong to a key of unknown id in the same account', () => {
    const alias = result.inventory.aliases.find(({ name }) => name === 'alias/payments');
    const payments = result.inventory.keys.find((candidate) => candidate.arn === alias?.target);
    expect(showText(payments?.arn ?? '')).toBe(
      'arn:aws:kms:eu-west-1:111122223333:key/${alias/payments}',
    );
    expect(payments?.policy).toBeDefined();
  });

  test('leave out aliases that stand for no key yet', () => {
    expect(result.inventory.aliases.map(({ name }) => name).sort()).toEqual([
      'alias/aws/ebs',
      'alias/orders',
      'alias/payments',
      'alias/reports',
    ]);
    const managed = result.inventory.keys.filter(({ manager }) => manager === 'AWS');
    expect(managed.map(({ aliases }) => aliases)).toEqual([['alias/aws/ebs']]);
  });

  test('raise no diagnostics', () => {
    expect(result.diagnostics).toEqual([]);
  });
});

describe('a key policy alone', () => {
  const file = `get-key-policy-${id}.json`;

  test('takes the key id from its file name and the account from its only root statement', () => {
    const [key] = loadFixture('alone', [file]).inventory.keys;
    expect(key?.account).toBe('111122223333');
    expect(hasHole(key?.region ?? '')).toBe(true);
    expect(showText(key?.arn ?? '')).toBe(
      `arn:\${AWS::Partition}:kms:\${AWS::Region}:111122223333:key/${id}`,
    );
  });

  test('says that this account is assumed, unless another file states it', () => {
    const [assumed] = loadFixture('alone', [file]).inventory.keys;
    expect(assumed?.accountAssumed).toBe(true);
    const [stated] = loadFixture('keys', [`${id}/get-key-policy.json`]).inventory.keys;
    expect(stated).not.toHaveProperty('accountAssumed');
  });

  test('takes account and Region from the configuration', () => {
    const settings = { ...noSettings, account: '444455556666', region: 'cn-north-1' };
    const [key] = loadFixture('alone', [file], settings).inventory.keys;
    expect(key?.arn).toBe(`arn:aws-cn:kms:cn-north-1:444455556666:key/${id}`);
  });

  test('takes account and Region from a file beside it that is not itself loaded', () => {
    const [key] = loadFixture('keys', [`${id}/get-key-policy.json`]).inventory.keys;
    expect(key?.arn).toBe(arn);
  });

  test('without a name for its key stands for a key of unknown ARN, with a warning', () => {
    const { inventory, diagnostics } = loadFixture('alone', ['get-key-policy.json']);
    expect(inventory.keys).toHaveLength(1);
    expect(inventory.keys[0]?.policy).toBeDefined();
    expect(diagnostics).toMatchObject([
      {
        severity: 'warning',
        code: 'aws-cli-subject-unknown',
        hint: expect.stringContaining(id) as unknown,
      },
    ]);
  });

  test('is never placed in the account of another dump', () => {
    const { inventory } = loadTexts({
      'prod/orders/get-key-policy.json': { Policy: '{"Statement":[]}' },
      'test/list-keys.json': { Keys: [{ KeyId: id, KeyArn: arn }] },
    });
    const [prod] = inventory.keys;
    expect(hasHole(prod?.account ?? '')).toBe(true);
  });

  test('is not that of an alias of the same name in another dump', () => {
    const { inventory } = loadTexts({
      'prod/orders/get-key-policy.json': { Policy: '{"Statement":[]}' },
      'test/list-aliases.json': {
        Aliases: [
          {
            AliasName: 'alias/orders',
            AliasArn: 'arn:aws:kms:eu-west-1:111122223333:alias/orders',
            TargetKeyId: id,
          },
        ],
      },
    });
    expect(inventory.keys.find((key) => key.arn === arn)).not.toHaveProperty('policy');
  });

  test('of a multi-Region key is that of its own Region', () => {
    const mrk = 'mrk-1234abcd12ab34cd56ef1234567890ab';
    const { inventory } = loadTexts({
      'us-east-1/list-keys.json': {
        Keys: [{ KeyId: mrk, KeyArn: `arn:aws:kms:us-east-1:111122223333:key/${mrk}` }],
      },
      [`eu-west-1/${mrk}/get-key-policy.json`]: { Policy: '{"Statement":[]}' },
    });
    const owners = inventory.keys.filter((key) => key.policy !== undefined);
    expect(owners.map(({ region }) => region)).toEqual(['eu-west-1']);
  });

  test('is placed by folders named for account and Region', () => {
    const { inventory } = loadTexts({
      [`444455556666/us-east-1/${id}/get-key-policy.json`]: { Policy: '{"Statement":[]}' },
      'list-keys.json': { Keys: [] },
    });
    expect(inventory.keys[0]?.arn).toBe(`arn:aws:kms:us-east-1:444455556666:key/${id}`);
  });
});

describe('YAML output', () => {
  test('loads as its JSON twin does, account ids with a leading zero included', () => {
    const { inventory, diagnostics } = loadFixture('yaml');
    expect(diagnostics).toEqual([]);
    expect(inventory.keys).toHaveLength(1);
    expect(inventory.keys[0]).toMatchObject({
      account: '011122223333',
      policy: { kind: 'key-policy' },
    });
  });
});

describe('an account dump', () => {
  const result = loadFixture('account');
  const orders = principalNamed(result, 'orders');

  test('gives each role its inline and attached policies, in their default version', () => {
    expect(orders).toMatchObject({ kind: 'role', uniqueId: 'AROAORDERSEXAMPLE', tags: new Map() });
    expect(orders?.policies?.map(({ name }) => name)).toEqual([
      'inline',
      'use-keys',
      'ReadOnlyAccess',
    ]);
    expect(orders?.policies?.flatMap(actionsOf)).toEqual(['kms:Encrypt', 'kms:GenerateDataKey']);
  });

  test('keeps an attached policy whose document is not in it as one of unknown content', () => {
    expect(orders?.policies?.[2]?.unresolved).toBeDefined();
    const reports = principalNamed(result, 'reports');
    expect(reports?.policies).toEqual([]);
    expect(reports?.boundary).toMatchObject({ kind: 'boundary', name: 'not-saved' });
    expect(reports?.boundary).toHaveProperty('unresolved');
  });

  test('reads percent-encoded documents as it reads objects', () => {
    expect(orders?.trust?.statements).toHaveLength(1);
    expect(principalNamed(result, 'reports')?.trust?.statements).toHaveLength(1);
    expect(result.inventory.groups[0]?.policies?.flatMap(actionsOf)).toEqual(['kms:Decrypt']);
  });

  test('finds the boundary among its managed policies, and knows who has none', () => {
    expect(orders?.boundary).toMatchObject({ kind: 'boundary', name: 'edge' });
    expect(principalNamed(result, 'ana')?.boundary).toBe('none');
  });

  test('finds the groups of users by name, paths included', () => {
    const ana = principalNamed(result, 'ana');
    expect(ana?.groups).toEqual(['arn:aws:iam::111122223333:group/teams/developers']);
    expect(ana?.groups).toEqual(result.inventory.groups.map((group) => group.arn));
  });

  test('tells service-linked roles by their path', () => {
    expect(principalNamed(result, 'AWSServiceRoleForSupport')?.serviceLinked).toBe(true);
    expect(orders?.serviceLinked).toBe(false);
  });

  test('keeps a managed policy that nobody has as a document of its own', () => {
    expect(result.inventory.documents.map(({ address }) => address)).toEqual([
      'arn:aws:iam::111122223333:policy/spare',
    ]);
  });

  test('closes the principals of its account, not those of others', () => {
    expect(result.inventory.complete.size).toBe(0);
    expect(result.inventory.accounts).toMatchObject([
      { id: '111122223333', complete: new Set(['principals']) },
    ]);
  });

  const role = { RoleName: 'a', RoleId: 'AROA1', Arn: 'arn:aws:iam::111122223333:role/a' };
  const whole = {
    UserDetailList: [{ UserName: 'u', Arn: 'arn:aws:iam::111122223333:user/u' }],
    GroupDetailList: [],
    RoleDetailList: [role],
    Policies: [],
  };

  test.each([
    ['is truncated', { ...whole, IsTruncated: true, Marker: 'x' }],
    ['lacks a section', { UserDetailList: whole.UserDetailList, RoleDetailList: [role] }],
    ['was filtered for roles', { ...whole, UserDetailList: [] }],
    ['was filtered for users', { ...whole, RoleDetailList: [] }],
  ])('closes nothing where it %s', (_reason, dump) => {
    const { inventory } = loadTexts({ 'dump.json': dump });
    expect(inventory.accounts.flatMap(({ complete }) => [...(complete ?? [])])).toEqual([]);
  });

  test('without a list of attachments leaves open what else a principal has', () => {
    const { inventory } = loadTexts({ 'dump.json': whole });
    const policies = inventory.principals.find(({ name }) => name === 'a')?.policies;
    expect(policies?.map(({ unresolved }) => unresolved !== undefined)).toEqual([true]);
  });
});

describe('outputs about one role', () => {
  test('make its policies whole where all lists and documents are there', () => {
    const { inventory, diagnostics } = loadFixture('roles');
    expect(diagnostics).toEqual([]);
    expect(inventory.principals).toHaveLength(1);
    expect(inventory.principals[0]).toMatchObject({ name: 'app', boundary: 'none' });
    const policies = inventory.principals[0]?.policies;
    expect(policies?.flatMap(actionsOf)).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
    expect(policies?.filter(({ unresolved }) => unresolved !== undefined)).toEqual([]);
  });

  test('leave the rest of its policies open where a list is missing', () => {
    const { inventory } = loadFixture('roles', ['roles/app/get-role-policy-read.json']);
    const policies = inventory.principals[0]?.policies;
    expect(policies?.map(({ unresolved }) => unresolved !== undefined)).toEqual([false, true]);
  });

  test('say nothing of its policies where there is only the role', () => {
    const { inventory } = loadFixture('roles', ['roles/app/get-role.json']);
    expect(inventory.principals[0]).not.toHaveProperty('policies');
    expect(inventory.principals[0]?.trust?.statements).toHaveLength(1);
  });

  test('give its tags by the folder that it has', () => {
    const output = { Tags: [{ Key: 'team', Value: 'orders' }], IsTruncated: false };
    const { inventory } = loadTexts({ 'roles/app/list-role-tags.json': output });
    expect(inventory.principals[0]).toMatchObject({
      name: 'app',
      tags: new Map([['team', 'orders']]),
    });
  });

  test('of nobody in particular are not used, with a warning', () => {
    const { inventory, diagnostics } = loadTexts({ 'x.json': { AttachedPolicies: [] } });
    expect(inventory.principals).toEqual([]);
    expect(diagnostics).toMatchObject([{ severity: 'warning' }]);
  });
});

describe('outputs of an organization', () => {
  const { inventory, diagnostics } = loadFixture('organization');
  const account = (accountId: string) => inventory.accounts.find((each) => each.id === accountId);

  test('give an account its way down and the policies of each level, root first', () => {
    expect(diagnostics).toEqual([]);
    expect(account('111122223333')).toMatchObject({
      organization: 'o-exampleorgid',
      managementAccount: false,
      organizationPath: ['r-abcd', 'ou-abcd-11111111'],
    });
    const levels = account('111122223333')?.scps?.map((level) => level.flatMap(actionsOf));
    expect(levels?.slice(0, 2)).toEqual([['*'], ['*', 'kms:ScheduleKeyDeletion']]);
  });

  test('leave a level open whose policies were not saved', () => {
    const level = account('111122223333')?.scps?.[2];
    expect(level).toHaveLength(1);
    expect(level?.[0]?.unresolved).toBeDefined();
  });

  test('know the management account, and take nothing for supplied that was not saved', () => {
    expect(account('999999999999')?.managementAccount).toBe(true);
    expect(account('111122223333')).not.toHaveProperty('rcps');
  });

  test('give targets of a policy only where those of every policy are known', () => {
    const policy = (name: string, type: string) => ({
      Policy: {
        PolicySummary: { Id: name, Name: name, Type: type },
        Content: '{"Version":"2012-10-17","Statement":[]}',
      },
    });
    const rcp = 'RESOURCE_CONTROL_POLICY';
    const targets = (...ids: readonly string[]) => ({
      Targets: ids.map((target) => ({ TargetId: target })),
    });
    const texts = {
      'list-parents-111122223333.json': { Parents: [{ Id: 'r-abcd', Type: 'ROOT' }] },
      'describe-policy-p-aaaaaaaa.json': policy('p-aaaaaaaa', rcp),
      'describe-policy-p-bbbbbbbb.json': policy('p-bbbbbbbb', rcp),
      'list-targets-for-policy-p-aaaaaaaa.json': targets('r-abcd'),
    };
    expect(loadTexts(texts).inventory.accounts[0]).not.toHaveProperty('rcps');
    const both = loadTexts({
      ...texts,
      'list-targets-for-policy-p-bbbbbbbb.json': targets('r-abcd', '111122223333'),
    });
    const names = both.inventory.accounts[0]?.rcps?.map((level) => level.map(({ name }) => name));
    expect(names).toEqual([['p-aaaaaaaa', 'p-bbbbbbbb'], ['p-bbbbbbbb']]);
  });
});

describe('outputs about what uses keys', () => {
  const { inventory, diagnostics } = loadFixture('resources');
  const find = (type: string) => inventory.dependants.filter((each) => each.type === type);

  test('make one bucket of its encryption and its policy, named by their folder', () => {
    expect(find('bucket')).toMatchObject([
      {
        arn: 'arn:aws:s3:::orders-uploads',
        account: '111122223333',
        key: arn,
        encryption: 'aws:kms',
        bucketKey: true,
        policy: { kind: 'resource' },
      },
    ]);
  });

  test.each([
    ['get-bucket-policy-data.json', 'data'],
    ['data/uploads/get-bucket-policy.json', 'uploads'],
    ['buckets/uploads.json', 'uploads'],
    ['uploads/s3/get-bucket-policy.json', 'uploads'],
  ])('find the bucket that %s is about', (path, name) => {
    const policy = { Policy: '{"Statement":[{"Effect":"Deny","Action":"s3:*"}]}' };
    const { inventory: loaded } = loadTexts({ [path]: policy });
    expect(loaded.dependants.map((each) => each.arn)).toEqual([
      expect.stringMatching(new RegExp(`:s3:::${name}$`)),
    ]);
  });

  test('know topics, queues and secrets with their keys and policies', () => {
    expect(find('topic')).toMatchObject([{ key: 'alias/orders', policy: { kind: 'resource' } }]);
    expect(find('queue')).toMatchObject([{ key: 'alias/orders' }]);
    expect(find('secret')).toMatchObject([{ key: arn, policy: { kind: 'resource' } }]);
    expect(diagnostics).toEqual([]);
  });

  test('know what trails record', () => {
    expect(inventory.trails).toMatchObject([
      { name: 'all', selectors: [{ excludeManagementEventSources: ['kms.amazonaws.com'] }] },
      { name: 'plain', selectors: [{ includeManagementEvents: true, readWriteType: 'All' }] },
    ]);
  });

  test('know VPC endpoints by their short service name', () => {
    expect(inventory.endpoints).toMatchObject([
      { id: 'vpce-0123456789abcdef0', service: 'kms', vpc: 'vpc-1', policy: { kind: 'endpoint' } },
    ]);
  });
});

describe('grants that may not be all there are', () => {
  const grant = (key: string) => ({
    KeyId: key,
    GrantId: 'g',
    GranteePrincipal: 'arn:aws:iam::111122223333:user/u',
    Operations: ['Decrypt'],
  });

  test.each([
    ['of several keys', { Grants: [grant(arn), grant(arn.replace('1234abcd', '0987dcba'))] }],
    ['of a truncated list', { Grants: [grant(arn)], Truncated: true, NextMarker: 'x' }],
  ])('%s count as not supplied', (_reason, output) => {
    const { inventory, diagnostics } = loadTexts({ 'grants.json': output });
    expect(inventory.keys.filter(({ grants }) => grants !== undefined)).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'aws-cli-partial', severity: 'info' }]);
  });
});

describe('what is recognized', () => {
  test.each([
    ['a policy document', { Version: '2012-10-17', Statement: [] }],
    ['a template', { Resources: { Key: { Type: 'AWS::KMS::Key' } } }],
    ['tags of another service', { Tags: [{ Key: 'a', Value: 'b' }] }],
    ['a list with a common name', { Keys: ['a', 'b'] }],
    ['a bucket ACL does not pass for grants', { Owner: {}, Roles: {} }],
    ['a bare list', ['a']],
    ['something else with a policy', { Policy: 'none' }],
  ])('is not %s', (_what, value) => {
    expect(awsCli.recognizes('file.json', JSON.stringify(value))).toBe(false);
  });

  test('is known output that says nothing of keys, and is told so', () => {
    const { inventory, diagnostics } = loadTexts({
      'verify.json': { KeyId: arn, SignatureValid: true, SigningAlgorithm: 'RSASSA_PSS_SHA_256' },
    });
    expect(inventory.keys).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'aws-cli-nothing', severity: 'info' }]);
  });

  test('is told of once a command, however many files hold its output', () => {
    const names = { PolicyNames: ['default'] };
    const { diagnostics } = loadTexts({
      'a/list-key-policies.json': names,
      'b/list-key-policies.json': names,
    });
    expect(diagnostics).toMatchObject([{ code: 'aws-cli-nothing', severity: 'info' }]);
  });

  test('is broken output too, so that its error does not go unseen', () => {
    const { inventory, diagnostics } = loadTexts({
      'list-keys.json': `{ "Keys": [ { "KeyArn": "${arn}" }, ... ] }`,
    });
    // What is left of a broken list could pass for the whole.
    expect(inventory.keys).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        severity: 'error',
        code: 'json-syntax',
        hint: expect.stringContaining('kms list-keys') as unknown,
      },
    ]);
  });
});
