import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { reporters, type Report } from '../../src/report/index.js';
import { allowed, report, requestOf, statement } from './sample.js';

const json = await reporters.json();
const valueOf = (subject: Report): unknown =>
  JSON.parse(json(subject, { width: 80, color: false }));

function problemsOf(schema: string, value: unknown): unknown {
  const validate = new Ajv({ allErrors: true }).compile(
    JSON.parse(readFileSync(`schema/${schema}.schema.json`, 'utf8')) as object,
  );
  return validate(value) ? [] : validate.errors;
}

const request = requestOf('arn:aws:sts::111122223333:assumed-role/app/session', 'kms:Decrypt');
const grant = {
  id: 'g-1',
  grantee: 'arn:aws:iam::111122223333:role/app',
  operations: ['Decrypt'],
  span: statement.span,
};

describe('what programs read', () => {
  test('of lint fits its schema', () => {
    expect(problemsOf('lint', valueOf(report))).toEqual([]);
  });

  test('of decide fits its schema, grants and unknowns included', () => {
    const authorization = {
      ...allowed,
      decision: 'Unknown' as const,
      layers: [{ layer: 'grant' as const, outcome: 'allows' as const, because: [grant] }],
      missing: [{ layer: 'attribute' as const, of: 'key', detail: 'its tags' }],
    };
    const value = valueOf({
      kind: 'decision',
      request,
      authorization,
      diagnostics: report.diagnostics,
    });
    expect(problemsOf('decide', value)).toEqual([]);
  });

  test('of test fits its schema', () => {
    const one = {
      name: 'a',
      file: 'a.kms-test.yaml',
      expected: 'Allow',
      actual: 'Allow',
      passed: true,
    };
    const value = valueOf({
      kind: 'test',
      tests: [{ ...one, because: allowed.layers, missing: [] }],
      diagnostics: [],
    });
    expect(problemsOf('test', value)).toEqual([]);
  });

  test('names a session by its ARN and condition keys as AWS spells them', () => {
    const value = valueOf({ kind: 'decision', request, authorization: allowed, diagnostics: [] });
    expect(value).toMatchObject({
      request: {
        principal: 'arn:aws:sts::111122223333:assumed-role/app/session',
        context: {
          'kms:ViaService': 's3.us-east-1.amazonaws.com',
          'kms:EncryptionContext:Tenant': 'a',
          'kms:EncryptionContextKeys': ['Tenant'],
        },
      },
    });
  });
});
