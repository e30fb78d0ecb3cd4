import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { load, type Loaded } from '../../src/load/index.js';
import { showText } from '../../src/source/index.js';
import { filesUnder } from './disk.js';
import { loadOf } from './memory.js';
import { linesOf } from './templates.js';

function loadPlan(path: string, folder = 'fixtures/load/terraform-plan'): Loaded {
  return load({
    paths: [path],
    files: filesUnder(folder),
    settingsOf: () => ({ parameters: {}, kinds: {} }),
  });
}

describe('a plan of which much is known only after apply', () => {
  const { inventory, diagnostics } = loadPlan('orders.json');
  const [key] = inventory.keys;
  const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/${module.key.aws_kms_key.this.key_id}';

  it('has nothing to complain of', () => {
    expect(diagnostics).toEqual([]);
  });

  it('gives things the names that Terraform will give them, in the Region of a variable', () => {
    expect(inventory.principals.map(({ arn }) => arn)).toEqual([
      'arn:aws:iam::111122223333:role/service/reader',
      'arn:aws:iam::111122223333:role/orders-app',
    ]);
    expect(showText(key?.arn ?? '')).toBe(KEY);
  });

  it('follows a policy through the module that it is passed to', () => {
    expect(linesOf(key?.policy)).toEqual([
      'Allow arn:aws:iam::111122223333:root kms:* on *',
      'Allow arn:aws:iam::111122223333:role/orders-app kms:Decrypt,kms:GenerateDataKey on *',
    ]);
  });

  it('leaves a policy unknown that is computed of what is unknown', () => {
    const app = inventory.principals.find(({ name }) => name === 'orders-app');
    expect(linesOf(app?.policies?.[0])).toEqual(['unknown: ${aws_iam_role_policy.app.policy}']);
  });

  it('puts the encryption of a bucket, which is a resource of its own, at the bucket', () => {
    const [bucket] = inventory.dependants;
    expect(bucket).toMatchObject({
      type: 'bucket',
      arn: 'arn:aws:s3:::orders-data',
      encryption: 'aws:kms',
      bucketKey: true,
      key: key?.arn,
    });
    expect(inventory.aliases[0]).toMatchObject({ name: 'alias/orders' });
  });

  it('knows what is replaced, and what was there before', () => {
    const reader = inventory.principals.find(({ name }) => name === 'reader');
    expect(reader?.replaced).toBe(true);
    expect(inventory.principals.filter(({ replaced }) => replaced)).toHaveLength(1);
    expect(inventory.before?.keys.map(({ address }) => address)).toEqual(['aws_kms_key.archive']);
    expect(inventory.before?.principals.map(({ arn, uniqueId }) => [arn, uniqueId])).toEqual([
      ['arn:aws:iam::111122223333:role/reader', 'AROAEXAMPLEREADER0001'],
    ]);
  });
});

const named = (references: readonly string[]) => ({ references });

/** A plan with one key policy and the expression that it is written as. */
function planOf(policy: unknown, expression: unknown): string {
  return JSON.stringify({
    format_version: '1.2',
    resource_changes: [
      {
        address: 'aws_kms_key.a',
        mode: 'managed',
        type: 'aws_kms_key',
        change: {
          actions: ['create'],
          after: { policy },
          after_unknown: { policy: policy === null, arn: true },
        },
      },
    ],
    configuration: {
      root_module: {
        resources: [{ address: 'aws_kms_key.a', expressions: { policy: expression } }],
      },
    },
  });
}

describe('what a plan says of a policy', () => {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };

  it('is the text of the plan where that is known', () => {
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    const { inventory } = loadOf({ 'plan.json': planOf(policy, named(['var.policy'])) });
    expect(linesOf(inventory.keys[0]?.policy)).toEqual(['Allow * kms:Decrypt on *']);
  });

  it('is never the name of a thing that it mentions', () => {
    const { inventory, diagnostics } = loadOf({
      'plan.json': planOf(null, named(['aws_kms_key.a.arn', 'aws_kms_key.a'])),
    });
    expect(diagnostics).toEqual([]);
    expect(linesOf(inventory.keys[0]?.policy)).toEqual(['unknown: ${aws_kms_key.a.policy}']);
  });

  it('is the default policy where the configuration writes none', () => {
    const { inventory } = loadOf({ 'plan.json': planOf(null, undefined) });
    expect(inventory.keys[0]?.policyIsDefault).toBe(true);
  });
});

describe('a key whose policy stands in another resource', () => {
  const KEY = { key_id: 'k', id: 'k', arn: 'arn:aws:kms:eu-west-1:111122223333:key/k' };
  const allowing = (action: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: '*', Action: action, Resource: '*' },
    });
  const kept = (type: string, after: unknown) => ({
    address: `${type}.a`,
    mode: 'managed',
    type,
    change: { actions: ['no-op'], before: after, after, after_unknown: {} },
  });
  const policiesOf = (written: object): readonly (readonly string[])[] =>
    loadOf({
      'plan.json': JSON.stringify({
        format_version: '1.2',
        resource_changes: [
          kept('aws_kms_key', { ...KEY, policy: allowing('kms:Encrypt') }),
          kept('aws_kms_key_policy', { key_id: 'k', policy: allowing('kms:Decrypt') }),
        ],
        configuration: {
          root_module: { resources: [{ address: 'aws_kms_key.a', expressions: written }] },
        },
      }),
    }).inventory.keys.map(({ policy }) => linesOf(policy));

  it('has that policy, whatever AWS told of the key when the plan was made', () => {
    expect(policiesOf({})).toEqual([['Allow * kms:Decrypt on *']]);
    expect(policiesOf({ policy: { constant_value: null } })).toEqual([
      ['Allow * kms:Decrypt on *'],
    ]);
  });

  it('is there in two variants where the configuration writes a policy in both', () => {
    expect(policiesOf({ policy: named(['local.policy']) })).toEqual([
      ['Allow * kms:Decrypt on *'],
      ['Allow * kms:Encrypt on *'],
    ]);
  });
});

describe('what a plan takes away', () => {
  const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const changed = (actions: readonly string[], after: unknown) =>
    loadOf({
      'plan.json': JSON.stringify({
        format_version: '1.2',
        resource_changes: [
          {
            address: 'aws_kms_key.a',
            mode: 'managed',
            type: 'aws_kms_key',
            change: { actions, before: { arn: KEY_ARN }, after, after_unknown: { arn: true } },
          },
        ],
      }),
    }).inventory;

  it('is there before, and not after', () => {
    const { keys, before } = changed(['delete'], null);
    expect(keys).toEqual([]);
    expect(before?.keys.map(({ arn, region }) => [arn, region])).toEqual([[KEY_ARN, 'eu-west-1']]);
  });

  it('stays where Terraform only forgets it', () => {
    expect(changed(['forget'], null).keys.map(({ arn }) => arn)).toEqual([KEY_ARN]);
  });

  it('is followed by one in the same account where it is replaced', () => {
    const [key] = changed(['delete', 'create'], {}).keys;
    expect(key).toMatchObject({ account: '111122223333', replaced: true });
  });
});

describe('a managed policy of a plan', () => {
  it('is known by its ARN wherever it is attached, so that a new version of it is seen to matter', () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' },
    });
    const planned = (address: string, after: unknown) => ({
      address,
      mode: 'managed',
      type: address.split('.')[0],
      change: { actions: ['no-op'], before: after, after, after_unknown: {} },
    });
    const arn = 'arn:aws:iam::111122223333:policy/use';
    const { inventory } = loadOf(
      {
        'plan.json': JSON.stringify({
          format_version: '1.2',
          resource_changes: [
            planned('aws_iam_policy.use', { name: 'use', path: '/', arn, policy }),
            planned('aws_iam_role.app', { name: 'app', path: '/' }),
            planned('aws_iam_role_policy_attachment.app', { role: 'app', policy_arn: arn }),
          ],
        }),
      },
      { settings: { account: '111122223333' } },
    );
    const [app] = inventory.principals;
    expect(app?.policies?.map((one) => [one.name, showText(one.arn ?? '')])).toEqual([
      ['use', arn],
    ]);
  });
});

describe('what is no plan that can be read', () => {
  it('tells where the JSON breaks', () => {
    const { diagnostics } = loadOf({ 'plan.json': '{"format_version":"1.2","planned_values":{' });
    expect(diagnostics.map(({ code }) => code)).toContain('json-syntax');
  });

  it('warns of a format that is newer', () => {
    const { diagnostics } = loadOf({ 'plan.json': '{"format_version":"2.0","planned_values":{}}' });
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['terraform-format', 'warning'],
    ]);
  });
});

const corpus = '../shared/corpus';
const isPresent = existsSync(`${corpus}/manifest.json`);
const plans = isPresent
  ? (
      JSON.parse(readFileSync(`${corpus}/manifest.json`, 'utf8')) as readonly {
        readonly file: string;
        readonly format: string;
      }[]
    ).filter(({ format }) => format === 'tf-plan-json')
  : [];

describe.skipIf(!isPresent)('every plan of the corpus', () => {
  test.each(plans)('$file loads', ({ file }) => {
    const { diagnostics, loaded } = loadPlan(file, corpus);
    expect(diagnostics).toEqual([]);
    expect(loaded).toEqual([file]);
  });
});
