import type { Formula, Formulas } from '../../logic/index.js';
import type { Condition } from '../../policy/index.js';
import type { Comparison, RequestAtom, Variable } from './atoms.js';
import type { KeyValue } from './key-value.js';
import type { Question } from './question.js';
import { valueOf } from './variables.js';

/** What compiling needs at hand: the formula builder and the question. */
export interface Compiling {
  readonly formulas: Formulas<RequestAtom>;
  readonly question: Question;
  /** Values of a key in this policy, where they differ from the question's: see `inKeyPolicy`. */
  readonly valueOf: (spelling: string) => KeyValue;
  /** What it has been asked for so far, by names in lower case. */
  readonly asked: ReadonlyMap<string, KeyValue>;
}

export function compiling(formulas: Formulas<RequestAtom>, question: Question): Compiling {
  const values = new Map<string, KeyValue>();
  return {
    formulas,
    question,
    asked: values,
    valueOf: (spelling) => {
      const name = spelling.toLowerCase();
      let value = values.get(name);
      if (value === undefined) {
        value = valueOf(question, spelling);
        values.set(name, value);
      }
      return value;
    },
  };
}

export function constant(formulas: Formulas<RequestAtom>, value: boolean): Formula<RequestAtom> {
  return value ? formulas.always : formulas.never;
}

/** The atom that a request has the key, or what is known of it. */
export function exists(formulas: Formulas<RequestAtom>, variable: Variable): Formula<RequestAtom> {
  return variable.domain.always ? formulas.always : formulas.atom({ kind: 'exists', variable });
}

export function memberOf(
  formulas: Formulas<RequestAtom>,
  variable: Variable,
  comparisons: readonly { readonly comparison: Comparison; readonly wanted: boolean }[],
): Formula<RequestAtom> {
  return formulas.atom({ kind: 'member', variable, comparisons });
}

// A fact that neither the request nor the inventory gives; the same for conditions that say the same, so
// that a policy can be compared with itself in another order or file.
export function undecidable(
  at: Compiling,
  condition: Condition,
  detail: string,
): Formula<RequestAtom> {
  const { operatorText, key, values, span } = condition;
  const given = at.valueOf(key);
  const said = [
    operatorText,
    key.toLowerCase(),
    given.kind === 'constant' ? given.value : given.kind,
    values.map(({ text }) => text).sort(),
  ];
  return at.formulas.atom({
    kind: 'undecidable',
    identity: `${detail} ${JSON.stringify(said)}`,
    missing: { layer: 'attribute', of: span.source.path, detail },
  });
}
