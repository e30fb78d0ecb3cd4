import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { lint, type LintSettings } from '../../src/lint/index.js';
import { loadOf } from '../load/memory.js';

// INVARIANT 13: what a finding is recognized by says nothing of where it stands and how it was tried.

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const root = {
  Sid: 'Root',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
};

/** Statements that rules find something in, and some in which they do not. */
const pool: readonly Json[] = [
  root,
  { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
  { Sid: 'Anyone', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' },
  {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:role/app' },
    Action: ['kms:Decrypt', 'kms:ReEncrypt'],
    Resource: '*',
    Condition: { StringEquals: { 'kms:ViaService': 's3.amazonaws.com' } },
  },
  {
    Effect: 'Allow',
    Principal: { AWS: 'AROAEXAMPLEID12345678' },
    Action: 'kms:Encrypt',
    Resource: '*',
    Condition: { StringLike: { 'aws:ViaService': 's3.*' } },
  },
  { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:CreateGrant' },
];

const statements = fc
  .array(fc.constantFrom(...pool), { minLength: 1, maxLength: 5 })
  .map((list) => [root, ...list]);

interface Spelling {
  readonly path?: string;
  readonly write?: (value: Json) => string;
}

const settings: LintSettings = {
  confirm: 'skip',
  runs: 3,
  seed: 1,
  expectations: { accounts: [], trustZone: { accounts: [], services: [] }, deployers: [] },
};

async function fingerprintsOf(
  list: readonly Json[],
  { path = 'keys/orders-key-policy.json', write = (value) => JSON.stringify(value) }: Spelling = {},
  change: Partial<LintSettings> = {},
): Promise<readonly string[]> {
  const text = write({ Version: '2012-10-17', Statement: list });
  return fingerprintsIn({ [path]: text }, change);
}

async function fingerprintsIn(
  files: Readonly<Record<string, string>>,
  change: Partial<LintSettings> = {},
): Promise<readonly string[]> {
  const { inventory } = loadOf(files);
  const { findings } = await lint(inventory, rules, { ...settings, ...change });
  return findings.map(({ fingerprint }) => fingerprint).sort();
}

/** Block style where it can be, so that no byte is as in JSON. */
function yamlOf(value: Json, indent = ''): string {
  if (Array.isArray(value)) {
    return (value as readonly Json[])
      .map((item) => `\n${indent}- ${yamlOf(item, `${indent}  `).trimStart()}`)
      .join('');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, inner]) => `\n${indent}${JSON.stringify(key)}: ${yamlOf(inner, `${indent}  `)}`)
      .join('');
  }
  return JSON.stringify(value);
}

const template = (list: readonly Json[]): Json => ({
  Resources: {
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: { KeyPolicy: { Version: '2012-10-17', Statement: list } },
    },
  },
});

describe('the fingerprints of findings', () => {
  test('survive that a file moves', async () => {
    const folder = fc.constantFrom('', 'a/', 'b/key-policies/', 'infra/prod/');
    await fc.assert(
      fc.asyncProperty(statements, folder, async (list, to) => {
        const moved = { path: `${to}orders-key-policy.json` };
        expect(await fingerprintsOf(list, moved)).toEqual(await fingerprintsOf(list));
      }),
      { seed: 11, numRuns: 25 },
    );
  });

  test('survive that a file is indented otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(statements, fc.integer({ min: 0, max: 8 }), async (list, width) => {
        const write = (value: Json): string => `\n\n${JSON.stringify(value, undefined, width)}\n`;
        expect(await fingerprintsOf(list, { write })).toEqual(await fingerprintsOf(list));
      }),
      { seed: 12, numRuns: 25 },
    );
  });

  test('survive that statements change places', async () => {
    const two = statements.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(two, async ([list, shuffled]) => {
        expect(await fingerprintsOf(shuffled)).toEqual(await fingerprintsOf(list));
      }),
      { seed: 13, numRuns: 25 },
    );
  });

  test('survive that JSON becomes YAML, in templates too', async () => {
    await fc.assert(
      fc.asyncProperty(statements, async (list) => {
        const yaml = { path: 'keys/orders-key-policy.yaml', write: yamlOf };
        expect(await fingerprintsOf(list, yaml)).toEqual(await fingerprintsOf(list));
        expect(await fingerprintsIn({ 'stack.yaml': yamlOf(template(list)) })).toEqual(
          await fingerprintsIn({ 'stack.json': JSON.stringify(template(list)) }),
        );
      }),
      { seed: 14, numRuns: 20 },
    );
  });

  test('survive other seeds, and what is refuted aside, that nothing is tried', async () => {
    await fc.assert(
      fc.asyncProperty(statements, fc.integer(), async (list, seed) => {
        const tried = await fingerprintsOf(list, {}, { confirm: 'run', seed });
        expect(await fingerprintsOf(list, {}, { confirm: 'run', seed: 1 })).toEqual(tried);
        expect(await fingerprintsOf(list)).toEqual(expect.arrayContaining([...tried]));
      }),
      { seed: 15, numRuns: 5 },
    );
  }, 60_000);

  test('are as many as there are equal statements', async () => {
    const everyone: Json = {
      Effect: 'Allow',
      Principal: '*',
      Action: 'kms:Decrypt',
      Resource: '*',
    };
    const once = await fingerprintsOf([root, everyone]);
    const twice = await fingerprintsOf([root, everyone, everyone]);
    expect(new Set(twice).size).toBe(twice.length);
    expect(twice.length).toBeGreaterThan(once.length);
    expect(twice).toEqual(expect.arrayContaining([...once]));
  });
});
