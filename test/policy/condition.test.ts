import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesCondition, parseOperator, type PolicyValue } from '../../src/policy/index.js';
import { fillHoles, hole, type Text } from '../../src/source/index.js';

type RequestValue = Text | readonly Text[] | undefined;

function holds(
  operatorText: string,
  values: readonly (Text | PolicyValue)[],
  requestValue: RequestValue,
): boolean | undefined {
  const operator = parseOperator(operatorText);
  if (operator === undefined) throw new Error(`no operator ${operatorText}`);
  const policyValues = values.map((value) =>
    typeof value === 'string' ? ({ kind: 'value', text: value } as const) : value,
  );
  return matchesCondition(operator, policyValues, requestValue);
}

type Row = readonly [string, readonly (Text | PolicyValue)[], RequestValue, boolean | undefined];

const table = (rows: readonly Row[]): void => {
  test.each(rows.map((row) => [...row] as const))(
    '%s %j against %j: %s',
    (operator, values, value, expected) => {
      expect(holds(operator, values, value)).toBe(expected);
    },
  );
};

describe('an absent key', () => {
  // SOURCE: facts evaluation 6.3, 6.4, 6.6, 6.7
  table([
    ['StringEquals', ['a'], undefined, false],
    ['StringLike', ['*'], undefined, false],
    ['ArnLike', ['*'], undefined, false],
    ['NumericLessThan', ['5'], undefined, false],
    ['Bool', ['false'], undefined, false],
    ['Bool', ['true'], undefined, false],
    ['IpAddress', ['0.0.0.0/0'], undefined, false],
    ['StringNotEquals', ['a'], undefined, true],
    ['StringNotEqualsIgnoreCase', ['a'], undefined, true],
    ['StringNotLike', ['*'], undefined, true],
    ['ArnNotEquals', ['*'], undefined, true],
    ['ArnNotLike', ['*'], undefined, true],
    ['NumericNotEquals', ['5'], undefined, true],
    ['DateNotEquals', ['2024-01-01'], undefined, true],
    ['NotIpAddress', ['0.0.0.0/0'], undefined, true],
    ['StringEqualsIfExists', ['a'], undefined, true],
    ['StringNotEqualsIfExists', ['a'], undefined, true],
    ['BoolIfExists', ['false'], undefined, true],
    ['BinaryEqualsIfExists', ['QQ=='], undefined, true],
    ['ForAllValues:StringEquals', ['a'], undefined, true],
    ['ForAllValues:StringNotEquals', ['a'], undefined, true],
    ['ForAnyValue:StringEquals', ['a'], undefined, false],
    ['ForAnyValue:StringNotEquals', ['a'], undefined, false],
    ['ForAnyValue:StringEqualsIfExists', ['a'], undefined, true],
  ]);
});

describe('Null', () => {
  // SOURCE: facts evaluation 6.5, 6.9, 6.10
  table([
    ['Null', ['true'], undefined, true],
    ['Null', ['false'], undefined, false],
    ['Null', ['true'], 'x', false],
    ['Null', ['false'], 'x', true],
    ['Null', ['True'], undefined, true],
    ['Null', ['true', 'false'], undefined, true],
    ['Null', ['true', 'false'], 'x', true],
    ['Null', ['true'], '', true],
    ['Null', ['false'], '', false],
    ['Null', ['true'], [], true],
    ['Null', ['false'], ['x'], true],
    ['Null', ['yes'], 'x', false],
    ['ForAllValues:Null', ['true'], undefined, true],
    ['ForAllValues:Null', ['false'], undefined, true],
    ['ForAllValues:Null', ['false'], '', true],
    ['ForAllValues:Null', ['true'], ['x'], false],
    ['ForAllValues:Null', ['false'], ['x'], true],
    ['ForAnyValue:Null', ['true'], undefined, false],
    ['ForAnyValue:Null', ['false'], undefined, false],
    ['ForAnyValue:Null', ['false'], ['x'], true],
    ['ForAnyValue:Null', ['true'], ['x'], false],
  ]);
});

describe('the values of a policy', () => {
  // SOURCE: facts evaluation 6.1
  table([
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringEquals', ['a', 'b'], 'c', false],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringNotEquals', ['a', 'b'], 'c', true],
    ['NumericNotEquals', ['1', '2'], '2', false],
    ['NotIpAddress', ['10.0.0.0/8', '192.0.2.0/24'], '192.0.2.1', false],
    ['StringEquals', [], 'a', false],
    ['StringNotEquals', [], 'a', true],
  ]);

  const none: PolicyValue = { kind: 'no-value' };
  const unknown: PolicyValue = { kind: 'unknown' };
  // SOURCE: facts evaluation 5.5
  table([
    ['StringEquals', [none], 'a', false],
    ['StringNotEquals', [none], 'a', true],
    ['StringNotLike', [none], 'a', true],
    ['StringEquals', [none, 'a'], 'a', true],
    ['StringNotEquals', [none, 'a'], 'a', false],
    ['StringEquals', [unknown], 'a', undefined],
    ['StringEquals', [unknown, 'a'], 'a', true],
    ['StringNotEquals', [unknown, 'a'], 'a', false],
    ['StringNotEquals', [unknown, 'b'], 'a', undefined],
    ['StringEquals', [unknown], undefined, false],
  ]);
});

describe('several values in a request', () => {
  // SOURCE: facts evaluation 6.6, 6.7, 6.8, 6.9
  table([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringLike', ['a*'], ['ab', 'ac'], true],
    ['ForAllValues:StringEquals', ['a'], [], true],
    ['ForAllValues:StringEquals', ['a'], '', true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['b', 'c'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c'], false],
    ['ForAnyValue:StringEquals', ['a'], [], false],
    ['ForAnyValue:StringEquals', [''], [''], false],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], true],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'a'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
    ['ForAllValues:ArnNotLike', ['arn:aws:iam::*:role/x'], ['arn:aws:iam::1:role/y'], true],
    ['ForAllValues:StringEquals', ['a'], 'a', true],
    ['ForAnyValue:StringNotEquals', ['a'], 'a', false],
    ['ForAnyValue:Bool', ['true'], ['false', 'true'], true],
    ['StringEquals', ['a'], ['a'], false],
    ['StringNotEquals', ['a'], ['b'], false],
    ['StringEqualsIfExists', ['a'], ['a'], false],
    ['StringEquals', ['a'], [], false],
    ['StringNotEquals', ['a'], [], true],
  ]);
});

describe('strings', () => {
  // SOURCE: facts evaluation 6.9, 6.12
  table([
    ['StringEquals', ['Blue'], 'Blue', true],
    ['StringEquals', ['Blue'], 'blue', false],
    ['StringEquals', ['b*'], 'blue', false],
    ['StringEquals', ['b*'], 'b*', true],
    ['StringEquals', [''], '', true],
    ['StringEqualsIgnoreCase', ['Blue'], 'bLUE', true],
    ['StringNotEqualsIgnoreCase', ['Blue'], 'bLUE', false],
    ['StringLike', ['b?ue'], 'blue', true],
    ['StringLike', ['B*'], 'blue', false],
    ['StringLike', ['arn:aws:iam::*'], 'arn:aws:iam::1:role/x', true],
    ['StringNotLike', ['b*'], 'blue', false],
    ['StringNotLike', ['r*'], 'blue', true],
  ]);
});

describe('ARNs', () => {
  const role = 'arn:aws:iam::111122223333:role/app';
  // SOURCE: facts evaluation 6.13, 6.14
  table([
    ['ArnEquals', [role], role, true],
    ['ArnEquals', ['arn:aws:iam::*:role/*'], role, true],
    ['ArnLike', ['arn:aws:iam::*:role/*'], role, true],
    ['ArnLike', ['arn:aws:*:role/app'], role, false],
    ['ArnLike', ['arn:aws:iam::*'], role, false],
    ['ArnLike', ['arn:aws:iam::*:ROLE/*'], role, false],
    ['ArnNotEquals', ['arn:aws:iam::*:role/*'], role, false],
    ['ArnNotLike', ['arn:aws:iam::*:user/*'], role, true],
    ['ArnLike', ['arn:aws:iam::*:role/*'], 'app', false],
    ['ArnNotLike', ['arn:aws:iam::*:role/*'], 'app', false],
  ]);
});

describe('numbers', () => {
  // SOURCE: facts evaluation 6.15
  table([
    ['NumericEquals', ['10'], '10.0', true],
    ['NumericEquals', ['10'], '010', true],
    ['NumericEquals', ['0.1'], '0.10', true],
    ['NumericEquals', ['-0'], '0', true],
    ['NumericEquals', ['9007199254740993'], '9007199254740992', false],
    ['NumericNotEquals', ['10'], '11', true],
    ['NumericLessThan', ['10'], '9.99', true],
    ['NumericLessThan', ['10'], '10', false],
    ['NumericLessThanEquals', ['10'], '10', true],
    ['NumericGreaterThan', ['-5'], '-4.5', true],
    ['NumericGreaterThanEquals', ['3600'], '3599', false],
    ['NumericGreaterThan', ['1533859199'], '1533859200.5', true],
    ['NumericEquals', ['10'], '10abc', false],
    ['NumericNotEquals', ['10'], '10abc', false],
    ['NumericNotEquals', ['ten'], '10', false],
    ['NumericLessThan', ['10'], '', false],
  ]);
});

describe('dates', () => {
  // SOURCE: facts evaluation 6.16
  table([
    ['DateEquals', ['2018-08-10T00:00:00Z'], '1533859200.0', true],
    ['DateEquals', ['1533859200'], '2018-08-10T00:00:00Z', true],
    ['DateEquals', ['2018-08-10'], '2018-08-10T00:00:00Z', true],
    ['DateEquals', ['2018-08'], '2018-08-01T00:00Z', true],
    ['DateEquals', ['2018'], '2018-01-01T00:00:00.000Z', true],
    ['DateEquals', ['2018-08-10T02:00:00+02:00'], '2018-08-10T00:00:00Z', true],
    ['DateEquals', ['2018-08-09T19:30:00-04:30'], '2018-08-10T00:00:00Z', true],
    ['DateGreaterThan', ['2018-08-10T00:00:00Z'], '2018-08-10T00:00:00.5Z', true],
    ['DateLessThan', ['2024-02-29T00:00:00Z'], '2024-02-28T23:59:59Z', true],
    ['DateLessThanEquals', ['2024-02-29T00:00:00Z'], '2024-02-29T00:00:00Z', true],
    ['DateGreaterThanEquals', ['2024-02-29T00:00:00Z'], '2024-02-28T00:00:00Z', false],
    ['DateNotEquals', ['2024-02-29T00:00:00Z'], '2024-02-28T00:00:00Z', true],
    ['DateGreaterThan', ['10000'], '10001', true],
    ['DateEquals', ['2023-02-29'], '2023-02-29', false],
    ['DateNotEquals', ['2023-02-29'], '2023-03-01', false],
    ['DateLessThan', ['soon'], '2023-03-01', false],
    ['DateLessThan', ['2023-03-01'], '2023-13-01', false],
  ]);
});

describe('truth values', () => {
  // SOURCE: facts evaluation 6.17
  table([
    ['Bool', ['true'], 'true', true],
    ['Bool', ['True'], 'TRUE', true],
    ['Bool', ['true'], 'false', false],
    ['Bool', ['false'], 'false', true],
    ['Bool', ['false'], 'asdf', true],
    ['Bool', ['false'], 't', true],
    ['Bool', ['true'], 't', false],
    ['Bool', ['t'], 'true', false],
    ['Bool', ['true', 'false'], 'true', true],
  ]);
});

describe('binary values', () => {
  // SOURCE: facts evaluation 6.18
  table([
    ['BinaryEquals', ['QmluYXJ5'], 'QmluYXJ5', true],
    ['BinaryEquals', ['QmluYXJ5'], 'QmluYXJ6', false],
    ['BinaryEquals', ['QQ=='], 'QR==', true],
    ['BinaryEquals', ['no base 64'], 'no base 64', false],
  ]);
});

describe('addresses', () => {
  // SOURCE: facts evaluation 6.19
  table([
    ['IpAddress', ['203.0.113.0/24'], '203.0.113.9', true],
    ['IpAddress', ['203.0.113.77/24'], '203.0.113.9', true],
    ['IpAddress', ['203.0.113.0/24'], '203.0.114.9', false],
    ['IpAddress', ['203.0.113.9'], '203.0.113.9', true],
    ['IpAddress', ['203.0.113.9'], '203.0.113.8', false],
    ['IpAddress', ['0.0.0.0/0'], '203.0.113.9', true],
    ['IpAddress', ['2001:db8:1234:5678::/64'], '2001:DB8:1234:5678:0:0:0:1', true],
    ['IpAddress', ['2001:db8::1'], '2001:0db8:0:0:0:0:0:1', true],
    ['IpAddress', ['2001:db8::1'], '2001:db8::2', false],
    ['IpAddress', ['::/0'], '203.0.113.9', false],
    ['IpAddress', ['0.0.0.0/0'], '2001:db8::1', false],
    ['NotIpAddress', ['203.0.113.0/24'], '203.0.113.9', false],
    ['NotIpAddress', ['203.0.113.0/24'], '198.51.100.1', true],
    ['NotIpAddress', ['203.0.113.0/24'], '2001:db8::1', true],
    ['NotIpAddress', ['2001:db8::/32'], '203.0.113.9', true],
    ['IpAddress', ['203.0.113.0/33'], '203.0.113.9', false],
    ['IpAddress', ['203.0.113.9'], '0313.0.113.9', false],
    ['IpAddress', ['203.0.113.0/24'], 'localhost', false],
    ['NotIpAddress', ['203.0.113.0/24'], 'localhost', false],
  ]);
});

describe('holes', () => {
  const account = hole('stack', 'AWS::AccountId');
  const other = hole('stack', 'Other');
  const role = `arn:aws:iam::${account}:role/app`;
  // design invariant 4
  table([
    ['StringEquals', [account], account, true],
    ['StringNotEquals', [account], account, false],
    ['StringEquals', [account], other, undefined],
    ['StringNotEquals', [account], '111122223333', undefined],
    ['StringEqualsIgnoreCase', [`A${account}`], `a${account}`, true],
    ['StringLike', [`*${account}*`], `x${account}y`, true],
    ['StringLike', [`s3.${account}`], 'kms.x', false],
    ['ArnLike', [role], role, true],
    ['ArnLike', [role], `arn:aws:iam::${account}:role/b`, false],
    ['ArnNotLike', [role], 'arn:aws:iam::111122223333:role/app', undefined],
    ['NumericLessThan', [account], '5', undefined],
    ['DateLessThan', ['2024-01-01'], account, undefined],
    ['IpAddress', [account], '10.0.0.1', undefined],
    ['Bool', ['true'], account, undefined],
    ['Bool', ['true'], `x${account}`, false],
    ['Bool', ['true', 'false'], 'x', true],
    ['Null', ['true'], account, undefined],
    ['Null', ['false'], `x${account}`, true],
    ['ForAnyValue:StringEquals', ['a'], ['a', account], true],
    ['ForAnyValue:StringEquals', ['a'], ['b', account], undefined],
    ['ForAllValues:StringEquals', ['a'], ['b', account], false],
    ['ForAllValues:StringEquals', ['a'], ['a', account], undefined],
    ['StringEquals', [account], undefined, false],
    ['ForAnyValue:StringEquals', [account], account, undefined],
    ['ForAllValues:StringEquals', [account], account, true],
  ]);
});

describe('for all conditions', () => {
  const seed = { seed: 4, numRuns: 1000 };
  const value = fc.constantFrom('a', 'b', 'ab', '1', '2.5', 'arn:aws:iam::1:role/a', '10.0.0.1');
  const pattern = fc.oneof(
    value,
    fc.constantFrom('*', 'a*', 'arn:aws:iam::*:role/*', '10.0.0.0/8'),
  );
  const patterns = fc.array(pattern, { maxLength: 3 });
  const values = fc.array(value, { minLength: 1, maxLength: 3 });

  // SOURCE: facts evaluation 6.1
  test('a negated string operator is the negation of its positive one', () => {
    const pairs = fc.constantFrom(
      ['StringEquals', 'StringNotEquals'] as const,
      ['StringLike', 'StringNotLike'] as const,
      ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'] as const,
    );
    fc.assert(
      fc.property(
        pairs,
        patterns,
        fc.option(value, { nil: undefined }),
        ([positive, negated], policy, request) => {
          expect(holds(negated, policy, request)).toBe(holds(positive, policy, request) === false);
        },
      ),
      seed,
    );
  });

  // SOURCE: facts evaluation 6.6, 6.7
  test('some value matches none iff not every value matches', () => {
    fc.assert(
      fc.property(patterns, values, (policy, request) => {
        expect(holds('ForAnyValue:StringNotLike', policy, request)).toBe(
          holds('ForAllValues:StringLike', policy, request) === false,
        );
      }),
      seed,
    );
  });

  test('no operator that only adds values to a policy narrows it', () => {
    const operator = fc.constantFrom(
      'StringEquals',
      'StringLike',
      'ArnLike',
      'NumericEquals',
      'IpAddress',
    );
    fc.assert(
      fc.property(operator, patterns, pattern, value, (name, policy, more, request) => {
        expect(
          holds(name, policy, request) === true && holds(name, [...policy, more], request) !== true,
        ).toBe(false);
      }),
      seed,
    );
  });

  const whole = ['a', 'a*', '1', 'true', '', 'arn:aws:iam::1:role/a'];
  const arn = `arn:aws:iam::${hole('u', 'Y')}:role/${hole('u', 'X')}`;
  // A text that hides its colons in a hole is taken to be an ARN, whatever fills it here.
  const cases = fc.oneof(
    fc.record({
      name: fc.constantFrom('ArnLike', 'ArnNotEquals', 'ForAllValues:ArnLike'),
      texts: fc.constant(fc.constantFrom(...whole, arn)),
    }),
    fc.record({
      name: fc.constantFrom(
        'StringEquals',
        'StringNotLike',
        'StringEqualsIgnoreCase',
        'NumericLessThan',
        'Bool',
        'IpAddress',
        'Null',
        'ForAllValues:StringLike',
        'ForAnyValue:StringNotEquals',
        'ForAnyValue:Null',
      ),
      texts: fc.constant(fc.constantFrom(...whole, arn, hole('u', 'X'), `a${hole('u', 'X')}`)),
    }),
  );
  const asked = cases.chain(({ name, texts }) =>
    fc.record({
      name: fc.constant(name),
      policy: fc.array(texts, { maxLength: 2 }),
      given: fc.option(fc.oneof(texts, fc.array(texts, { maxLength: 3 })), { nil: undefined }),
    }),
  );
  const filling = fc.constantFrom('', 'a', 'b', '1', 'true');

  test('no filling of the holes contradicts a definite answer', () => {
    fc.assert(
      fc.property(asked, filling, filling, ({ name, policy, given }, x, y) => {
        const fill = (text: Text): string =>
          fillHoles(text, ({ expression }) => (expression === 'X' ? x : y));
        const filled =
          typeof given === 'object' ? given.map(fill) : given === undefined ? given : fill(given);
        const answer = holds(name, policy, given);
        const deployed = holds(name, policy.map(fill), filled);
        expect(answer === undefined || answer === deployed).toBe(true);
      }),
      seed,
    );
  });
});
