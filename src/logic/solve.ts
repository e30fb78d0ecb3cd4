import type { Formula, Formulas, Literal } from './formula.js';

/** What the atoms mean: whether a conjunction of literals can hold, and an example where it does. */
export interface Theory<A, M> {
  /**
   * A model of all the literals; `impossible` where they contradict each other, which must be
   * certain; `unknown` where a limit of the theory's own was reached.
   */
  model(literals: readonly Literal<A>[]): TheoryVerdict<M>;
  /** A cheap look: `false` only where the literals certainly contradict each other. */
  couldHold(literals: readonly Literal<A>[]): boolean;
}

export type TheoryVerdict<M> =
  | { readonly kind: 'model'; readonly model: M }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'unknown'; readonly limit: string };

/** `unsatisfiable` is a proof; `unknown` says which limit was reached. */
export type Solution<M> =
  | { readonly kind: 'satisfied'; readonly model: M }
  | { readonly kind: 'unsatisfiable' }
  | { readonly kind: 'unknown'; readonly limit: string };

/**
 * Searches for a model of `formula` by case distinction over its atoms.
 * @param branchesMax how many cases may be looked at; reaching it is `unknown`
 */
export function solve<A, M>(
  formulas: Formulas<A>,
  formula: Formula<A>,
  theory: Theory<A, M>,
  branchesMax: number,
): Solution<M> {
  let branches = 0;
  let limit: string | undefined;

  const search = (at: Formula<A>, literals: readonly Literal<A>[]): M | undefined => {
    branches += 1;
    if (branches > branchesMax) {
      limit = `${branchesMax} cases`;
      return undefined;
    }
    const forced = assertUnits(formulas, at, literals);
    if (forced.formula.kind === 'constant' && !forced.formula.value) return undefined;
    if (forced.literals.length > literals.length && !theory.couldHold(forced.literals))
      return undefined;
    const branch = firstLiteral(forced.formula);
    if (branch === undefined) {
      const verdict = theory.model(forced.literals);
      if (verdict.kind === 'model') return verdict.model;
      if (verdict.kind === 'unknown') limit ??= verdict.limit;
      return undefined;
    }
    const otherwise = formulas.not(branch) as Literal<A>;
    return (
      search(formulas.all([forced.formula, branch]), forced.literals) ??
      (branches > branchesMax
        ? undefined
        : search(formulas.all([forced.formula, otherwise]), forced.literals))
    );
  };

  const model = search(formula, []);
  if (model !== undefined) return { kind: 'satisfied', model };
  return limit === undefined ? { kind: 'unsatisfiable' } : { kind: 'unknown', limit };
}

/**
 * Whether `a` implies `b`: `unsatisfiable` is a proof, and a model a counterexample, for which `a` holds and
 * `b` does not.
 * @param search finds models, as {@link solve} does
 */
export function implies<A, M>(
  formulas: Formulas<A>,
  a: Formula<A>,
  b: Formula<A>,
  search: (formula: Formula<A>) => Solution<M>,
): Solution<M> {
  return search(formulas.all([a, formulas.not(b)]));
}

// A conjunction's own literals must hold in every model, so they are taken out before branching.
function assertUnits<A>(
  formulas: Formulas<A>,
  formula: Formula<A>,
  given: readonly Literal<A>[],
): { readonly formula: Formula<A>; readonly literals: readonly Literal<A>[] } {
  let at = formula;
  let literals = given;
  for (;;) {
    const units = unitsOf(at);
    if (units.length === 0) return { formula: at, literals };
    literals = [...literals, ...units];
    const values = new Map(units.map((unit) => [unit.key, unit.positive]));
    at = formulas.evaluate(at, ({ key }) => values.get(key));
  }
}

function unitsOf<A>(formula: Formula<A>): readonly Literal<A>[] {
  if (formula.kind === 'literal') return [formula];
  if (formula.kind !== 'all') return [];
  return formula.parts.filter((part): part is Literal<A> => part.kind === 'literal');
}

function firstLiteral<A>(formula: Formula<A>): Literal<A> | undefined {
  if (formula.kind === 'literal') return formula;
  if (formula.kind === 'constant') return undefined;
  for (const part of formula.parts) {
    const found = firstLiteral(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
