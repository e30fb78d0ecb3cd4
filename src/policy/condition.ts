import { equalTexts, hasHole, type Text } from '../source/index.js';
import { matchesArn, parseArn, splitArn } from './arn.js';
import { isInCidr, parseCidr } from './ip.js';
import { compareDates, compareDecimals } from './magnitude.js';
import type { Operator } from './operator.js';
import { mapLiterals, matchesEverything, matchesWildcard, unescapeWildcards } from './pattern.js';
import { every, not, some } from './three-valued.js';
import type { PolicyValue } from './variables.js';

/**
 * Whether one condition (an operator, a key, its values) holds for what the request says of the key.
 * A list stands for a multivalued key, `undefined` for an absent one. The result is `undefined` where
 * holes or unknown values leave it open.
 *
 * | operator | values | key absent | `x` | `[x, y]` | `[]` or empty text |
 * |---|---|---|---|---|---|
 * | `StringEquals` | `x` | false | true | false | false |
 * | `StringNotEquals` | `x` | true | false | false | true |
 * | `StringEqualsIfExists` | `x` | true | true | false | false for the text |
 * | `ForAllValues:StringEquals` | `x` | true | true | false | true |
 * | `ForAnyValue:StringEquals` | `x` | false | true | true | false |
 * | `ForAllValues:StringNotEquals` | `x` | true | false | false | true |
 * | `ForAnyValue:StringNotEquals` | `x` | false | false | true | false |
 * | `Null` | `true` | true | false | false | true |
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function matchesCondition(
  operator: Operator,
  policyValues: readonly PolicyValue[],
  requestValue: Text | readonly Text[] | undefined,
): boolean | undefined {
  if (operator.family === 'Null') return matchesNull(operator, policyValues, requestValue);
  if (requestValue === undefined || isEmptyList(requestValue)) return whenAbsent(operator);
  if (operator.quantifier !== undefined) {
    return matchesSet(operator, operator.quantifier, policyValues, requestValue);
  }
  // SOURCE: facts evaluation 6.8, open: a multivalued key without a set operator never matches
  if (typeof requestValue !== 'string') return false;
  return isSatisfied(operator, policyValues, requestValue);
}

function matchesSet(
  operator: Operator,
  quantifier: 'ForAllValues' | 'ForAnyValue',
  policyValues: readonly PolicyValue[],
  requestValue: Text | readonly Text[],
): boolean | undefined {
  const requestValues = typeof requestValue === 'string' ? [requestValue] : requestValue;
  const isAll = quantifier === 'ForAllValues';
  const answer = (isAll ? every : some)(requestValues, (value) =>
    isSatisfied(operator, policyValues, value),
  );
  // SOURCE: facts evaluation 6.9: for all, and for none, of what is empty
  const isEmpty = isNull(requestValue);
  if (isEmpty === true) return isAll;
  return isEmpty === false || answer === isAll ? answer : undefined;
}

// SOURCE: facts evaluation 6.3, 6.4, 6.6
function whenAbsent(operator: Operator): boolean {
  if (operator.ifExists) return true;
  if (operator.quantifier !== undefined) return operator.quantifier === 'ForAllValues';
  return operator.negated;
}

// SOURCE: facts evaluation 6.5, 6.9, 6.10
function matchesNull(
  operator: Operator,
  policyValues: readonly PolicyValue[],
  requestValue: Text | readonly Text[] | undefined,
): boolean | undefined {
  const isAbsent = isNull(requestValue);
  const matches = some(policyValues, (value) => {
    if (value.kind !== 'value') return value.kind === 'no-value' ? false : undefined;
    return some(
      [
        every([isTrue(value.text), isAbsent], same),
        every([isFalse(value.text), not(isAbsent)], same),
      ],
      same,
    );
  });
  if (operator.quantifier === undefined || isAbsent === false) return matches;
  const whenNull = operator.quantifier === 'ForAllValues';
  return isAbsent === true || matches === whenNull ? whenNull : undefined;
}

function same(answer: boolean | undefined): boolean | undefined {
  return answer;
}

/** Whether a request has no data for a key; `undefined` for a bare hole, which may be empty. */
function isNull(requestValue: Text | readonly Text[] | undefined): boolean | undefined {
  if (requestValue === undefined) return true;
  if (typeof requestValue === 'string') return equalTexts(requestValue, '');
  return every(requestValue, (value) => equalTexts(value, ''));
}

function isEmptyList(requestValue: Text | readonly Text[]): boolean {
  return typeof requestValue !== 'string' && requestValue.length === 0;
}

/**
 * One request value against all policy values: some match, or, negated, none does. A value that is
 * not of the operator's type matches neither way.
 */
function isSatisfied(
  operator: Operator,
  policyValues: readonly PolicyValue[],
  requestValue: Text,
): boolean | undefined {
  // SOURCE: facts evaluation 5.5: a value without a value drops out
  const values = policyValues.filter(({ kind }) => kind !== 'no-value');
  if (!operator.negated) {
    return some(values, (value) => {
      const outcome = compare(operator, value, requestValue);
      return outcome === 'mistyped' ? false : outcome;
    });
  }
  const outcomes = values.map((value) => compare(operator, value, requestValue));
  // SOURCE: facts evaluation 6.14, 6.15: no negation of what cannot be compared
  if (outcomes.includes('mistyped')) return false;
  return every(outcomes, (outcome) => (outcome === 'mistyped' ? false : not(outcome)));
}

type Comparison = boolean | undefined | 'mistyped';

function compare(operator: Operator, value: PolicyValue, requestValue: Text): Comparison {
  if (value.kind !== 'value') return undefined;
  switch (operator.family) {
    case 'String':
      return compareStrings(operator, value.text, requestValue);
    case 'Arn':
      return compareArns(value.text, requestValue);
    case 'Bool':
      return compareBooleans(value.text, requestValue);
    case 'Numeric':
      return compareTyped(value.text, requestValue, (policy, request) =>
        inOrder(operator, compareDecimals(request, policy)),
      );
    case 'Date':
      return compareTyped(value.text, requestValue, (policy, request) =>
        inOrder(operator, compareDates(request, policy)),
      );
    case 'IpAddress':
      return compareTyped(value.text, requestValue, compareAddresses);
    case 'Binary':
      return compareTyped(value.text, requestValue, compareBinaries);
    case 'Null':
      return 'mistyped';
  }
}

// SOURCE: facts evaluation 6.12
function compareStrings(operator: Operator, policy: Text, request: Text): boolean | undefined {
  if (operator.like) return matchesWildcard(policy, request, 'exact');
  const plain = unescapeWildcards(policy);
  return operator.ignoreCase
    ? equalTexts(lowerCased(plain), lowerCased(request))
    : equalTexts(plain, request);
}

function lowerCased(text: Text): Text {
  return mapLiterals(text, (literal) => literal.toLowerCase());
}

// SOURCE: facts evaluation 6.13, 6.14
function compareArns(policy: Text, request: Text): Comparison {
  if (!hasHole(request) && parseArn(request) === undefined) return 'mistyped';
  const isPattern = hasHole(policy) || matchesEverything(policy) || splitArn(policy).length === 6;
  return isPattern ? matchesArn(policy, request) : 'mistyped';
}

// SOURCE: facts evaluation 6.17: of the request, "true" is true and everything else false
function compareBooleans(policy: Text, request: Text): boolean | undefined {
  const plain = unescapeWildcards(policy);
  const isRequestTrue = isTrue(request);
  return some(
    [
      every([isTrue(plain), isRequestTrue], same),
      every([isFalse(plain), not(isRequestTrue)], same),
    ],
    same,
  );
}

function isTrue(text: Text): boolean | undefined {
  return equalTexts(lowerCased(text), 'true');
}

function isFalse(text: Text): boolean | undefined {
  return equalTexts(lowerCased(text), 'false');
}

function compareTyped(
  policy: Text,
  request: Text,
  comparison: (policy: string, request: string) => boolean | 'mistyped',
): Comparison {
  return hasHole(policy) || hasHole(request)
    ? undefined
    : comparison(unescapeWildcards(policy), request);
}

function inOrder(operator: Operator, order: number | undefined): boolean | 'mistyped' {
  if (order === undefined) return 'mistyped';
  switch (operator.comparison) {
    case 'equals':
      return order === 0;
    case 'less':
      return order < 0;
    case 'less-or-equal':
      return order <= 0;
    case 'greater':
      return order > 0;
    case 'greater-or-equal':
      return order >= 0;
  }
}

// SOURCE: facts evaluation 6.19
function compareAddresses(policy: string, request: string): boolean | 'mistyped' {
  const range = parseCidr(policy);
  const address = parseCidr(request);
  if (range === undefined || address === undefined) return 'mistyped';
  return isInCidr(address, range);
}

// SOURCE: facts evaluation 6.18
function compareBinaries(policy: string, request: string): boolean | 'mistyped' {
  const expected = decodeBase64(policy);
  const actual = decodeBase64(request);
  if (expected === undefined || actual === undefined) return 'mistyped';
  return expected === actual;
}

function decodeBase64(text: string): string | undefined {
  return BASE64.test(text) ? atob(text) : undefined;
}

const BASE64 = /^(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?$/i;
