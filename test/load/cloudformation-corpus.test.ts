import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { load } from '../../src/load/index.js';
import { filesUnder } from './disk.js';

const corpus = '../shared/corpus';

interface Listed {
  readonly file: string;
  readonly format: string;
  readonly kmsKeys?: number;
  readonly keyPolicies?: number;
  readonly parseError?: string;
}

const isPresent = existsSync(`${corpus}/manifest.json`);
const templates = isPresent
  ? (JSON.parse(readFileSync(`${corpus}/manifest.json`, 'utf8')) as readonly Listed[]).filter(
      ({ format }) => /^(?:cfn|sam|cdk)-/.test(format) && format !== 'sam-policy-templates',
    )
  : [];

const sam = 'serverless-application-model/tests/translator/output';

/** Files that the list counts among the templates, and what they are instead. */
const noTemplates: Readonly<Record<string, string>> = {
  [`${sam}/error_capacity_provider_typo_properties.json`]: 'an error message of the SAM translator',
  [`${sam}/error_function_with_invalid_kms_type_for_self_managed_kafka.json`]: 'the same',
  [`${sam}/error_function_with_mq_kms_invalid_type.json`]: 'the same',
};

/** Where the list counts fewer key policies than the template has, and why. */
const otherPolicies: Readonly<Record<string, { readonly count: number; readonly why: string }>> = {
  'aws-cloudformation-templates/aws/services/CloudFormation/MacrosExamples/MergeStatements/example.yaml':
    { count: 3, why: 'macros make the statements of each KeyPolicy, so the scan saw none' },
  'embedded-snippets/trivy/ec2_encryption_customer_key.good1.yaml': {
    count: 1,
    why: 'its KeyPolicy has no statement, so the scan did not take it for a policy',
  },
};

function loadFile(file: string): ReturnType<typeof load> {
  return load({
    paths: [file],
    files: filesUnder(corpus),
    settingsOf: () => ({ parameters: {}, kinds: {} }),
  });
}

describe.skipIf(!isPresent)('every template in the corpus', () => {
  const sound = templates.filter(({ file, parseError }) => !parseError && !noTemplates[file]);

  test.each(sound)('$file loads, with the keys that are listed', (listed) => {
    const { inventory, diagnostics } = loadFile(listed.file);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const policies = otherPolicies[listed.file]?.count ?? listed.keyPolicies ?? 0;
    expect({
      errors,
      keys: inventory.keys.length,
      policies: inventory.keys.filter(({ policyIsDefault }) => policyIsDefault !== true).length,
    }).toEqual({ errors: [], keys: listed.kmsKeys ?? 0, policies });
  });

  test.each(templates.filter(({ parseError }) => parseError))('$file is broken', ({ file }) => {
    const errors = loadFile(file).diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toContain('json-syntax');
  });

  test.each(Object.keys(noTemplates))('%s is no template', (file) => {
    expect(loadFile(file).diagnostics.map(({ code }) => code)).toEqual(['unrecognized-file']);
  });
});
