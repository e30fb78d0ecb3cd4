import { deriveContext, findPrincipal, findValue } from '../../inventory/index.js';
import type { Context, Inventory, Request } from '../../inventory/index.js';
import type { Formula, Literal } from '../../logic/index.js';
import { matchesWildcard } from '../../policy/index.js';
import { hasHole } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { Comparison, RequestAtom, Variable } from './atoms.js';
import { outcomeOf, plain, unknown } from './complete.js';
import type { Known } from './complete.js';
import { passes } from './single-values.js';

/** A concrete request, and what follows from it, worked out when first needed. */
export interface Run {
  readonly request: Request;
  derived?: Context;
}

/** Whether a formula holds for a request; `undefined` where the request does not tell. */
export type Program = (run: Run) => boolean | undefined;

/** What the programs for one caller, action and resource have in common. */
export interface Programming {
  readonly inventory: Inventory;
  /** The request without its context and the name of its session. */
  readonly request: Request;
  /** The condition keys that follow from it. */
  readonly derived: Context;
}

/** A formula as functions: what is quickly looked at first, and nothing more than decides it. */
export function program(from: Programming, formula: Formula<RequestAtom>): Program {
  const done = new Map<number, Priced>();
  const visit = (at: Formula<RequestAtom>): Priced => {
    let result = done.get(at.id);
    if (result === undefined) {
      result = priced(at);
      done.set(at.id, result);
    }
    return result;
  };
  const priced = (at: Formula<RequestAtom>): Priced => {
    switch (at.kind) {
      case 'constant':
        return { price: 0, run: () => at.value };
      case 'literal':
        return literalProgram(from, at);
      case 'all':
      case 'any': {
        const parts = at.parts.map(visit).sort((a, b) => a.price - b.price);
        return {
          price: parts.reduce((sum, { price }) => sum + price, 0),
          run: junction(
            parts.map(({ run }) => run),
            at.kind === 'any',
          ),
        };
      }
    }
  };
  return visit(formula).run;
}

interface Priced {
  /** How long it takes, roughly, where a comparison of two texts takes 1. */
  readonly price: number;
  readonly run: Program;
}

/** @param settling the outcome of a part that settles the whole */
function junction(parts: readonly Program[], settling: boolean): Program {
  return (run) => {
    let result: boolean | undefined = !settling;
    for (const part of parts) {
      const outcome = part(run);
      if (outcome === settling) return settling;
      if (outcome === undefined) result = undefined;
    }
    return result;
  };
}

function literalProgram(from: Programming, { atom, positive }: Literal<RequestAtom>): Priced {
  switch (atom.kind) {
    case 'undecidable':
      return { price: 0, run: () => undefined };
    case 'exists': {
      const read = reader(from, atom.variable);
      return {
        price: 1,
        run: (run) => {
          const value = read(run);
          return value === unknown ? undefined : (value !== undefined) === positive;
        },
      };
    }
    case 'test': {
      const read = reader(from, atom.variable);
      const { price, test } = tester(atom.comparison);
      return {
        price,
        run: (run) => {
          const value = read(run);
          if (value === unknown) return undefined;
          return (typeof value === 'string' && test(value)) === positive;
        },
      };
    }
    case 'member':
    case 'linked':
      return {
        price: 20,
        run: (run) => {
          const outcome = outcomeOf(
            atom,
            (variable) => reader(from, variable)(run),
            (key) => plain(findValue(derivedOf(from, run), key)),
          );
          return outcome === undefined ? undefined : outcome === positive;
        },
      };
  }
}

interface Tester {
  readonly price: number;
  readonly test: (value: Text) => boolean;
}

// The commonest comparisons by themselves, every other one as the policy language has it.
function tester(comparison: Comparison): Tester {
  const { operator, text } = comparison;
  const isPlain = operator.family === 'String' && !operator.negated && !operator.ignoreCase;
  if (isPlain && operator.like)
    return { price: 3, test: (value) => matchesWildcard(text, value, 'exact') === true };
  if (isPlain && isUnescaped(text)) return { price: 1, test: (value) => value === text };
  return { price: 10, test: (value) => passes(comparison, value) };
}

function isUnescaped(text: Text): boolean {
  return !hasHole(text) && !text.includes('\uE001');
}

type Reader = (run: Run) => Known | typeof unknown;

function reader(
  { inventory, request: { caller }, ...from }: Programming,
  variable: Variable,
): Reader {
  const { name, spelling, missing } = variable;
  if (missing !== undefined) return () => unknown;
  if (name === '=session') return sessionOf;
  if (name.startsWith('=')) return () => variable.domain.values?.[0];
  if (name === 'aws:userid' && caller.kind === 'role-session') {
    const id = findPrincipal(inventory, caller)?.uniqueId;
    return (run) => {
      const session = sessionOf(run);
      return id === undefined || session === unknown ? unknown : `${id}:${session}`;
    };
  }
  if (name === 'aws:currenttime')
    return ({ request: { context } }) =>
      plain(context.get('aws:currenttime') ?? context.get('aws:epochtime'));
  if (followingContext.has(name))
    return (run) => plain(findValue(derivedOf({ inventory }, run), name));
  const otherwise = plain(findValue(from.derived, name));
  const exact = name.startsWith(pairs) ? pairs + spelling.slice(pairs.length) : name;
  // Names of these kinds may stand in a context in other ways.
  const isOneOfMany = name.startsWith(pairs) || name.includes('/');
  return ({ request: { context } }) => {
    const given = context.get(exact) ?? (isOneOfMany ? findValue(context, spelling) : undefined);
    return given === undefined ? otherwise : plain(given);
  };
}

const pairs = 'kms:encryptioncontext:';

/** Condition keys that follow from others of the same request. */
const followingContext: ReadonlySet<string> = new Set([
  'kms:encryptioncontextkeys',
  'aws:sourcevpc',
  'aws:viaawsservice',
]);

function derivedOf({ inventory }: Pick<Programming, 'inventory'>, run: Run): Context {
  run.derived ??= deriveContext(inventory, run.request).context;
  return run.derived;
}

function sessionOf({ request: { caller } }: Run): Text | typeof unknown {
  return caller.kind === 'role-session' && caller.session !== undefined ? caller.session : unknown;
}
