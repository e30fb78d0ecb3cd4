import type { Formula } from '../../logic/index.js';
import type { Condition, PolicyDocument } from '../../policy/index.js';
import { hasHole } from '../../source/index.js';
import type { RequestAtom, Variable } from './atoms.js';
import { memberOf, undecidable } from './compiling.js';
import type { Compiling } from './compiling.js';
import { positive } from './operators.js';
import { expandAll } from './policy-values.js';

/** When a condition on an open key holds that has any number of values. */
export function compileSet(
  at: Compiling,
  condition: Condition,
  version: PolicyDocument['version'],
  variable: Variable,
): Formula<RequestAtom> {
  const { formulas } = at;
  const { operator } = condition;
  // SOURCE: facts evaluation 6.8: without a set operator a multivalued key never matches
  if (operator.quantifier === undefined) return formulas.never;
  const { values, linked } = expandAll(at, condition, version);
  if (
    linked.length > 0 ||
    values.some(
      (value) => value.kind === 'unknown' || (value.kind === 'value' && hasHole(value.text)),
    )
  ) {
    return undecidable(at, condition, `the values of \`${condition.key}\``);
  }
  const comparisons = values.flatMap((value) =>
    value.kind === 'value' ? [{ operator: positive(operator), text: value.text }] : [],
  );
  const oneMatches = formulas.any(
    comparisons.map((comparison) => memberOf(formulas, variable, [{ comparison, wanted: true }])),
  );
  const oneMatchesNone = memberOf(
    formulas,
    variable,
    comparisons.map((comparison) => ({ comparison, wanted: false })),
  );
  const some = operator.negated ? oneMatchesNone : oneMatches;
  const someOtherwise = operator.negated ? oneMatches : oneMatchesNone;
  if (operator.quantifier === 'ForAllValues') return formulas.not(someOtherwise);
  return operator.ifExists
    ? formulas.any([formulas.not(memberOf(formulas, variable, [])), some])
    : some;
}
