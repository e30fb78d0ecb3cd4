/** A condition operator, taken apart. `StringNotLike` is `{ family: 'String', like: true, negated: true }`. */
export interface Operator {
  readonly family: 'String' | 'Numeric' | 'Date' | 'Bool' | 'Binary' | 'IpAddress' | 'Arn' | 'Null';
  /** Set for Numeric and Date only; `equals` for all others. */
  readonly comparison: 'equals' | 'less' | 'less-or-equal' | 'greater' | 'greater-or-equal';
  /** Whether `*` and `?` in the policy's values are wildcards. Always so for Arn. */
  readonly like: boolean;
  readonly negated: boolean;
  readonly ignoreCase: boolean;
  readonly ifExists: boolean;
  readonly quantifier?: 'ForAllValues' | 'ForAnyValue';
}

const plain = {
  comparison: 'equals',
  like: false,
  negated: false,
  ignoreCase: false,
  ifExists: false,
} as const;
const string = { ...plain, family: 'String' } as const;
const numeric = { ...plain, family: 'Numeric' } as const;
const date = { ...plain, family: 'Date' } as const;
const ip = { ...plain, family: 'IpAddress' } as const;
const arn = { ...plain, family: 'Arn', like: true } as const;

// SOURCE: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
const operators = new Map<string, Operator>([
  ['StringEquals', string],
  ['StringNotEquals', { ...string, negated: true }],
  ['StringEqualsIgnoreCase', { ...string, ignoreCase: true }],
  ['StringNotEqualsIgnoreCase', { ...string, ignoreCase: true, negated: true }],
  ['StringLike', { ...string, like: true }],
  ['StringNotLike', { ...string, like: true, negated: true }],
  ['NumericEquals', numeric],
  ['NumericNotEquals', { ...numeric, negated: true }],
  ['NumericLessThan', { ...numeric, comparison: 'less' }],
  ['NumericLessThanEquals', { ...numeric, comparison: 'less-or-equal' }],
  ['NumericGreaterThan', { ...numeric, comparison: 'greater' }],
  ['NumericGreaterThanEquals', { ...numeric, comparison: 'greater-or-equal' }],
  ['DateEquals', date],
  ['DateNotEquals', { ...date, negated: true }],
  ['DateLessThan', { ...date, comparison: 'less' }],
  ['DateLessThanEquals', { ...date, comparison: 'less-or-equal' }],
  ['DateGreaterThan', { ...date, comparison: 'greater' }],
  ['DateGreaterThanEquals', { ...date, comparison: 'greater-or-equal' }],
  ['Bool', { ...plain, family: 'Bool' }],
  ['BinaryEquals', { ...plain, family: 'Binary' }],
  ['IpAddress', ip],
  ['NotIpAddress', { ...ip, negated: true }],
  ['ArnEquals', arn],
  ['ArnLike', arn],
  ['ArnNotEquals', { ...arn, negated: true }],
  ['ArnNotLike', { ...arn, negated: true }],
  ['Null', { ...plain, family: 'Null' }],
]);

/** The names of all condition operators, without `IfExists` and without set operators. */
export const operatorNames: readonly string[] = [...operators.keys()];

/**
 * The operator that a condition names, or `undefined` for one that IAM does not have. `IfExists` may
 * follow any but `Null`; `ForAllValues:` or `ForAnyValue:` may precede any.
 */
export function parseOperator(text: string): Operator | undefined {
  const colon = text.indexOf(':');
  const quantifier = colon < 0 ? undefined : quantifierOf(text.slice(0, colon));
  if (colon >= 0 && quantifier === undefined) return undefined;
  const rest = text.slice(colon + 1);
  const ifExists = rest.endsWith(IF_EXISTS);
  const operator = operators.get(ifExists ? rest.slice(0, -IF_EXISTS.length) : rest);
  if (operator === undefined || (ifExists && operator.family === 'Null')) return undefined;
  return { ...operator, ifExists, ...(quantifier === undefined ? {} : { quantifier }) };
}

export const IF_EXISTS = 'IfExists';

function quantifierOf(text: string): 'ForAllValues' | 'ForAnyValue' | undefined {
  return text === 'ForAllValues' || text === 'ForAnyValue' ? text : undefined;
}
