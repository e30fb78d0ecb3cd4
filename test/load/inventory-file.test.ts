import { readFileSync, readdirSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { load } from '../../src/load/index.js';
import { parseYaml } from '../../src/source/index.js';
import { plain } from '../source/plain.js';
import { filesUnder } from './disk.js';
import { loadOf, messagesOf } from './memory.js';

const fixtures = 'fixtures/load/inventory-file';
const files = filesUnder(fixtures);
const settingsOf = () => ({ parameters: {}, kinds: {} });
const loadFixture = (path: string) => load({ paths: [path], files, settingsOf });

describe('an inventory file', () => {
  const loaded = loadFixture('whole/estate.keyproof.yaml');
  const { inventory } = loaded;

  test('loads with everything that it can say', () => {
    expect(messagesOf(loaded)).toEqual([]);
  });

  test('keeps an account id as it is spelled, with its zero or without quotes', () => {
    expect(inventory.accounts.map(({ id }) => id)).toEqual(['011122223333', '444455556666']);
  });

  test('gives each level of SCPs its policies, by path, name or both', () => {
    const [account] = inventory.accounts;
    expect(account?.scps?.map((level) => level.map(({ kind, name }) => [kind, name]))).toEqual([
      [['scp', undefined]],
      [
        ['scp', undefined],
        ['scp', 'deny'],
      ],
    ]);
  });

  test('reads a file once, so that all who have its policy share one', () => {
    const [one, other] = inventory.accounts[0]?.scps?.flat() ?? [];
    expect(one).toBe(other);
    expect(one?.span.source.path).toBe('whole/policies/full-access.json');
  });

  test('owns the policy files that it points to, so that a walk loads them once', () => {
    const walked = load({ paths: ['whole'], files, settingsOf });
    expect(walked.loaded).toContain('whole/policies/decrypt.json');
    expect(walked.inventory.documents).toHaveLength(inventory.documents.length);
    expect(walked.inventory.keys).toHaveLength(2);
  });

  test('tells a user from a role, and takes the name off the path', () => {
    expect(inventory.principals).toMatchObject([
      {
        kind: 'role',
        name: 'app',
        account: '011122223333',
        uniqueId: 'AROAEXAMPLEID',
        serviceLinked: false,
        fixedName: true,
      },
      { kind: 'user', name: 'ann', policies: [], boundary: 'none', fixedName: false },
      { kind: 'role', name: 'AWSServiceRoleForAutoScaling', serviceLinked: true },
    ]);
    const [, , linked] = inventory.principals;
    expect(linked).not.toHaveProperty('policies');
    expect(linked).not.toHaveProperty('boundary');
  });

  test('writes the default key policy out', () => {
    const [key] = inventory.keys;
    expect(key).toMatchObject({
      policyIsDefault: true,
      policy: {
        statements: [
          {
            effect: 'Allow',
            principal: { entries: [{ form: { kind: 'account', account: '011122223333' } }] },
            action: { patterns: [{ text: 'kms:*' }] },
          },
        ],
      },
    });
  });

  test('reads keys with their grants', () => {
    expect(inventory.keys[0]).toMatchObject({
      account: '011122223333',
      region: 'us-east-1',
      aliases: ['alias/orders'],
      multiRegion: 'no',
      rotation: true,
      tags: new Map([['team', 'orders']]),
      grants: [
        {
          id: 'g1',
          operations: ['Decrypt', 'DescribeKey'],
          constraints: {
            encryptionContextSubset: new Map([['tenant', 'a']]),
            sourceArn: 'arn:aws:s3:::orders',
          },
        },
      ],
    });
    expect(inventory.keys[1]).toMatchObject({ multiRegion: 'replica', primaryRegion: 'us-east-1' });
  });

  test('reads what uses keys, its kind taken off its ARN', () => {
    expect(inventory.dependants).toMatchObject([
      {
        service: 's3',
        type: 'bucket',
        account: '011122223333',
        encryption: 'aws:kms',
        bucketKey: true,
      },
      { service: 'sqs', type: 'queue', account: '011122223333', region: 'us-east-1' },
      { service: 'sns', type: 'topic' },
    ]);
  });

  test('keeps what is complete, of the file and of one account', () => {
    expect(inventory.complete).toEqual(new Set(['keys', 'grants', 'scps']));
    expect(inventory.accounts[0]?.complete).toEqual(new Set(['principals']));
  });

  test('has its comments read for directives', () => {
    expect(inventory.directives).toMatchObject([
      {
        rules: ['single-point-of-admin'],
        until: '2027-03-31',
        scope: 'next-line',
        covers: inventory.keys[0]?.span,
      },
    ]);
  });

  test('is read in JSON as in YAML', () => {
    const { value } = parseYaml({
      path: 'a',
      text: readFileSync(`${fixtures}/whole/estate.keyproof.yaml`, 'utf8'),
    });
    const text = JSON.stringify(plain(value.documents[0]));
    const contents = { 'whole/estate.keyproof.json': text };
    const both = {
      read: (path: string) =>
        path in contents ? new TextEncoder().encode(text) : files.read(path),
      list: (folder: string) => files.list(folder),
    };
    const json = load({ paths: ['whole/estate.keyproof.json'], files: both, settingsOf });
    expect(messagesOf(json)).toEqual([]);
    expect(json.inventory.keys).toHaveLength(2);
    expect(json.inventory.principals.map(({ policies }) => policies?.length)).toEqual([
      2,
      0,
      undefined,
    ]);
  });
});

describe('a mistake in an inventory file', () => {
  const told: Readonly<Record<string, readonly string[]>> = {
    'account-id': [
      '3:9 `11122223333` is not an account id of 12 digits (put it in quotes, so that no leading zero is lost)',
    ],
    'alias-name': ['4:15 `orders` is not an alias name (write `alias/orders`)'],
    complete: [
      '2:24 `scp` is no kind that can be complete (it takes `accounts`, `keys`, `aliases`, `principals`, `grants`, `scps`, `rcps`, `endpoints`, `boundaries`, `resources`)',
    ],
    'key-arn': [
      '3:10 `arn:aws:kms:us-east-1:111122223333:alias/orders` is not the ARN of a key (write it like `arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`)',
    ],
    'list-for-policy': [
      '4:13 a policy is one document, not a list (write the document, a path to it, or `{ name, policy }` around either)',
    ],
    'multi-region': [
      '4:18 `multiRegion` says neither yes nor no (write `no`, `primary` or `replica`)',
    ],
    'no-arn': ['3:5 a user or role has no `arn` (add `arn`, by which it is told from others)'],
    'no-value': [
      '4:14 `policies` has no value (write `[]` for none, or leave it out where it is not known)',
    ],
    'no-version': ['1:1 the inventory file does not say its version (write `version: 1`)'],
    'not-a-mapping': ['1:1 an inventory file must be a mapping (write version: …)'],
    operator: [
      '5:54 `is` is no operator of a field selector (it takes equals, notEquals, startsWith, notStartsWith, endsWith, notEndsWith)',
    ],
    'other-version': [
      '1:10 this version of the inventory format is not known (write `version: 1`)',
    ],
    'unknown-key': ['4:5 an account has no `organisation` (did you mean `organization`?)'],
    'wrapped-policy': ['5:11 a policy has no `nmae` (did you mean `name`?)'],
    'wrong-section': ['3:3 `keys` must be a list (write it as `[…]` or with dashes)'],
    yes: ['4:15 `rotation` must be `true` or `false` (write it unquoted)'],
  };

  test.each(readdirSync(`${fixtures}/mistakes`).map((name) => name.replace('.keyproof.yaml', '')))(
    '%s is told with its place and what to do',
    (name) => {
      const loaded = loadFixture(`mistakes/${name}.keyproof.yaml`);
      const errors = messagesOf(loaded).filter((message) => message.startsWith('error'));
      const start = `error mistakes/${name}.keyproof.yaml:`;
      expect(errors.map((message) => message.replace(start, ''))).toEqual(told[name]);
    },
  );

  test('does not hide its neighbours', () => {
    expect(loadFixture('mistakes/no-arn.keyproof.yaml').inventory.principals).toHaveLength(1);
  });

  test('never makes a policy that cannot be read one that says nothing', () => {
    const text = [
      'version: 1',
      'accounts:',
      '  - { id: "111122223333", scps: [[a.json]] }',
      'principals:',
      '  - { arn: "arn:aws:iam::111122223333:role/app", policies: [a.json], permissionsBoundary: b.json }',
      '  - { arn: "arn:aws:iam::111122223333:role/b", policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }',
    ].join('\n');
    const loaded = loadOf({
      'x/e.keyproof.yaml': text,
      'x/b.json': { unreadable: 'permission denied' },
    });
    expect(loaded.inventory.accounts[0]).not.toHaveProperty('scps');
    expect(loaded.inventory.principals[0]).not.toHaveProperty('policies');
    expect(loaded.inventory.principals[0]).not.toHaveProperty('boundary');
    expect(messagesOf(loaded).filter((message) => message.includes('e.keyproof'))).toEqual([
      'error x/e.keyproof.yaml:3:35 there is no policy file `x/a.json` (paths are relative to the inventory file)',
      'error x/e.keyproof.yaml:5:91 `x/b.json` cannot be read: permission denied (allow reading it)',
      'error x/e.keyproof.yaml:6:59 a policy cannot be given by its ARN (save its document and name that file)',
    ]);
  });

  test('is a warning where AWS may have added the value', () => {
    const text = [
      'version: 1',
      'keys:',
      '  - arn: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      '    spec: SYMETRIC_DEFAULT',
      '    grants: [{ grantee: a, operations: [Decyrpt] }]',
    ].join('\n');
    expect(messagesOf(loadOf({ 'e.keyproof.yaml': text }))).toEqual([
      'warning e.keyproof.yaml:4:11 `SYMETRIC_DEFAULT` is not a known value of `spec` (did you mean `SYMMETRIC_DEFAULT`?)',
      'warning e.keyproof.yaml:5:41 `Decyrpt` is not a known value of `operations` (did you mean `Decrypt`?)',
    ]);
  });
});

describe('the JSON Schema of inventory files', () => {
  const schema = JSON.parse(readFileSync('schema/inventory.schema.json', 'utf8')) as object;
  const validate = new Ajv({ strict: false }).compile(schema);
  const valueOf = (path: string): unknown => {
    const text = readFileSync(`${fixtures}/${path}`, 'utf8');
    return plain(parseYaml({ path, text }).value.documents[0]);
  };

  test('takes what the loader takes', () => {
    validate(valueOf('whole/estate.keyproof.yaml'));
    expect(validate.errors).toBeNull();
  });

  // YAML's `policies:` is null, and what a misspelt wrapper is depends on all its forms.
  test.each(readdirSync(`${fixtures}/mistakes`))('refuses %s, as the loader does', (name) => {
    expect(validate(valueOf(`mistakes/${name}`))).toBe(false);
  });
});
