import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePolicy, type PolicyDocument } from '../../src/policy/index.js';
import { parseJson } from '../../src/source/index.js';
import { policyJson } from '../arbitraries/policy-json.js';
import { loadTemplate, withoutSpans } from './templates.js';

type Json = unknown;

/** Block style with every text in quotes. */
function yaml(value: Json, indent = ''): string {
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item: Json) => `\n${indent}-${member(item, `${indent}  `)}`).join('');
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    return Object.entries(value)
      .map(([key, item]) => `\n${indent}${JSON.stringify(key)}:${member(item, `${indent}  `)}`)
      .join('');
  }
  return JSON.stringify(value);
}

function member(value: Json, indent: string): string {
  const text = yaml(value, indent);
  return text.startsWith('\n') ? text : ` ${text}`;
}

const template = (policy: Json): Json => ({
  Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy } } },
});

function policyOf(text: string, path = 'template.json'): PolicyDocument | undefined {
  return loadTemplate(text, {}, undefined, path).inventory.keys[0]?.policy;
}

/** Every text through a function that gives just that text. */
function through(value: Json, wrap: (text: string) => Json): Json {
  if (typeof value === 'string') return wrap(value);
  if (Array.isArray(value)) return value.map((item: Json) => through(item, wrap));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, through(item, wrap)]));
}

const wraps: readonly (readonly [string, (text: string) => Json])[] = [
  ['Fn::Sub', (text) => ({ 'Fn::Sub': text.replaceAll('${', '${!') })],
  ['Fn::Sub with a map', (text) => ({ 'Fn::Sub': ['${T}', { T: text }] })],
  ['Fn::Join', (text) => ({ 'Fn::Join': ['', [text.slice(0, 2), text.slice(2)]] })],
  ['Fn::Select', (text) => ({ 'Fn::Select': [1, ['no', text]] })],
];

const runs = { seed: 20261125, numRuns: 200 };

describe('a policy says the same wherever it stands', () => {
  test('alone, in a JSON template and in a YAML template', () => {
    fc.assert(
      fc.property(policyJson('key-policy'), (policy) => {
        const node = parseJson({ path: 'p.json', text: JSON.stringify(policy) }).value;
        const alone = node && withoutSpans(parsePolicy(node, 'key-policy').value);
        expect(withoutSpans(policyOf(JSON.stringify(template(policy))))).toEqual(alone);
        expect(withoutSpans(policyOf(yaml(template(policy)), 'template.yaml'))).toEqual(alone);
        const text = JSON.stringify(policy);
        expect(withoutSpans(policyOf(JSON.stringify(template(text))))).toEqual(alone);
      }),
      runs,
    );
  });

  test.each(wraps)('through %s', (_, wrap) => {
    fc.assert(
      fc.property(policyJson('key-policy'), (policy) => {
        const plain = policyOf(JSON.stringify(template(policy)));
        const wrapped = policyOf(JSON.stringify(template(through(policy, wrap))));
        expect(withoutSpans(wrapped)).toEqual(withoutSpans(plain));
      }),
      runs,
    );
  });

  test('as one branch of a decided choice', () => {
    fc.assert(
      fc.property(policyJson('key-policy'), fc.boolean(), (policy, holds) => {
        const choice = { 'Fn::If': ['C', holds ? policy : {}, holds ? {} : policy] };
        const text = JSON.stringify({
          Conditions: { C: { 'Fn::Equals': ['a', holds ? 'a' : 'b'] } },
          ...(template(choice) as object),
        });
        const plain = policyOf(JSON.stringify(template(policy)));
        expect(withoutSpans(policyOf(text))).toEqual(withoutSpans(plain));
      }),
      runs,
    );
  });
});
