import { atomsOf } from '../../logic/index.js';
import type { Formula, Formulas } from '../../logic/index.js';
import { identityOf, variablesOf } from '../compile/index.js';
import type { RequestAtom, Variable } from '../compile/index.js';
import { withVariables } from './undecided.js';

/** A formula of one state of an estate, in the words of another state's. */
export interface Aligned {
  readonly formula: Formula<RequestAtom>;
  /** Condition keys that can have other values in one state than in the other. */
  readonly differing: readonly Variable[];
}

/** As `identityOf`, for two states of an estate: the values that a condition key can have count too. */
export function wholeIdentityOf(atom: RequestAtom): string {
  return [identityOf(atom), ...variablesOf(atom).map(textOf)].join(' ');
}

/**
 * Speaks of what no request chooses, such as a tag of the caller, by another name where the states differ
 * in it, and of what a request chooses as the reference does.
 */
export function alignVariables(
  formulas: Formulas<RequestAtom>,
  formula: Formula<RequestAtom>,
  reference: Formula<RequestAtom>,
): Aligned {
  const known = variablesIn(reference);
  const clashing = [...variablesIn(formula).values()].filter((variable) => {
    const namesake = known.get(variable.name);
    return namesake !== undefined && textOf(namesake) !== textOf(variable);
  });
  if (clashing.length === 0) return { formula, differing: [] };
  const names = new Set(clashing.map(({ name }) => name));
  return {
    formula: withVariables(formulas, formula, (variable) => {
      if (!names.has(variable.name)) return variable;
      if (isPinned(variable)) return { ...variable, name: `${variable.name} elsewhere` };
      return known.get(variable.name) ?? variable;
    }),
    differing: clashing.filter((variable) => !isPinned(variable)),
  };
}

function variablesIn(formula: Formula<RequestAtom>): ReadonlyMap<string, Variable> {
  const variables = [...atomsOf(formula).values()].flatMap(variablesOf);
  return new Map(variables.map((variable) => [variable.name, variable]));
}

function isPinned({ name }: Variable): boolean {
  return name.startsWith('=') && name !== '=session';
}

function textOf({ multivalued, domain, missing }: Variable): string {
  const { always, mayBeEmpty, values, required, pattern } = domain;
  return JSON.stringify([multivalued, always, mayBeEmpty, values, required, pattern, missing]);
}
