import type { Answer } from '../authorization/answers/index.js';
import { findKey, findPrincipal, isComplete, suppliedPoliciesOf } from '../inventory/index.js';
import type { Caller, Inventory, Key, Missing } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { callersOf } from './callers.js';
import type { Candidate } from './callers.js';
import { withBrought } from './classes.js';
import { attributeMoves } from './escalation-attributes.js';
import { assumeMoves, takeOverMoves } from './escalation-become.js';
import { empowerMoves } from './escalation-iam.js';
import { keyMoves } from './escalation-key.js';
import type { Goal } from './escalation-key.js';
import { createAsker } from './escalation-step.js';
import type { Asker, Move, Step } from './escalation-step.js';
import { viaOf } from './via.js';
import type { Via } from './via.js';

/** A way by which somebody who may not do something can come to be allowed to. */
export interface Escalation {
  readonly principal: Text;
  /** Whether it stands for all principals that the policies do not tell apart. */
  readonly isClass: boolean;
  /** `always`: each step and what follows always is allowed; `unknown`: one of them hangs on what is missing. */
  readonly kind: 'always' | 'when' | 'unknown';
  /** The calls on the way, in order; none could be left out. */
  readonly steps: readonly Step[];
  /** Whether what is wanted is then allowed, and who does it: the principal, or whom it came to act as. */
  readonly answer: Exclude<Answer, { kind: 'never' }>;
  readonly caller: Caller;
  readonly via: readonly Via[];
  /** The estate after the last step. */
  readonly after: Inventory;
}

/** The escalations to an action on a key. */
export interface Escalations {
  /** For each principal the shortest, at most {@link pathsMax}; principals by name, certain ones first. */
  readonly paths: readonly Escalation[];
  /** Principals whose IAM policies were not supplied; they may allow steps that nobody can know of. */
  readonly missing: readonly Missing[];
  /** Where the search ended before all was seen, in words. */
  readonly limits: readonly { readonly principal: Text; readonly limit: string }[];
}

/** Longer chains of calls are not looked for. */
const stepsMax = 6;
/** Questions asked for one principal and key. */
const questionsMax = 2_000;
/** Shortest paths shown for one principal. */
const pathsMax = 3;

/**
 * How principals who are never allowed `action` on the key could make themselves allowed: with a key
 * policy or grant that they write, roles that they come to act as, IAM policies and attributes that they
 * change. Breadth first, so that a path has as few calls as any that leads there; each call is answered
 * over all its contexts, in the estate as the calls before it leave it.
 */
export function escalationsTo(inventory: Inventory, action: string, key: Key): Escalations {
  const goal: Goal = { action, key: key.arn };
  const paths: Escalation[] = [];
  const missing: Missing[] = [];
  const limits: { principal: Text; limit: string }[] = [];
  for (const candidate of callersOf(inventory, namingTrusted(inventory, key))) {
    if (!('account' in candidate.caller)) continue;
    const world = withBrought(inventory, [candidate]);
    const asker = createAsker(questionsMax);
    const { caller, name } = candidate;
    const isKnown = hasKnownPolicies(world, caller);
    const start: State = { world, actors: [caller], steps: [], gains: new Set() };
    // Most principals can do nothing that changes anything, which is quicker to see than what they may.
    if (isKnown && movesOf(asker, start, goal).length === 0) continue;
    if (asker.ask({ world, caller, action, resource: key.arn }).kind !== 'never') continue;
    if (!isKnown) {
      const detail = 'the identity-based policies, which may allow steps of an escalation';
      missing.push({ layer: 'identity', of: name, detail });
    }
    const isWithinReach = mayArrive(asker, start, goal);
    const { found, limit } = isWithinReach
      ? search(asker, start, candidate, goal)
      : { found: [], ...limitOf(asker) };
    paths.push(...found);
    if (limit !== undefined) limits.push({ principal: candidate.name, limit });
  }
  return { paths, missing, limits };
}

// Whom trust policies name may come to a role, though the key's own policy does not know them.
function namingTrusted({ principals }: Inventory, key: Key): Key {
  const { policy } = key;
  if (policy === undefined) return key;
  const trusted = principals.flatMap(({ trust }) => trust?.statements ?? []);
  return { ...key, policy: { ...policy, statements: [...policy.statements, ...trusted] } };
}

function hasKnownPolicies(world: Inventory, caller: Caller): boolean {
  if (caller.kind === 'root' || !('account' in caller)) return true;
  const principal = findPrincipal(world, caller);
  if (principal === undefined) return isComplete(world, caller.account, 'principals');
  return suppliedPoliciesOf(world, principal).notSupplied.length === 0;
}

/** What an actor has come to on the way. */
interface State {
  readonly world: Inventory;
  readonly actors: readonly Caller[];
  readonly steps: readonly Step[];
  readonly gains: ReadonlySet<string>;
}

/**
 * Whether the goal is in reach at all: everything that can be gained is taken at once, round after round.
 * As calls only add to what is allowed, but for tags and aliases, of which each is tried by itself, this
 * answers for most in a few rounds what a search for the shortest path would ask thousands of times.
 */
function mayArrive(asker: Asker, start: State, goal: Goal): boolean {
  let state = start;
  for (let round = 0; round < stepsMax; round += 1) {
    const { gains } = state;
    const gained = movesOf(asker, state, goal).filter(({ gain }) => !gains.has(gain));
    if (gained.length === 0) return false;
    const unique = [...new Map(gained.map((move) => [move.gain, move])).values()];
    const together = unique.filter(({ isChoice }) => isChoice !== true).reduce(apply, state);
    if (isAllowed(asker, together, goal)) return true;
    for (const choice of unique.filter(({ isChoice }) => isChoice === true)) {
      if (isAllowed(asker, apply(together, choice), goal)) return true;
    }
    state = unique.reduce(apply, state);
  }
  return isAllowed(asker, state, goal);
}

function isAllowed(asker: Asker, { world, actors }: State, { action, key }: Goal): boolean {
  return actors.some(
    (caller) => asker.ask({ world, caller, action, resource: key }).kind !== 'never',
  );
}

function search(
  asker: Asker,
  start: State,
  candidate: Candidate,
  goal: Goal,
): { readonly found: readonly Escalation[]; readonly limit?: string } {
  const waiting = new Map<number, State[]>([[0, [start]]]);
  const seen = new Set<string>();
  const found: Escalation[] = [];
  for (let length = 0; length < stepsMax; length += 1) {
    for (const state of waiting.get(length) ?? []) {
      const path = length === 0 ? undefined : arrivalOf(asker, state, candidate, goal);
      if (path !== undefined) found.push(path);
    }
    // No longer path is shown where there is a shorter one that is certain.
    if (found.some(({ kind }) => kind !== 'unknown')) break;
    for (const state of waiting.get(length) ?? []) {
      for (const move of movesOf(asker, state, goal)) {
        const next = apply(state, move);
        const mark = [...next.gains].sort().join('\n');
        if (next.steps.length > stepsMax || seen.has(mark) || state.gains.has(move.gain)) continue;
        seen.add(mark);
        const queue = waiting.get(next.steps.length) ?? [];
        queue.push(next);
        waiting.set(next.steps.length, queue);
      }
    }
  }
  return { found: shown(found), ...limitOf(asker) };
}

function shown(found: readonly Escalation[]): readonly Escalation[] {
  const certain = found.filter(({ kind }) => kind !== 'unknown');
  return (certain.length > 0 ? certain : found).slice(0, pathsMax);
}

function limitOf(asker: Asker): { readonly limit?: string } {
  return asker.isExhausted() ? { limit: `${questionsMax} questions were asked` } : {};
}

function apply(state: State, { steps, change, becomes, gain }: Move): State {
  return {
    world: change(state.world),
    actors: becomes === undefined ? state.actors : [...state.actors, becomes],
    steps: [...state.steps, ...steps],
    gains: new Set([...state.gains, gain]),
  };
}

function movesOf(asker: Asker, { world, actors }: State, goal: Goal): readonly Move[] {
  const region = findKey(world, goal.key)?.region ?? '';
  return actors.flatMap((actor) => [
    ...keyMoves(asker, world, actor, goal),
    ...actors.flatMap((self) => empowerMoves(asker, world, actor, self)),
    ...attributeMoves(asker, world, actor, goal),
    ...assumeMoves(asker, world, actor),
    ...takeOverMoves(asker, world, actor, region),
  ]);
}

// Whoever came last is asked first.
function arrivalOf(
  asker: Asker,
  { world, actors, steps }: State,
  { name, isClass }: Candidate,
  goal: Goal,
): Escalation | undefined {
  for (const caller of [...actors].reverse()) {
    const answer = asker.ask({ world, caller, action: goal.action, resource: goal.key });
    const key = findKey(world, goal.key);
    if (answer.kind === 'never' || key === undefined) continue;
    const kinds = [...steps.map((step) => step.answer.kind), answer.kind];
    const kind = kinds.includes('unknown') ? 'unknown' : kinds.includes('when') ? 'when' : 'always';
    const via = viaOf(answer, key);
    return { principal: name, isClass, kind, steps, answer, caller, via, after: world };
  }
  return undefined;
}
