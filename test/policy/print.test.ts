import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  operatorNames,
  parsePolicy,
  printPolicy,
  statementText,
  type PolicyDocument,
} from '../../src/policy/index.js';
import { hole } from '../../src/source/index.js';
import { nodeOf, policyOf } from './policies.js';

/** A document without its places in a source, which printing changes. */
function meaningOf(document: PolicyDocument): unknown {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) => (/span/i.test(key) ? undefined : value)),
  );
}

const text = fc.string({
  unit: fc.constantFrom('a', 'B', '*', '?', ':', '/', '"', '\\', ' ', 'é', '\u{1f511}'),
  maxLength: 8,
});
const oneOrMany = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(item, fc.array(item, { maxLength: 3 }));
const scalar = fc.oneof(text, fc.integer(), fc.boolean());

const principal = fc.oneof(
  fc.constant('*'),
  fc.record(
    {
      AWS: oneOrMany(
        fc.constantFrom('*', '111122223333', 'arn:aws:iam::111122223333:role/a', 'AROAEXAMPLE'),
      ),
      Service: oneOrMany(fc.constant('logs.amazonaws.com')),
      Federated: fc.constant('cognito-identity.amazonaws.com'),
      CanonicalUser: fc.constant('79a5'),
    },
    { requiredKeys: [] },
  ),
);

const operator = fc
  .tuple(
    fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom(...operatorNames),
    fc.constantFrom('', 'IfExists'),
  )
  .map(([quantifier, name, suffix]) => quantifier + name + (name === 'Null' ? '' : suffix));

const key = fc.constantFrom('aws:username', 'kms:EncryptionContext:App', 'aws:PrincipalTag/a b');

const condition = fc.dictionary(operator, fc.dictionary(key, oneOrMany(scalar), { maxKeys: 2 }), {
  maxKeys: 3,
});

const element = (name: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  fc
    .constantFrom('', 'Not')
    .chain((not) => fc.record({ [not + name]: value }, { requiredKeys: [] }));

const statement = fc
  .tuple(
    fc.record(
      { Sid: text, Effect: fc.constantFrom('Allow', 'Deny'), Condition: condition },
      { requiredKeys: ['Effect'] },
    ),
    element('Principal', principal),
    element('Action', oneOrMany(text)),
    element('Resource', oneOrMany(text)),
  )
  .map((parts) => Object.assign({}, ...parts) as object);

const policy = fc.record(
  {
    Version: fc.constantFrom('2012-10-17', '2008-10-17'),
    Id: text,
    Statement: oneOrMany(
      fc.oneof(
        { weight: 9, arbitrary: statement },
        { weight: 1, arbitrary: fc.constant({ Effect: 'Deny', Oops: 1 }) },
      ),
    ),
  },
  { requiredKeys: ['Statement'] },
);

describe('printing', () => {
  test('and reading again changes nothing', () => {
    fc.assert(
      fc.property(policy, (value) => {
        const first = policyOf(value).value;
        const second = parsePolicy(nodeOf(printPolicy(first)), 'unknown').value;
        const normal = (document: PolicyDocument): unknown =>
          meaningOf({
            ...document,
            statements: document.statements.map((each) =>
              each.kind === 'broken' ? { ...each, reason: '' } : each,
            ),
          });
        expect(normal(second)).toEqual(normal(first));
        expect(second.statements.length).toBe(first.statements.length);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test('shows a hole by its expression', () => {
    const { value } = policyOf({ Statement: { Effect: 'Allow', Action: '*' } });
    expect(printPolicy({ ...value, id: hole('stack', 'AWS::StackName') })).toContain(
      '"Id": "${AWS::StackName}"',
    );
  });

  test('never makes a broken statement a whole one', () => {
    const { value } = policyOf({ Statement: [{ Effect: 'deny', Action: 'kms:*', Resource: '*' }] });
    const again = parsePolicy(nodeOf(printPolicy(value)), 'unknown').value;
    expect(again.statements).toMatchObject([{ kind: 'broken' }]);
  });
});

describe('the text of a statement', () => {
  const textOf = (value: object): string => {
    const [first] = policyOf({ Statement: { Effect: 'Allow', ...value } }).value.statements;
    return first === undefined ? '' : statementText(first);
  };

  test.each<[string, object, object]>([
    ['order of actions', { Action: ['kms:A', 'kms:B'] }, { Action: ['kms:B', 'kms:A'] }],
    ['repetition', { Action: ['kms:A', 'kms:A'] }, { Action: 'kms:A' }],
    ['case of actions', { Action: 'kms:Decrypt' }, { Action: 'KMS:decrypt' }],
    ['order of resources', { Resource: ['a', 'b'] }, { Resource: ['b', 'a'] }],
    [
      'spelling of an account',
      { Principal: { AWS: '111122223333' } },
      { Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
    ],
    ['spelling of everyone', { Principal: '*' }, { Principal: { AWS: '*' } }],
    [
      'order of principals',
      { Principal: { Service: ['a.amazonaws.com'], AWS: ['AROAA', 'AROAB'] } },
      { Principal: { AWS: ['AROAB', 'AROAA'], Service: 'a.amazonaws.com' } },
    ],
    [
      'order of conditions and case of keys',
      { Condition: { Bool: { 'a:b': true }, StringLike: { 'c:d': ['x', 'y'] } } },
      { Condition: { StringLike: { 'C:d': ['y', 'x'] }, Bool: { 'A:B': 'true' } } },
    ],
    ['Sid', { Sid: 'a', Action: '*' }, { Sid: 'b', Action: '*' }],
  ])('does not depend on the %s', (_, one, other) => {
    expect(textOf(one)).toBe(textOf(other));
  });

  test.each<[string, object, object]>([
    ['an element', { Action: '*' }, { Resource: '*' }],
    ['a negation', { Action: '*' }, { NotAction: '*' }],
    ['an effect', { Effect: 'Allow' }, { Effect: 'Deny' }],
    ['the case of a resource', { Resource: 'arn:aws:s3:::B' }, { Resource: 'arn:aws:s3:::b' }],
    [
      'an operator',
      { Condition: { Bool: { a: 'x' } } },
      { Condition: { BoolIfExists: { a: 'x' } } },
    ],
    [
      'which values belong to which key',
      { Condition: { StringEquals: { a: 'x', b: 'y' } } },
      { Condition: { StringEquals: { a: 'y', b: 'x' } } },
    ],
  ])('depends on %s', (_, one, other) => {
    expect(textOf(one)).not.toBe(textOf(other));
  });

  test('names a hole by its expression, not by its unit', () => {
    const [first] = policyOf({ Statement: { Effect: 'Allow', Action: '*' } }).value.statements;
    if (first?.kind !== 'statement') throw new Error('no statement');
    const texts = ['a/template.yaml', 'b/template.yaml'].map((unit) =>
      statementText({ ...first, presence: hole(unit, 'IsProduction') }),
    );
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toContain('template');
  });
});
