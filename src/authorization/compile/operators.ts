import type { Operator } from '../../policy/index.js';

const plain: Operator = {
  family: 'String',
  comparison: 'equals',
  like: false,
  negated: false,
  ignoreCase: false,
  ifExists: false,
};

/** The plain operators that compiling itself needs. */
export const stringEquals: Operator = plain;
export const stringEqualsIgnoreCase: Operator = { ...plain, ignoreCase: true };
export const stringLike: Operator = { ...plain, like: true };
export const arnLike: Operator = { ...plain, family: 'Arn', like: true };
export const numericEquals: Operator = { ...plain, family: 'Numeric' };
export const dateEquals: Operator = { ...plain, family: 'Date' };
export const ipAddress: Operator = { ...plain, family: 'IpAddress' };

/** A comparison of one value with one value, without what makes a condition of it. */
export function positive(operator: Operator): Operator {
  return {
    family: operator.family,
    comparison: operator.comparison,
    like: operator.like,
    ignoreCase: operator.ignoreCase,
    negated: false,
    ifExists: false,
  };
}
