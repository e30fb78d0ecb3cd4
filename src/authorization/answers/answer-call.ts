import { distinctMissing, separate, withoutMissing } from '../../inventory/index.js';
import type { Inventory, Request } from '../../inventory/index.js';
import type { PartialRequest } from '../compile/index.js';
import { answer } from './answer.js';
import type { Answer, Unknown } from './answer.js';
import { planCall } from './call-legs.js';
import type { CallPlan, LegPlan } from './call-legs.js';
import { concrete } from './concrete.js';
import { conditionsOf } from './conditions.js';
import { searchLegs } from './leg-search.js';
import type { LegSearch, LegWitness } from './leg-search.js';

/** The answer for a call of a service that uses a KMS key: every leg must be allowed. */
export type CallAnswer = Answer & { readonly legs: readonly Leg[] };

/** One permission that a call needs. */
export interface Leg {
  readonly request: PartialRequest;
  /** For this leg alone. */
  readonly answer: Answer;
  /** As part of a call that is allowed; absent where none is, or for a leg of some calls only. */
  readonly example?: Request;
  /** Set where only some calls need it, which the answer does not count: which ones, in words. */
  readonly only?: string;
  /** Set where it is refused before any policy is read: why, in words. */
  readonly refused?: string;
  /** The inventory that the leg is asked of: with the AWS managed key of the service. */
  readonly inventory: Inventory;
}

/**
 * Whether a call of a service is allowed over all its contexts, with what the service asks of KMS for it:
 * always iff every leg always is, never iff no context that the legs share allows them all. `undefined`
 * for an action that is not known to use KMS.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export function answerCall(inventory: Inventory, request: PartialRequest): CallAnswer | undefined {
  const answers = separate(inventory).flatMap((one) => {
    const plan = planCall(one, request);
    return plan === undefined ? [] : [answerPlan(plan)];
  });
  const [first, ...others] = answers;
  if (first === undefined) return undefined;
  if (others.every(({ kind }) => kind === first.kind)) return first;
  const { layers, assumed, legs } = first;
  const detail = 'which of several definitions of the key or the principal holds';
  const missing = [{ layer: 'attribute', of: request.resource, detail } as const];
  return { kind: 'unknown', missing, layers, assumed, legs };
}

function answerPlan(plan: CallPlan): CallAnswer {
  const alone = plan.legs.map((leg) => ({ leg, answer: answerLeg(plan.inventory, leg) }));
  const needed = alone.filter(({ leg }) => leg.only === undefined);
  const assumed = distinctMissing([
    ...needed.flatMap(({ answer: { assumed: own } }) => own),
    ...plan.assumed,
  ]);
  const search = searchLegs(plan);
  const { examples, ...found } = together(
    search,
    needed.map(({ answer: one }) => one),
  );
  const legs = alone.map(({ leg, answer: one }): Leg => {
    const example = examples?.[needed.findIndex((other) => other.leg === leg)]?.request;
    return {
      request: leg.request,
      answer: one,
      inventory: plan.inventory,
      ...(example === undefined ? {} : { example }),
      ...(leg.only === undefined ? {} : { only: leg.only }),
      ...(leg.refused === undefined ? {} : { refused: leg.refused }),
    };
  });
  const missing = found.kind === 'unknown' ? found.missing : [];
  return { ...found, assumed: withoutMissing(assumed, missing), legs };
}

function answerLeg(inventory: Inventory, { request, missing, refused }: LegPlan): Answer {
  if (missing === undefined && refused === undefined) return answer(inventory, request);
  if (missing !== undefined)
    return { kind: 'unknown', missing: [missing], layers: [], assumed: [] };
  const counterexample = concrete(inventory, request, new Map(), []);
  return { kind: 'never', counterexample, layers: [], assumed: [] };
}

type Together = Answer & { readonly examples?: readonly LegWitness[] | undefined };

// As for one request, with the conjunction of the legs.
function together(search: LegSearch, alone: readonly Answer[]): Together {
  const blocking = alone.find(({ kind }) => kind === 'never');
  const allowed = search.solve(search.formula);
  if (allowed.kind === 'unsatisfiable') return neverTogether(search, blocking, alone);
  const refused = search.solve(search.formulas.not(search.formula));
  if (refused.kind === 'unsatisfiable') {
    const examples = search.witness(search.formula, 'allowed');
    const [first] = examples ?? [];
    if (first === undefined) return unknownTogether(search, alone);
    const { request: example, authorization } = first;
    return { kind: 'always', example, layers: authorization.layers, assumed: [], examples };
  }
  if (allowed.kind === 'unknown') return unknownTogether(search, alone, allowed.limit);
  if (refused.kind === 'unknown') return unknownTogether(search, alone, refused.limit);
  if (search.hangsOnMissing()) return unknownTogether(search, alone);
  return whenTogether(search, alone);
}

function neverTogether(
  search: LegSearch,
  blocking: Answer | undefined,
  alone: readonly Answer[],
): Together {
  if (blocking?.kind === 'never') return blocking;
  const refused = search.witness(search.formulas.not(search.formula), 'refused');
  const stopped = refused?.find(({ authorization }) => authorization.decision !== 'Allow');
  if (stopped === undefined) return unknownTogether(search, alone);
  const { request: counterexample, authorization } = stopped;
  return { kind: 'never', counterexample, layers: authorization.layers, assumed: [] };
}

function whenTogether(search: LegSearch, alone: readonly Answer[]): Together {
  const { formulas, settled } = search;
  const examples = search.witness(settled, 'allowed');
  const refused = search.witness(formulas.not(settled), 'refused');
  const [first] = examples ?? [];
  const stopped = refused?.find(({ authorization }) => authorization.decision !== 'Allow');
  if (first === undefined || stopped === undefined) return unknownTogether(search, alone);
  return {
    kind: 'when',
    conditions: conditionsOf(formulas, settled, search.solve),
    example: first.request,
    counterexample: stopped.request,
    layers: first.authorization.layers,
    assumed: [],
    examples,
  };
}

function unknownTogether(search: LegSearch, alone: readonly Answer[], limit?: string): Together {
  const open = alone.filter((one): one is Unknown => one.kind === 'unknown');
  const missing = distinctMissing([...open.flatMap((one) => one.missing), ...search.missing()]);
  return {
    kind: 'unknown',
    missing,
    ...(limit === undefined ? {} : { limit }),
    layers: (open[0] ?? alone[0])?.layers ?? [],
    assumed: [],
  };
}
