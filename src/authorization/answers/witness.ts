import type { Inventory, Request } from '../../inventory/index.js';
import { atomsOf, solve } from '../../logic/index.js';
import type { Formula, Formulas, Solution } from '../../logic/index.js';
import { invariant } from '../../source/index.js';
import { possibleCallers, requestTheory, variablesOf, variablesOfEvery } from '../compile/index.js';
import type { Assignment, PartialRequest, RequestAtom, Variable } from '../compile/index.js';
import { decide } from '../decide/index.js';
import type { Authorization } from '../decide/index.js';
import { concrete } from './concrete.js';

const casesMax = 20_000;

/** A question with its formula, ready to be searched for requests. */
export interface Search {
  readonly formulas: Formulas<RequestAtom>;
  readonly inventory: Inventory;
  readonly request: PartialRequest;
  readonly formula: Formula<RequestAtom>;
  readonly variables: readonly Variable[];
  readonly solve: (formula: Formula<RequestAtom>) => Solution<Assignment>;
}

export function searchOf(
  formulas: Formulas<RequestAtom>,
  inventory: Inventory,
  request: PartialRequest,
  formula: Formula<RequestAtom>,
): Search {
  const possible = possibleCallers(formulas, inventory, request, formula);
  const variables = new Map<string, Variable>();
  const atoms = [...atomsOf(possible).values(), ...atomsOf(formula).values()];
  for (const atom of atoms) {
    for (const variable of variablesOf(atom)) {
      variables.set(variable.name, variable);
      // Two worlds may differ in what nobody knows.
      if (variable.missing !== undefined)
        variables.set(`${variable.name}'`, { ...variable, name: `${variable.name}'` });
    }
  }
  const theory = requestTheory(variables.values());
  // Equal formulas are one, and an answer asks some of them several times.
  const known = new Map<number, Solution<Assignment>>();
  return {
    formulas,
    inventory,
    request,
    formula,
    variables: [...variables.values()],
    solve: (at) => {
      let solution = known.get(at.id);
      if (solution === undefined) {
        solution = solve(formulas, formulas.all([possible, at]), theory, casesMax);
        known.set(at.id, solution);
      }
      return solution;
    },
  };
}

/** A request, and how the interpreter decides it. */
interface Witness {
  readonly request: Request;
  readonly authorization: Authorization;
}

/**
 * A request for which the formula holds; `undefined` where there is none that the interpreter can confirm.
 * Where it cannot tell, as it does not combine unknowns, it is asked about one of the worlds that are
 * possible: what nobody knows has some value there.
 */
export function witness(
  search: Search,
  formula: Formula<RequestAtom>,
  expected: 'allowed' | 'refused',
): Witness | undefined {
  const { formulas, inventory, request, variables } = search;
  const unknowns = variables.filter(isOfRequest);
  const known = formulas.all([formula, ...unknowns.map((variable) => present(formulas, variable))]);
  const attempts = unknowns.length === 0 ? [formula] : [formula, known];
  for (const [index, wanted] of attempts.entries()) {
    const solution = search.solve(wanted);
    if (solution.kind !== 'satisfied') continue;
    const shown = index === 0 ? variables : variables.map((one) => settledIn(unknowns, one));
    const { model } = solution;
    const short = concrete(inventory, request, model, shown);
    const found =
      replay(search, short, expected) ?? replay(search, whole(search, model, shown), expected);
    if (found === undefined)
      invariant(false, `a request found to be ${expected} is so when decided: ${text(short)}`);
    if (found !== 'unknown') return found;
  }
  return undefined;
}

// With what every request has, where a policy is surprised not to find it.
function whole(
  { inventory, request }: Search,
  model: Assignment,
  shown: readonly Variable[],
): Request {
  const every = variablesOfEvery(inventory, request);
  const ordinary = requestTheory(every).model([]);
  const values = ordinary.kind === 'model' ? [...ordinary.model, ...model] : model;
  return concrete(inventory, request, new Map(values), [...every, ...shown]);
}

function text({ context, ...rest }: Request): string {
  return JSON.stringify({ ...rest, context: [...context] });
}

// An unknown that a request can state, as the value of a condition key.
function isOfRequest({ name, missing }: Variable): boolean {
  return missing !== undefined && !/[ '=]/.test(name);
}

function present(formulas: Formulas<RequestAtom>, variable: Variable): Formula<RequestAtom> {
  return variable.multivalued
    ? formulas.atom({ kind: 'member', variable, comparisons: [] })
    : formulas.atom({ kind: 'exists', variable });
}

function settledIn(unknowns: readonly Variable[], variable: Variable): Variable {
  if (!unknowns.includes(variable)) return variable;
  const { name, spelling, multivalued, domain } = variable;
  return { name, spelling, multivalued, domain };
}

// INVARIANT: what the solver found is never shown before the plain interpreter has confirmed it, for
// which `undefined` means that it disagrees.
function replay(
  { inventory }: Search,
  request: Request,
  expected: 'allowed' | 'refused',
): Witness | 'unknown' | undefined {
  const authorization = decide(inventory, request);
  const { decision } = authorization;
  if (decision === 'Unknown') return 'unknown';
  return (decision === 'Allow') === (expected === 'allowed')
    ? { request, authorization }
    : undefined;
}
