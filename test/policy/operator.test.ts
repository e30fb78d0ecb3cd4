import { describe, expect, test } from 'vitest';
import { operatorNames, parseOperator } from '../../src/policy/index.js';

describe('a condition operator', () => {
  test.each(operatorNames.filter((name) => name !== 'Null'))(
    '%s takes IfExists and the set operators',
    (name) => {
      const plain = parseOperator(name);
      expect(plain).toMatchObject({ ifExists: false });
      expect(parseOperator(`${name}IfExists`)).toEqual({ ...plain, ifExists: true });
      for (const quantifier of ['ForAllValues', 'ForAnyValue'] as const) {
        expect(parseOperator(`${quantifier}:${name}IfExists`)).toEqual({
          ...plain,
          ifExists: true,
          quantifier,
        });
      }
    },
  );

  // SOURCE: facts evaluation 6.4
  test('Null takes the set operators, but not IfExists', () => {
    expect(parseOperator('ForAllValues:Null')).toMatchObject({
      family: 'Null',
      quantifier: 'ForAllValues',
    });
    expect(parseOperator('NullIfExists')).toBeUndefined();
  });

  test('has one of 27 names', () => {
    expect(operatorNames).toHaveLength(27);
  });

  test.each([
    '',
    'stringequals',
    'StringEqual',
    'ForAllValues',
    'ForAllValues:',
    'ForEachValue:StringEquals',
    'ForAnyValue:ForAnyValue:StringEquals',
    'IfExists',
    'StringEqualsIfExistsIfExists',
    'BinaryNotEquals',
    'toString',
  ])('is not `%s`', (text) => {
    expect(parseOperator(text)).toBeUndefined();
  });
});
