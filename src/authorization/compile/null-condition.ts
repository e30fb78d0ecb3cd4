import type { Formula, Formulas } from '../../logic/index.js';
import type { Condition } from '../../policy/index.js';
import type { Comparison, RequestAtom } from './atoms.js';
import { constant, exists, memberOf } from './compiling.js';
import type { Compiling } from './compiling.js';
import type { KeyValue } from './key-value.js';
import { stringEquals } from './operators.js';

type Chosen = Exclude<KeyValue, { kind: 'follows' }>;

/** When a condition under `Null` holds. */
export function compileNull(
  { formulas }: Compiling,
  { values, operator }: Condition,
  value: Chosen,
): Formula<RequestAtom> {
  // SOURCE: facts evaluation 6.10: a set operator settles an absent key without looking at the value
  const wanted = values.map(({ text }) => text.toLowerCase());
  const isNull = nullness(formulas, value);
  const outcome = formulas.any(
    wanted.map((text) =>
      text === 'true' ? isNull : text === 'false' ? formulas.not(isNull) : formulas.never,
    ),
  );
  if (operator.quantifier === 'ForAllValues') return formulas.any([isNull, outcome]);
  if (operator.quantifier === 'ForAnyValue') return formulas.all([formulas.not(isNull), outcome]);
  return outcome;
}

/** When a request has no data for a key. */
export function nullness(formulas: Formulas<RequestAtom>, value: Chosen): Formula<RequestAtom> {
  switch (value.kind) {
    case 'absent':
      return formulas.always;
    case 'constant':
      return constant(formulas, value.value === '' || value.value.length === 0);
    case 'open': {
      const { variable } = value;
      if (variable.multivalued) return formulas.not(memberOf(formulas, variable, []));
      const missing = formulas.not(exists(formulas, variable));
      if (!variable.domain.mayBeEmpty) return missing;
      return formulas.any([missing, formulas.atom({ kind: 'test', variable, comparison: empty })]);
    }
  }
}

const empty: Comparison = { operator: stringEquals, text: '' };
