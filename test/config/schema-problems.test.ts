import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { policyKinds } from '../../src/load/index.js';
import { loadFrom } from './ports.js';

async function problemsOf(...lines: readonly string[]): Promise<readonly string[]> {
  return (await loadFrom({ files: { 'keyproof.config.yaml': lines.join('\n') } })).problems;
}

describe('what is wrong with a configuration is said at its place', () => {
  test.each([
    ['exlude: [a]', '1:1 unknown key `exlude` (did you mean `exclude`?)'],
    [
      'overrides: [{ files: [a], acount: "1" }]',
      '1:27 unknown key `acount` in `overrides[0]` (did you mean `account`?)',
    ],
    [
      'gate: { threshold: [error] }',
      '1:9 unknown key `threshold` in `gate` (known here: `failOn`)',
    ],
    [
      'rules: { region-mismach: off }',
      '1:10 there is no rule `region-mismach` (did you mean `region-mismatch`?)',
    ],
    [
      'rules: { quantum-safety: off }',
      '1:10 there is no rule `quantum-safety` (`keyproof rules` lists them)',
    ],
    [
      'rules: { region-mismatch: warn }',
      '1:27 `rules.region-mismatch`: `warn` is not one of `off`, `info`, `warning`, `error`',
    ],
    [
      'rules: { decrypt-all-keys: [error, { ignoreVia: true }] }',
      '1:38 unknown key `ignoreVia` in `rules.decrypt-all-keys[1]` (known here: `ignoreViaService`)',
    ],
    [
      'rules: { decrypt-all-keys: [error, { ignoreViaService: "yes" }] }',
      '1:56 `rules.decrypt-all-keys[1].ignoreViaService`: `yes` is not `true` or `false`',
    ],
    [
      'rules: { multipart-missing-decrypt: [error, { maxObjectBytes: -1 }] }',
      '1:63 `rules.multipart-missing-decrypt[1].maxObjectBytes` must be >= 0',
    ],
    ['account: 111122223333', '1:10 `account`: `111122223333` is not text (put it in quotes)'],
    ['account: "1111"', '1:10 `account`: `1111` is not an account id, which has twelve digits'],
    ['region: virginia', '1:9 `region`: `virginia` is not a Region such as `us-east-1`'],
    [
      'kinds: { "a/**": key-polic }',
      '1:18 `kinds.a/**`: `key-polic` is not one of `key-policy`, `identity`, `boundary`, `session`, `scp`, `rcp`, `endpoint`, `trust`, `resource`, `unknown` (did you mean `key-policy`?)',
    ],
    ['include: infra', '1:10 `include`: `infra` is not a list'],
    [
      'overrides: [{ account: "111122223333" }]',
      '1:13 `overrides[0]` has no `files` (add `files`)',
    ],
    ['[a]', '1:1 the whole of it is not a mapping of keys to values'],
  ])('%s', async (text, problem) => {
    expect(await problemsOf(text)).toEqual([`keyproof.config.yaml:${problem}`]);
  });

  test('everything at once, in order', async () => {
    const found = await problemsOf('failOn: never', 'exlude: [a]', 'gate: { failOn: [unknwon] }');
    expect(found.map((problem) => problem.split(' ')[0])).toEqual([
      'keyproof.config.yaml:1:9',
      'keyproof.config.yaml:2:1',
      'keyproof.config.yaml:3:18',
    ]);
  });

  test('in a manifest at its place there', async () => {
    const manifest = '{\n  "name": "orders",\n  "keyproof": { "exlude": [] }\n}';
    expect((await loadFrom({ files: { 'package.json': manifest } })).problems).toEqual([
      'package.json:3:17 unknown key `exlude` (did you mean `exclude`?)',
    ]);
  });

  test('of syntax too', async () => {
    const { problems } = await loadFrom({ files: { 'keyproof.config.json': '{ "failOn": }' } });
    expect(problems[0]).toMatch(/^keyproof\.config\.json:1:13 /);
  });
});

describe('the schema', () => {
  const schema = JSON.parse(readFileSync('schema/config.schema.json', 'utf8')) as {
    readonly definitions: {
      readonly kinds: { readonly additionalProperties: { readonly enum: readonly string[] } };
    };
  };

  test('knows the kinds of policies', () => {
    expect(schema.definitions.kinds.additionalProperties.enum).toEqual(policyKinds);
  });

  test('is one of draft 7 that ajv compiles, so that editors can use it', () => {
    expect(() =>
      new Ajv({ strictTypes: false, strictTuples: false }).compile(schema),
    ).not.toThrow();
  });

  test('takes everything that can be configured', async () => {
    expect(
      await problemsOf(
        'extends: recommended',
        'include: [infra/**]',
        'exclude: [infra/legacy/**]',
        'kinds: { "policies/keys/**": key-policy }',
        'account: "111122223333"',
        'region: us-east-1',
        'partition: aws',
        'parameters: { Stage: prod }',
        'organization: o-exampleorgid',
        'accounts: ["111122223333"]',
        'trustZone: { accounts: ["444455556666"], services: [s3.amazonaws.com] }',
        'deployers: [arn:aws:iam::111122223333:role/ci]',
        'ephemeral: ["infra/preview/**"]',
        'code: { "src/orders/**": "arn:aws:iam::111122223333:role/orders" }',
        'rules: { region-mismatch: off, decrypt-all-keys: [error, { ignoreViaService: true }] }',
        'overrides:',
        '  - { files: ["infra/sandbox/**"], account: "444455556666", rules: { single-point-of-admin: off } }',
        'suppressions: [{ rules: [unmanageable-key], files: ["keys/enclave.json"], reason: deliberately immutable, until: 2027-03-31 }]',
        'failOn: error',
        'gate: { failOn: [error, "broadening:decrypt", unknown] }',
      ),
    ).toEqual([]);
  });
});
