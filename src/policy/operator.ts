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
