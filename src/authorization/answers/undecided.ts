import type { Missing } from '../../inventory/index.js';
import { atomsOf } from '../../logic/index.js';
import type { Formula, Formulas } from '../../logic/index.js';
import { variablesOf } from '../compile/index.js';
import type { RequestAtom, Variable } from '../compile/index.js';

/** Whether no request decides the atom: a fact is missing. */
export function isUndecided(atom: RequestAtom): boolean {
  return (
    atom.kind === 'undecidable' || variablesOf(atom).some(({ missing }) => missing !== undefined)
  );
}

/** The facts that are missing to decide a formula. */
export function undecidedIn(formula: Formula<RequestAtom>): readonly Missing[] {
  const found: Missing[] = [];
  for (const atom of atomsOf(formula).values()) {
    if (atom.kind === 'undecidable') found.push(atom.missing);
    for (const { missing } of variablesOf(atom)) if (missing !== undefined) found.push(missing);
  }
  return found;
}

/** What holds whatever the missing facts turn out to be: it implies the formula, and needs none of them. */
export function withoutUndecided(
  formulas: Formulas<RequestAtom>,
  formula: Formula<RequestAtom>,
): Formula<RequestAtom> {
  // In negation normal form a literal that is false can only make the whole false.
  return formulas.evaluate(formula, ({ atom, positive }) =>
    isUndecided(atom) ? !positive : undefined,
  );
}

/** The same formula with other variables. */
export function withVariables(
  formulas: Formulas<RequestAtom>,
  formula: Formula<RequestAtom>,
  other: (variable: Variable) => Variable,
): Formula<RequestAtom> {
  return formulas.substitute(formula, (atom) => {
    switch (atom.kind) {
      case 'undecidable':
        return formulas.atom(atom);
      case 'linked':
        return formulas.atom({
          ...atom,
          variable: other(atom.variable),
          others: atom.others.map(other),
        });
      case 'exists':
      case 'test':
      case 'member':
        return formulas.atom({ ...atom, variable: other(atom.variable) });
    }
  });
}

/** The same formula in a world where what nobody knows may be otherwise. */
export function inOtherWorld(
  formulas: Formulas<RequestAtom>,
  formula: Formula<RequestAtom>,
): Formula<RequestAtom> {
  const other = (variable: Variable): Variable =>
    variable.missing === undefined ? variable : { ...variable, name: `${variable.name}'` };
  const elsewhere = formulas.substitute(formula, (atom) =>
    formulas.atom(atom.kind === 'undecidable' ? { ...atom, identity: `${atom.identity}'` } : atom),
  );
  return withVariables(formulas, elsewhere, other);
}
