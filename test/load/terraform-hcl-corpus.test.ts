import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { load, prepare, type LoadInput } from '../../src/load/index.js';
import { filesUnder } from './disk.js';

const corpus = '../shared/corpus';

interface Listed {
  readonly file: string;
  readonly format: string;
  readonly kmsKeys?: number;
  readonly keyPolicies?: number;
  readonly aliases?: number;
  readonly parseError?: string;
}

const isPresent = existsSync(`${corpus}/manifest.json`);
const configurations = isPresent
  ? (JSON.parse(readFileSync(`${corpus}/manifest.json`, 'utf8')) as readonly Listed[]).filter(
      ({ format }) => format === 'tf-hcl',
    )
  : [];

interface Counts {
  readonly keys: number;
  readonly policies: number;
  readonly aliases: number;
}

/** Where the list counts otherwise, and why. */
const otherCounts: Readonly<Record<string, Counts & { readonly why: string }>> = {
  'checkov/tests/terraform/checks/resource/aws/example_KMSRotation/main.tf': {
    keys: 9,
    policies: 0,
    aliases: 0,
    why: 'two keys have one address, which the scan took for one',
  },
  'terraform-aws-kms/main.tf': {
    keys: 4,
    policies: 4,
    aliases: 1,
    why: 'the scan knew no aws_kms_replica_external_key, and no `coalesce` of two policies',
  },
  'terraform-aws-kms/examples/complete/main.tf': {
    keys: 8,
    policies: 8,
    aliases: 6,
    why: 'its keys are those of the module that it calls, which the scan did not follow',
  },
};

/** Files with policies that AWS would refuse, and what is wrong with them. */
const brokenPolicies: Readonly<Record<string, readonly string[]>> = {
  'checkov/tests/terraform/checks/resource/aws/example_KMSKeyWildcardPrincipal/fail.tf': [
    'json-syntax',
    'policy-wrong-type',
    'policy-wrong-type',
  ],
  'checkov/tests/terraform/checks/resource/aws/example_KMSKeyWildcardPrincipal/pass.tf': [
    'policy-wrong-type',
  ],
  'checkov/tests/terraform/checks/resource/aws/example_KMSKeyIsEnabled/main.tf': [
    'json-syntax',
    'json-syntax',
    'json-syntax',
  ],
};

function input(paths: readonly string[]): LoadInput {
  return {
    paths,
    files: filesUnder(corpus),
    settingsOf: () => ({ parameters: {}, kinds: {} }),
  };
}

describe.skipIf(!isPresent)('every Terraform configuration of the corpus', () => {
  beforeAll(async () => {
    await prepare(input(configurations.map(({ file }) => file)));
  });

  test.each(configurations)('$file loads, with the keys that are listed', (listed) => {
    const { inventory, diagnostics, loaded } = load(input([listed.file]));
    const { why, ...expected } = {
      keys: listed.kmsKeys ?? 0,
      policies: listed.keyPolicies ?? 0,
      aliases: listed.aliases ?? 0,
      why: '',
      ...otherCounts[listed.file],
    };
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const syntax = listed.parseError === undefined ? [] : ['terraform-syntax'];
    expect(loaded).toEqual([listed.file]);
    expect(errors.map(({ code }) => code)).toEqual(brokenPolicies[listed.file] ?? syntax);
    expect(
      {
        keys: inventory.keys.length,
        policies: inventory.keys.filter(({ policyIsDefault }) => policyIsDefault !== true).length,
        aliases: inventory.aliases.length,
      },
      why,
    ).toEqual(expected);
  });

  const folders = [...new Set(configurations.map(({ file }) => file.replace(/\/[^/]*$/, '')))];
  test.each(folders)('%s loads as one module', async (folder) => {
    const whole = input([folder]);
    await prepare(whole);
    const { diagnostics, loaded } = load(whole);
    const inside = configurations.filter(({ file }) => file.startsWith(`${folder}/`));
    expect(loaded).toEqual(expect.arrayContaining(inside.map(({ file }) => file)));
    const known = inside.flatMap(({ file, parseError }) => [
      ...(parseError === undefined ? [] : ['terraform-syntax']),
      ...(brokenPolicies[file] ?? []),
    ]);
    const errors = diagnostics.filter(
      ({ severity, span }) => severity === 'error' && span.source.path.endsWith('.tf'),
    );
    expect(errors.map(({ code }) => code).sort()).toEqual(known.sort());
  });
});
