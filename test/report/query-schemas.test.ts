import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { can, graph, needs, whatCan, whoCan } from '../../src/app/index.js';
import { createNodeHost } from '../../src/host/index.js';
import { reporters, type Report } from '../../src/report/index.js';

const json = await reporters.json();
const host = createNodeHost();

function estateIn(path: string): Parameters<typeof graph>[0]['estate'] {
  return { paths: [path], parameters: [], emptiness: 'refused' };
}

const estate = estateIn('fixtures/graph/estate.keyproof.yaml');
const ways = estateIn('fixtures/graph/ways-in.keyproof.yaml');
const worker = 'arn:aws:iam::111122223333:role/orders-worker';

function problemsOf(schema: string, report: Report | { readonly kind: 'mistake' }): unknown {
  if (report.kind === 'mistake') return report;
  const value: unknown = JSON.parse(json(report, { width: 80, color: false }));
  const validate = new Ajv({ allErrors: true }).compile(
    JSON.parse(readFileSync(`schema/${schema}.schema.json`, 'utf8')) as object,
  );
  return validate(value) ? [] : validate.errors;
}

describe('what programs read of questions', () => {
  test('of who-can fits its schema, escalations included', async () => {
    const question = { estate: ways, action: 'Decrypt', key: 'all' };
    const found = await whoCan({ ...question, escalation: 'looked-for' }, host);
    expect(problemsOf('who-can', found)).toEqual([]);
    const plain = await whoCan({ ...question, estate, escalation: 'ignored' }, host);
    expect(problemsOf('who-can', plain)).toEqual([]);
  });

  test('of what-can fits its schema', async () => {
    const found = await whatCan({ estate, principal: worker, actions: [] }, host);
    expect(problemsOf('what-can', found)).toEqual([]);
  });

  test('of needs fits its schema, with and without a role', async () => {
    const code = { ...estate, paths: ['fixtures/needs'] };
    for (const as of [undefined, 'arn:aws:iam::111122223333:role/orders']) {
      expect(problemsOf('needs', await needs({ estate: code, as }, host))).toEqual([]);
    }
  });

  test('of graph fits its schema', async () => {
    const actions = ['Decrypt', 'PutKeyPolicy'];
    expect(problemsOf('graph', await graph({ estate, actions, key: 'all' }, host))).toEqual([]);
  });

  test('of can fits its schema, whatever the answer', async () => {
    const analytics = 'arn:aws:iam::444455556666:role/analytics';
    const stranger = 'arn:aws:iam::111122223333:role/unlisted';
    for (const [principal, action] of [
      [worker, 'Decrypt'],
      [worker, 'PutKeyPolicy'],
      [analytics, 'Decrypt'],
      [stranger, 'Decrypt'],
    ] as const) {
      const request = { principal, action, key: 'alias/orders', context: [] };
      const found = await can({ estate, ...request, assume: 'absent' }, host);
      expect(problemsOf('can', found)).toEqual([]);
    }
  });
});
