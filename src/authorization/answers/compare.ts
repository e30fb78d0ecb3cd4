import { distinctMissing } from '../../inventory/index.js';
import type { Inventory, Missing, Request } from '../../inventory/index.js';
import { createFormulas } from '../../logic/index.js';
import type { Formula, Formulas } from '../../logic/index.js';
import { invariant } from '../../source/index.js';
import { compileRequest, isOpen, requestTheory, variablesOfEvery } from '../compile/index.js';
import type { Assignment, PartialRequest, RequestAtom, Variable } from '../compile/index.js';
import { decide } from '../decide/index.js';
import type { Authorization } from '../decide/index.js';
import { concrete } from './concrete.js';
import { conditionsOf } from './conditions.js';
import type { AnswerCondition } from './conditions.js';
import { alignVariables, wholeIdentityOf } from './align.js';
import { undecidedIn, withoutUndecided } from './undecided.js';
import { searchOf } from './witness.js';
import type { Search } from './witness.js';

/** One of two states of an estate, and the request as it is made there. */
export interface ComparedSide {
  readonly inventory: Inventory;
  readonly request: PartialRequest;
}

/** What a change does to one request, over all contexts. */
export interface Compared {
  /** Allowed after the change and refused before. */
  readonly gained: Contrast;
  /** Allowed before the change and refused after. */
  readonly lost: Contrast;
}

/** Whether some request is allowed on one side and refused on the other. */
export type Contrast =
  /** None is: a proof. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'some';
      /** All of them, an OR of ANDs, as short as it can be; empty where it would be too long to help. */
      readonly conditions: readonly (readonly AnswerCondition[])[];
      /** As it is made on the side that allows it. */
      readonly witness: Request;
      /** As it is made on the other side. */
      readonly other: Request;
      readonly allowed: Authorization;
      readonly refused: Authorization;
    }
  | {
      readonly kind: 'unknown';
      /** A request for which nobody can tell, as it is made on the side that may allow it. */
      readonly witness: Request;
      readonly other: Request;
      readonly allowed: Authorization;
      readonly refused: Authorization;
      readonly missing: readonly Missing[];
      /** The limit that was reached, in words. */
      readonly limit?: string;
    };

const none: Contrast = { kind: 'none' };

/** Compares what two states of an estate make of a request. */
export type Comparer = (before: ComparedSide, after: ComparedSide) => Compared;

/**
 * Compares what two states of an estate make of a request: exactly, or `unknown`. What neither of them
 * supplies is one unknown, which is the same before and after. One comparer is for requests of one caller
 * about one resource: what it found for an action it knows for every other of which the policies say the same.
 */
export function createComparer(): Comparer {
  const formulas = createFormulas<RequestAtom>(wholeIdentityOf);
  const known = new Map<string, Compared>();
  return (before, after) => {
    const later = sideOf(formulas, after);
    const earlier = sideOf(formulas, before);
    // Equal policies make one formula, whatever their order.
    if (earlier.formula === later.formula) return { gained: none, lost: none };
    const name = `${earlier.formula.id} ${later.formula.id}`;
    const alike = known.get(name);
    const gained = alike && again(alike.gained, later, earlier);
    const lost = alike && again(alike.lost, earlier, later);
    if (gained !== undefined && lost !== undefined) return { gained, lost };
    const compared = {
      gained: contrast(formulas, later, earlier),
      lost: contrast(formulas, earlier, later),
    };
    known.set(name, compared);
    return compared;
  };
}

function sideOf(formulas: Formulas<RequestAtom>, side: ComparedSide): CompiledSide {
  return { ...side, formula: compileRequest(formulas, side.inventory, side.request) };
}

// The same for another action; `undefined` where the interpreter does not decide it alike.
function again(
  found: Contrast,
  allowing: CompiledSide,
  refusing: CompiledSide,
): Contrast | undefined {
  if (found.kind === 'none') return found;
  const { action } = allowing.request;
  const witness = { ...found.witness, action };
  const other = { ...found.other, action };
  const allowed = decide(allowing.inventory, witness);
  const refused = decide(refusing.inventory, other);
  const isAlike =
    found.kind === 'unknown' || (allowed.decision === 'Allow' && /Deny$/.test(refused.decision));
  return isAlike ? { ...found, witness, other, allowed, refused } : undefined;
}

interface CompiledSide extends ComparedSide {
  readonly formula: Formula<RequestAtom>;
}

function contrast(
  formulas: Formulas<RequestAtom>,
  allowing: CompiledSide,
  refusing: CompiledSide,
): Contrast {
  const { formula, differing } = alignVariables(formulas, refusing.formula, allowing.formula);
  const only = formulas.all([allowing.formula, formulas.not(formula)]);
  const search = searchOf(formulas, allowing.inventory, allowing.request, only);
  const possible = search.solve(only);
  if (possible.kind === 'unsatisfiable' && differing.length === 0) return none;
  const certain = withoutUndecided(formulas, only);
  const found = search.solve(certain);
  if (found.kind === 'satisfied') {
    const replayed = replay(search, refusing, found.model);
    if (replayed !== undefined)
      return {
        kind: 'some',
        conditions: conditionsOf(formulas, certain, search.solve),
        ...replayed,
      };
  }
  return unknown(search, refusing, differing, [possible, found]);
}

interface Replayed {
  readonly witness: Request;
  readonly other: Request;
  readonly allowed: Authorization;
  readonly refused: Authorization;
}

// INVARIANT: what the solver found is shown only where the interpreter decides it so on both sides;
// `undefined` where it cannot decide one of them, as it does not combine unknowns.
function replay(search: Search, refusing: CompiledSide, model: Assignment): Replayed | undefined {
  const attempts = [short(search, model), whole(search, refusing, model)];
  let isOpen = false;
  for (const { values, variables } of attempts) {
    const outcome = decideBoth(search, refusing, values, variables);
    const decisions = [outcome.allowed.decision, outcome.refused.decision];
    if (decisions[0] === 'Allow' && decisions[1] !== 'Allow' && decisions[1] !== 'Unknown')
      return outcome;
    isOpen ||= decisions.includes('Unknown');
  }
  invariant(
    isOpen,
    `a request found to be allowed on one side only is so when decided: ${JSON.stringify([...model])}`,
  );
  return undefined;
}

interface Attempt {
  readonly values: Assignment;
  readonly variables: readonly Variable[];
}

function short({ variables }: Search, values: Assignment): Attempt {
  return { values, variables };
}

// With what every request has, where a policy is surprised not to find it.
function whole(
  { inventory, request, variables }: Search,
  refusing: CompiledSide,
  model: Assignment,
): Attempt {
  const every = [
    ...variablesOfEvery(refusing.inventory, refusing.request),
    ...variablesOfEvery(inventory, request),
  ];
  const ordinary = requestTheory(every).model([]);
  const values = ordinary.kind === 'model' ? new Map([...ordinary.model, ...model]) : model;
  return { values, variables: [...every, ...variables] };
}

function decideBoth(
  { inventory, request }: Search,
  refusing: CompiledSide,
  values: Assignment,
  variables: readonly Variable[],
): Replayed {
  const witness = concrete(inventory, request, values, variables);
  // What the request chooses here and the parties fix there stays as they fix it, such as a session's tag.
  const chosen = variables.filter(({ spelling }) =>
    isOpen(refusing.inventory, refusing.request, spelling),
  );
  const other = concrete(refusing.inventory, refusing.request, values, chosen);
  return {
    witness,
    other,
    allowed: decide(inventory, witness),
    refused: decide(refusing.inventory, other),
  };
}

function unknown(
  search: Search,
  refusing: CompiledSide,
  differing: readonly Variable[],
  solutions: readonly ReturnType<Search['solve']>[],
): Contrast {
  const limits = solutions.flatMap((one) => (one.kind === 'unknown' ? [one.limit] : []));
  const [model] = solutions.flatMap((one) => (one.kind === 'satisfied' ? [one.model] : []));
  const outcome = decideBoth(search, refusing, model ?? new Map(), search.variables);
  const missing = distinctMissing([
    ...undecidedIn(search.formula),
    ...outcome.allowed.missing,
    ...outcome.refused.missing,
  ]);
  if (missing.length === 0 && limits.length === 0) {
    for (const { spelling } of differing)
      limits.push(`who may set \`${spelling}\` to what changes`);
  }
  return {
    kind: 'unknown',
    ...outcome,
    missing,
    ...(limits[0] === undefined ? {} : { limit: limits[0] }),
  };
}
