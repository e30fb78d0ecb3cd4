import type { Missing, Request } from '../../inventory/index.js';
import { atomsOf, createFormulas, solve } from '../../logic/index.js';
import type { Formula, Formulas, Solution } from '../../logic/index.js';
import { invariant } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import {
  compileRequest,
  identityOf,
  possibleCallers,
  requestTheory,
  stringEquals,
  variablesOf,
  variablesOfEvery,
} from '../compile/index.js';
import type { Assignment, RequestAtom, Variable } from '../compile/index.js';
import { decide } from '../decide/index.js';
import type { Authorization } from '../decide/index.js';
import type { CallPlan, LegPlan } from './call-legs.js';
import { concrete } from './concrete.js';
import { forwarded } from './forwarded.js';
import { inOtherWorld, isUndecided, undecidedIn, withVariables } from './undecided.js';

const casesMax = 20_000;

/** The conjunction of the legs that a call needs, ready to be searched for requests. */
export interface LegSearch {
  readonly formulas: Formulas<RequestAtom>;
  readonly formula: Formula<RequestAtom>;
  /** The formula with nothing granted by what is missing. */
  readonly settled: Formula<RequestAtom>;
  readonly solve: (formula: Formula<RequestAtom>) => Solution<Assignment>;
  /** Whether some call is allowed or refused according to what nobody knows. */
  readonly hangsOnMissing: () => boolean;
  readonly missing: () => readonly Missing[];
  /**
   * One request a leg for which the formula holds, in one context as far as the legs share it; `undefined`
   * where the interpreter cannot tell. Expected to be refused, some leg is.
   */
  readonly witness: (
    formula: Formula<RequestAtom>,
    expected: 'allowed' | 'refused',
  ) => readonly LegWitness[] | undefined;
}

/** A leg's request, and how the interpreter decides it. */
export interface LegWitness {
  readonly request: Request;
  readonly authorization: Authorization;
}

interface Part {
  readonly leg: LegPlan;
  /** Its variables, by the names that they have in the conjunction. */
  readonly variables: ReadonlyMap<string, Variable>;
  readonly formula: Formula<RequestAtom>;
}

export function searchLegs(plan: CallPlan): LegSearch {
  const formulas = createFormulas<RequestAtom>(identityOf);
  const parts = plan.legs
    .filter(({ only }) => only === undefined)
    .map((leg) => partOf(formulas, plan, leg));
  const formula = formulas.all(parts.map((part) => part.formula));
  const [{ request }] = plan.legs;
  const possible = formulas.all([
    headersOf(formulas, plan),
    possibleCallers(formulas, plan.inventory, request, formula),
  ]);
  const theory = requestTheory(variablesIn([formula, possible, inOtherWorld(formulas, formula)]));
  const solveIt = (at: Formula<RequestAtom>): Solution<Assignment> =>
    solve(formulas, formulas.all([possible, at]), theory, casesMax);
  return {
    formulas,
    formula,
    settled: formulas.substitute(formula, (atom) =>
      isUndecided(atom) ? formulas.never : formulas.atom(atom),
    ),
    solve: solveIt,
    missing: () => undecidedIn(formula),
    hangsOnMissing: () => {
      if (undecidedIn(formula).length === 0) return false;
      const otherwise = formulas.not(inOtherWorld(formulas, formula));
      return solveIt(formulas.all([formula, otherwise])).kind !== 'unsatisfiable';
    },
    witness: (at, expected) => {
      const solution = solveIt(at);
      if (solution.kind !== 'satisfied') return undefined;
      return (
        replay(plan, parts, solution.model, 'short', expected) ??
        replay(plan, parts, solution.model, 'whole', expected)
      );
    },
  };
}

function partOf(formulas: Formulas<RequestAtom>, plan: CallPlan, leg: LegPlan): Part {
  const own = formulaOf(formulas, plan, leg);
  const rename = (variable: Variable): Variable =>
    leg.kind === 'service' && isApart(variable.name)
      ? { ...variable, name: `${variable.name} of the service` }
      : variable;
  const variables = variablesIn([own]).map(
    (variable) => [rename(variable).name, variable] as const,
  );
  return {
    leg,
    variables: new Map(variables),
    formula: withVariables(formulas, own, rename),
  };
}

function formulaOf(
  formulas: Formulas<RequestAtom>,
  { inventory }: CallPlan,
  { request, missing, refused }: LegPlan,
): Formula<RequestAtom> {
  if (refused !== undefined) return formulas.never;
  if (missing === undefined) return compileRequest(formulas, inventory, request);
  const identity = `${request.action} on ${request.resource}`;
  return formulas.atom({ kind: 'undecidable', identity, missing });
}

// What both the service's request and those to KMS may have, each for itself; keys that come in families
// only one of them has.
function isApart(name: string): boolean {
  const isInFamily = name === 'aws:tagkeys' || name.startsWith('aws:requesttag/');
  const isOfNetwork = /^aws:(source|vpcsource)/.test(name);
  return !forwarded(name) && !isInFamily && !isOfNetwork && !name.startsWith('s3:');
}

function variablesIn(given: readonly Formula<RequestAtom>[]): readonly Variable[] {
  const variables = new Map<string, Variable>();
  for (const formula of given)
    for (const atom of atomsOf(formula).values())
      for (const variable of variablesOf(atom)) variables.set(variable.name, variable);
  return [...variables.values()];
}

// A request that names another encryption than the resource's is another question: it names none, or this.
function headersOf(formulas: Formulas<RequestAtom>, plan: CallPlan): Formula<RequestAtom> {
  const { headers } = plan;
  if (headers === undefined) return formulas.always;
  const algorithm = header('s3:x-amz-server-side-encryption');
  const key = header('s3:x-amz-server-side-encryption-aws-kms-key-id');
  const isAbsent = (variable: Variable): Formula<RequestAtom> =>
    formulas.not(formulas.atom({ kind: 'exists', variable }));
  const is = (variable: Variable, text: string): Formula<RequestAtom> =>
    formulas.atom({ kind: 'test', variable, comparison: { operator: stringEquals, text } });
  const { encryption, keyArn } = headers;
  const named = keyArn === undefined ? isAbsent(key) : is(key, keyArn);
  return formulas.any([
    formulas.all([isAbsent(algorithm), isAbsent(key)]),
    formulas.all([is(algorithm, encryption), named]),
  ]);
}

function header(name: string): Variable {
  const domain = { always: false, mayBeEmpty: false };
  return { name, spelling: name, multivalued: false, domain };
}

// INVARIANT: what the solver found is never shown before the plain interpreter has confirmed it.
function replay(
  plan: CallPlan,
  parts: readonly Part[],
  model: Assignment,
  extent: 'short' | 'whole',
  expected: 'allowed' | 'refused',
): readonly LegWitness[] | undefined {
  const shared = parts.flatMap(({ variables }) =>
    [...variables.values()].filter(({ name, missing }) => forwarded(name) && missing === undefined),
  );
  const found = parts.map((part): LegWitness => {
    const { inventory } = plan;
    const { request } = part.leg;
    const every = extent === 'whole' ? variablesOfEvery(inventory, request) : [];
    const ordinary = every.length === 0 ? undefined : requestTheory(every).model([]);
    const values = new Map(ordinary?.kind === 'model' ? ordinary.model : []);
    for (const { name } of shared) setValue(values, name, model.get(name));
    for (const [name, variable] of part.variables) setValue(values, variable.name, model.get(name));
    const variables = [...every, ...shared, ...part.variables.values()];
    const shown = concrete(inventory, request, values, variables);
    return { request: shown, authorization: decide(inventory, shown) };
  });
  const decisions = found.map(({ authorization: { decision } }) => decision);
  const isAllowed = decisions.every((decision) => decision === 'Allow');
  const isRefused = decisions.some((decision) => /Deny$/.test(decision));
  if (expected === 'allowed' ? isAllowed : isRefused) return found;
  const isOpen = decisions.includes('Unknown') || extent === 'short';
  invariant(isOpen, `requests found to be ${expected} are so when decided`);
  return undefined;
}

function setValue(
  values: Map<string, Text | readonly Text[]>,
  name: string,
  value: Text | readonly Text[] | undefined,
): void {
  if (value === undefined) values.delete(name);
  else values.set(name, value);
}
