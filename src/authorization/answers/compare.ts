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
      readonly allowed: Authorization;
      readonly refused: Authorization;
    }
  | {
      readonly kind: 'unknown';
      /** A request for which nobody can tell, as it is made on the side that may allow it. */
      readonly witness: Request;
      readonly allowed: Authorization;
      readonly refused: Authorization;
      readonly missing: readonly Missing[];
      /** The limit that was reached, in words. */
      readonly limit?: string;
    };

const none: Contrast = { kind: 'none' };

/**
 * Compares what two states of an estate make of a request: exactly, or `unknown`. What neither of them
 * supplies is one unknown, which is the same before and after.
 */
export function compare(before: ComparedSide, after: ComparedSide): Compared {
  const formulas = createFormulas<RequestAtom>(wholeIdentityOf);
  const later = { ...after, formula: compileRequest(formulas, after.inventory, after.request) };
  const earlier = {
    ...before,
    formula: compileRequest(formulas, before.inventory, before.request),
  };
  // Equal policies make one formula, whatever their order.
  if (earlier.formula === later.formula) return { gained: none, lost: none };
  return {
    gained: contrast(formulas, later, earlier),
    lost: contrast(formulas, earlier, later),
  };
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
  const missing = new Map<string, Missing>();
  const note = (one: Missing): void =>
    void missing.set(`${one.layer} ${one.of} ${one.detail}`, one);
  undecidedIn(search.formula).forEach(note);
  [...outcome.allowed.missing, ...outcome.refused.missing].forEach(note);
  if (missing.size === 0 && limits.length === 0) {
    for (const { spelling } of differing)
      limits.push(`who may set \`${spelling}\` to what changes`);
  }
  return {
    kind: 'unknown',
    ...outcome,
    missing: [...missing.values()],
    ...(limits[0] === undefined ? {} : { limit: limits[0] }),
  };
}
