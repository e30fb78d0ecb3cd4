import type { Principal } from '../inventory/index.js';
import { variablesOf } from '../policy/index.js';
import type { Broken, Condition, Statement } from '../policy/index.js';
import { hasHole } from '../source/index.js';
import { hasOpenValue, holdsOf, textOf } from './relevant.js';

/**
 * By what statements tell callers of one kind and account apart without naming them; `everything` where
 * each caller may be treated in its own way.
 */
export type Looks = ReadonlyMap<string, Condition | 'tag'> | 'everything';

export const noLooks: Looks = new Map();

const known = new WeakMap<Statement | Broken, Looks>();

/** What some statements look at in their caller. */
export function looksOf(statements: readonly (Statement | Broken)[]): Looks {
  const parts = statements.map((statement) => {
    const looks = known.get(statement) ?? looksOfOne(statement);
    known.set(statement, looks);
    return looks;
  });
  return joinLooks(parts);
}

export function joinLooks(parts: readonly Looks[]): Looks {
  const some = parts.filter((part) => part === 'everything' || part.size > 0);
  const [first = noLooks, ...others] = some;
  if (others.length === 0) return first;
  const joined = new Map<string, Condition | 'tag'>();
  for (const part of some) {
    if (part === 'everything') return part;
    for (const [name, look] of part) joined.set(name, look);
  }
  return joined;
}

/** The condition keys that a statement looks at, in its conditions and through variables, in lower case. */
export function keysIn(statement: Statement | Broken): readonly string[] {
  if (statement.kind === 'broken') return [];
  const compared = statement.conditions.map(({ key }) => key.toLowerCase());
  return [...compared, ...variablesIn(statement)];
}

// A broken statement may hold any condition, and hides the same from all: it is one unknown.
function looksOfOne(statement: Statement | Broken): Looks {
  if (statement.kind === 'broken') return noLooks;
  const looks = new Map<string, Condition | 'tag'>();
  for (const name of variablesIn(statement)) {
    if (tagOf(name) !== undefined) looks.set(name, 'tag');
    else if (isOwn(name)) return 'everything';
  }
  for (const condition of statement.conditions) {
    const name = condition.key.toLowerCase();
    if (hasHole(name)) return 'everything';
    if (tagOf(name) !== undefined) looks.set(name, 'tag');
    else if (name === 'aws:principalarn' && !hasOpenValue(condition))
      looks.set(textOfCondition(condition), condition);
    else if (isOwn(name)) return 'everything';
  }
  return looks;
}

function variablesIn({ resource, conditions }: Statement): readonly string[] {
  const texts = [...(resource?.patterns ?? []), ...conditions.flatMap(({ values }) => values)];
  return texts.flatMap(({ text }) => variablesOf(text)).map((name) => name.toLowerCase());
}

function tagOf(name: string): string | undefined {
  const prefix = 'aws:principaltag/';
  return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}

// What else differs between the callers of one kind in one account.
function isOwn(name: string): boolean {
  return /^aws:(?:principalarn|userid|username)$/.test(name);
}

function textOfCondition({ operatorText, key, values }: Condition): string {
  return JSON.stringify([operatorText, key.toLowerCase(), values.map(({ text }) => text)]);
}

/** What of a principal such statements see; `undefined` where that is its own matter alone. */
export function seenOf(principal: Principal, looks: Looks): string | undefined {
  if (looks === 'everything' || hasHole(principal.arn)) return undefined;
  const seen: unknown[] = [];
  for (const [name, look] of looks) {
    if (look === 'tag') {
      const wanted = tagOf(name);
      const tags = principal.tags && [...principal.tags];
      seen.push(tags?.filter(([tag]) => tag.toLowerCase() === wanted) ?? 'unknown');
    } else {
      seen.push(holdsOf(look, principal.arn));
    }
  }
  const isTagged = [...looks.values()].includes('tag');
  return JSON.stringify(isTagged ? [...seen, trustOf(principal)] : seen);
}

// Whether sessions may bring tags of their own hangs on the trust policy.
function trustOf({ trust }: Principal): readonly string[] {
  return trust?.statements.map(textOf) ?? [];
}
