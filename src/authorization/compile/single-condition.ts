import type { Formula } from '../../logic/index.js';
import type { Condition, Operator, PolicyDocument } from '../../policy/index.js';
import { hasHole } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { Comparison, RequestAtom, Variable } from './atoms.js';
import { exists, undecidable } from './compiling.js';
import type { Compiling } from './compiling.js';
import { nullness } from './null-condition.js';
import { arnLike, positive } from './operators.js';
import { expandAll } from './policy-values.js';
import { compareInRegion } from './unknown-region.js';

/** When a condition on an open key holds that has one value. */
export function compileSingle(
  at: Compiling,
  condition: Condition,
  version: PolicyDocument['version'],
  variable: Variable,
): Formula<RequestAtom> {
  const { formulas } = at;
  const { operator } = condition;
  const there = exists(formulas, variable);
  const missing = formulas.not(there);
  const satisfied = operator.negated
    ? noneOf(at, condition, version, variable)
    : formulas.any(oneOf(at, condition, version, variable, positive(operator)));
  // SOURCE: facts evaluation 6.3, 6.4, 6.6, 6.9
  if (operator.quantifier === 'ForAllValues') {
    return formulas.any([nullness(formulas, { kind: 'open', variable }), satisfied]);
  }
  if (operator.quantifier === 'ForAnyValue') {
    const notNull = formulas.not(nullness(formulas, { kind: 'open', variable }));
    const some = formulas.all([notNull, satisfied]);
    return operator.ifExists ? formulas.any([missing, some]) : some;
  }
  return operator.ifExists || operator.negated ? formulas.any([missing, satisfied]) : satisfied;
}

const isAnArn: Comparison = {
  operator: arnLike,
  text: 'arn:*:*:*:*:*',
};

// The request's value is present, of the operator's type, and none of the policy's values match it.
function noneOf(
  at: Compiling,
  condition: Condition,
  version: PolicyDocument['version'],
  variable: Variable,
): Formula<RequestAtom> {
  const { formulas } = at;
  const { operator } = condition;
  const there = exists(formulas, variable);
  switch (operator.family) {
    case 'String':
    case 'Bool':
      return formulas.all([
        there,
        formulas.not(formulas.any(oneOf(at, condition, version, variable, positive(operator)))),
      ]);
    case 'Arn': {
      // SOURCE: facts evaluation 6.14: neither an ARN operator nor its negation matches what is no ARN
      if (condition.values.some(({ text }) => !isArnPattern(text))) return formulas.never;
      const matched = formulas.any(oneOf(at, condition, version, variable, positive(operator)));
      return formulas.all([
        formulas.atom({ kind: 'test', variable, comparison: isAnArn }),
        formulas.not(matched),
      ]);
    }
    case 'Numeric':
    case 'Date':
    case 'IpAddress':
    case 'Binary':
    case 'Null':
      return formulas.all([
        there,
        ...oneOf(at, condition, version, variable, { ...positive(operator), negated: true }),
      ]);
  }
}

function isArnPattern(text: Text): boolean {
  return hasHole(text) || /^\*+$/.test(text) || text.split(':').length >= 6;
}

// One formula for each of the policy's values: the request's value is present and passes.
function oneOf(
  at: Compiling,
  condition: Condition,
  version: PolicyDocument['version'],
  variable: Variable,
  operator: Operator,
): readonly Formula<RequestAtom>[] {
  const { formulas } = at;
  const { values, linked } = expandAll(at, condition, version);
  return [
    ...values.map((value) => {
      switch (value.kind) {
        case 'no-value':
          return operator.negated ? formulas.always : formulas.never;
        case 'unknown':
          return undecidable(at, condition, `the values of \`${condition.key}\``);
        case 'value':
          return hasHole(value.text) && value.text !== '*'
            ? withHole(at, condition, variable, { operator, text: value.text })
            : compareInRegion(at, variable, { operator, text: value.text });
      }
    }),
    ...linked.map(({ text, others }) =>
      formulas.atom({ kind: 'linked', variable, operator, text, version, others }),
    ),
  ];
}

// A hole in the policy's value: the comparison is undecided, and can only hold where the key is there.
function withHole(
  at: Compiling,
  condition: Condition,
  variable: Variable,
  { text }: Comparison,
): Formula<RequestAtom> {
  return at.formulas.all([
    exists(at.formulas, variable),
    at.formulas.atom({
      kind: 'undecidable',
      identity: `${variable.name} ${condition.operatorText} ${text}`,
      missing: {
        layer: 'attribute',
        of: condition.span.source.path,
        detail: `the value of \`${text}\``,
      },
    }),
  ]);
}
