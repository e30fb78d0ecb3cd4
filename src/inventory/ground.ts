import { parsePrincipal } from '../policy/index.js';
import { fillHoles, hasHole, type Hole } from '../source/index.js';
import { constantsOf, type Guess } from './constants.js';
import { isConditional, isFixed, isPlain, isPrincipalEntry } from './fields.js';
import type { Inventory } from './inventory.js';
import { nameOf, survey } from './survey.js';

/** One way in which all that is unknown until deployment may turn out, made up so that it can be run. */
export interface Grounding {
  /** The inventory without holes. */
  readonly inventory: Inventory;
  /** Puts the same constants into anything else that was made from the inventory, such as a claim. */
  fill<T>(value: T): T;
}

/**
 * The ways in which to try what hangs on values known only at deployment, at most four. Each hole
 * becomes a constant, the same one wherever it stands; a claim is to be believed only if it holds in all
 * of them.
 *
 * | what is unknown | one way | another |
 * |---|---|---|
 * | an account, or a whole ARN | is of no account that is named | is of the one that its document names most |
 * | a Region | is none that is named | is the one that its document names most |
 * | whether a statement is there | it is | it is not |
 *
 * Without holes there is one way, the inventory itself. A policy that is unknown as a whole stays so.
 */
export function groundings(inventory: Inventory): readonly Grounding[] {
  const known = memory.get(inventory) ?? ground(inventory);
  memory.set(inventory, known);
  return known;
}

// An inventory never changes, and each claim about it is tried in the same worlds.
const memory = new WeakMap<Inventory, readonly Grounding[]>();

function ground(inventory: Inventory): readonly Grounding[] {
  const found = survey(inventory);
  if (found === undefined) return [{ inventory, fill: (value) => value }];
  const guesses: readonly Guess[] = found.isOpen ? ['apart', 'together'] : ['apart'];
  const presences: readonly Presence[] = found.isConditional ? ['present', 'absent'] : ['present'];
  return guesses.flatMap((guess) => {
    const constants = constantsOf(found, guess);
    return presences.map((presence) => {
      const fill = createFill((hole) => constants.get(nameOf(hole)) ?? 'unresolved', presence);
      return { inventory: fill(inventory), fill };
    });
  });
}

/** Whether statements are there that exist only under a condition known at deployment. */
type Presence = 'present' | 'absent';

/** Copies only what changes, so that what is shared stays shared. */
function createFill(constantOf: (hole: Hole) => string, presence: Presence): Grounding['fill'] {
  const filled = new Map<object, unknown>();
  const fillValue = (value: unknown): unknown => {
    if (typeof value === 'string') return hasHole(value) ? fillHoles(value, constantOf) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (!filled.has(value)) filled.set(value, fillObject(value));
    return filled.get(value);
  };
  const fillObject = (value: object): unknown => {
    if (Array.isArray(value)) return fillItems(value);
    if (value instanceof Map) {
      return new Map([...value].map(([key, item]) => [fillValue(key), fillValue(item)]));
    }
    if (value instanceof Set) return new Set([...value].map(fillValue));
    return isPlain(value) ? fillFields(value) : value;
  };
  const fillItems = (items: readonly unknown[]): readonly unknown[] => {
    const kept = presence === 'present' ? items : items.filter((item) => !isConditional(item));
    const result = kept.map(fillValue);
    const isSame = result.length === items.length && result.every((item, at) => item === items[at]);
    return isSame ? items : result;
  };
  const fillFields = (value: object): object => {
    const fields = Object.entries(value).map(
      ([name, field]: [string, unknown]) =>
        [name, isFixed(name) ? field : fillValue(field), field] as const,
    );
    const isSame = fields.every(([, result, field]) => result === field);
    if (isSame && !isConditional(value)) return value;
    const kept = fields.filter(([name]) => name !== 'presence');
    const result: object = Object.fromEntries(kept.map(([name, field]) => [name, field] as const));
    return isPrincipalEntry(result)
      ? { ...result, form: parsePrincipal(result.type, result.text) }
      : result;
  };
  // Filling keeps every shape: texts stay texts, and statements stay statements.
  return <T>(value: T): T => fillValue(value) as T;
}
