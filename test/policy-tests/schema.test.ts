import { Ajv } from 'ajv';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePolicyTests } from '../../src/policy-tests/index.js';
import { parseYaml, type Node } from '../../src/source/index.js';

const schema = JSON.parse(readFileSync('schema/kms-test-file.schema.json', 'utf8')) as object;
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
const shared = '../shared/cases/decisions.kms-test.jsonl';

function plain(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(plain);
    case 'mapping':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
    case 'unresolved':
      return undefined;
  }
}

function errorsIn(file: unknown): readonly string[] {
  return validate(file)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
      );
}

test('the schema accepts every fixture', () => {
  const folder = 'fixtures/authorization';
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.kms-test.yaml'))) {
    const source = { path: name, text: readFileSync(`${folder}/${name}`, 'utf8') };
    expect(
      parseYaml(source).value.documents.flatMap((node) => errorsIn(plain(node))),
      name,
    ).toEqual([]);
  }
});

test.skipIf(!existsSync(shared))('the schema accepts the shared cases', () => {
  const lines = readFileSync(shared, 'utf8').trim().split('\n');
  expect(lines.flatMap((line) => errorsIn([JSON.parse(line)]))).toEqual([]);
});

test.each([
  { tests: [{ request: { principal: 'x', action: 'y', resource: 'z' } }] },
  { tests: [{ request: { principal: 'x', action: 'y', resource: 'z' }, expect: 'Allowed' }] },
  { tests: [{ request: { principal: 'x', action: 'y', conditions: {} }, expect: 'Allow' }] },
  { tests: [{ question: { principals: 'anyone' }, expect: 'never' }] },
  { test: [] },
])('the schema refuses what the parser refuses: %j', (file) => {
  const source = { path: 'a.kms-test.json', text: JSON.stringify(file) };
  const { diagnostics } = parsePolicyTests(source, { read: () => undefined, list: () => [] });
  expect(diagnostics).not.toEqual([]);
  expect(errorsIn(file)).not.toEqual([]);
});
