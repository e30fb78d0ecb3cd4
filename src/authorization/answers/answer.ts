import {
  distinctMissing,
  findKeys,
  findPrincipals,
  separate,
  withoutMissing,
} from '../../inventory/index.js';
import type { Inventory, Missing, Request } from '../../inventory/index.js';
import { createFormulas } from '../../logic/index.js';
import type { Formula } from '../../logic/index.js';
import { invariant } from '../../source/index.js';
import { compileRequest, identityOf } from '../compile/index.js';
import type { PartialRequest, RequestAtom } from '../compile/index.js';
import { decide } from '../decide/index.js';
import type { LayerOutcome } from '../decide/index.js';
import { conditionsOf } from './conditions.js';
import type { AnswerCondition } from './conditions.js';
import { concrete } from './concrete.js';
import { inOtherWorld, isUndecided, undecidedIn } from './undecided.js';
import { searchOf, witness } from './witness.js';
import type { Search } from './witness.js';

/** What holds over all contexts of a request. */
export type Answer = Always | Never | When | Unknown;

interface Answered {
  /** The layers, as they decide the example, or the counterexample where there is no example. */
  readonly layers: readonly LayerOutcome[];
  /** Limiting layers, and grants, that were not supplied and taken as absent. */
  readonly assumed: readonly Missing[];
}

/** Every such request is allowed: a proof. */
export interface Always extends Answered {
  readonly kind: 'always';
  readonly example: Request;
}

/** No such request is allowed: a proof. */
export interface Never extends Answered {
  readonly kind: 'never';
  readonly counterexample: Request;
}

/** Some are allowed and some are not. */
export interface When extends Answered {
  readonly kind: 'when';
  /** An OR of ANDs, as short as it can be; empty where it would be too long to help. */
  readonly conditions: readonly (readonly AnswerCondition[])[];
  readonly example: Request;
  readonly counterexample: Request;
}

/** Facts are missing, or a limit of the search was reached. */
export interface Unknown extends Answered {
  readonly kind: 'unknown';
  readonly missing: readonly Missing[];
  /** The limit that was reached, in words. */
  readonly limit?: string;
}

/** Whether the request is allowed, over all contexts that it may have: exactly, or `unknown`. */
export function answer(inventory: Inventory, request: PartialRequest): Answer {
  if (isDefinedOnce(inventory, request)) return answerOne(inventory, request);
  const answers = separate(inventory).map((one) => answerOne(one, request));
  const [first, ...others] = answers;
  invariant(first !== undefined, 'an inventory stands for at least one');
  return others.every(({ kind }) => kind === first.kind) ? first : contradictory(first, request);
}

function isDefinedOnce(inventory: Inventory, { caller, resource }: PartialRequest): boolean {
  return findKeys(inventory, resource).length < 2 && findPrincipals(inventory, caller).length < 2;
}

// Each definition would give another answer, and nobody can tell which one holds.
function contradictory({ layers, assumed }: Answer, { resource }: PartialRequest): Unknown {
  const detail = 'which of several definitions of the key or the principal holds';
  return {
    kind: 'unknown',
    missing: [{ layer: 'attribute', of: resource, detail }],
    layers,
    assumed,
  };
}

function answerOne(inventory: Inventory, request: PartialRequest): Answer {
  const formulas = createFormulas<RequestAtom>(identityOf);
  const formula = compileRequest(formulas, inventory, request);
  const search = searchOf(formulas, inventory, request, formula);

  const allowed = search.solve(formula);
  if (allowed.kind === 'unsatisfiable') return never(search);
  const refused = search.solve(formulas.not(formula));
  if (refused.kind === 'unsatisfiable') return always(search);
  if (allowed.kind === 'unknown') return unknown(search, allowed.limit);
  if (refused.kind === 'unknown') return unknown(search, refused.limit);

  const undecided = undecidedIn(formula);
  if (undecided.length > 0) {
    // One request that is allowed if the missing facts are so, and refused if they are otherwise.
    const differs = search.solve(
      formulas.all([formula, formulas.not(inOtherWorld(formulas, formula))]),
    );
    if (differs.kind !== 'unsatisfiable') return unknown(search);
  }
  const settled = formulas.substitute(formula, (atom) =>
    isUndecided(atom) ? formulas.never : formulas.atom(atom),
  );
  return when(search, settled);
}

function always(search: Search): Always | Unknown {
  const found = witness(search, search.formula, 'allowed');
  if (found === undefined) return unknown(search);
  const { layers, assumed } = found.authorization;
  return { kind: 'always', example: found.request, layers, assumed };
}

function never(search: Search): Never | Unknown {
  const found = witness(search, search.formulas.not(search.formula), 'refused');
  if (found === undefined) return unknown(search);
  const { layers, assumed } = found.authorization;
  return { kind: 'never', counterexample: found.request, layers, assumed };
}

function when(search: Search, settled: Formula<RequestAtom>): When | Unknown {
  const { formulas } = search;
  const example = witness(search, settled, 'allowed');
  const counterexample = witness(search, formulas.not(settled), 'refused');
  if (example === undefined || counterexample === undefined) return unknown(search);
  const { layers, assumed } = example.authorization;
  return {
    kind: 'when',
    conditions: conditionsOf(formulas, settled, search.solve),
    example: example.request,
    counterexample: counterexample.request,
    layers,
    assumed,
  };
}

function unknown(search: Search, limit?: string): Unknown {
  const { inventory, request, formula } = search;
  const authorization = decide(inventory, concrete(inventory, request, new Map(), []));
  const missing = distinctMissing([...undecidedIn(formula), ...authorization.missing]);
  return {
    kind: 'unknown',
    missing,
    ...(limit === undefined ? {} : { limit }),
    layers: authorization.layers,
    assumed: withoutMissing(authorization.assumed, missing),
  };
}
