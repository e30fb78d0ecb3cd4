import { deriveContext, findPrincipal, findValue } from '../../inventory/index.js';
import type { ContextValue, Inventory, Request } from '../../inventory/index.js';
import type { Literal } from '../../logic/index.js';
import { expandVariables, matchesCondition } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import type { RequestAtom, Variable } from './atoms.js';
import { passes } from './single-values.js';

/**
 * What a concrete request makes of each atom, for completing a residual: `undefined` for what the
 * request does not decide.
 */
export function completedBy(
  inventory: Inventory,
  request: Request,
): (literal: Literal<RequestAtom>) => boolean | undefined {
  const { context, caller } = deriveContext(inventory, request);
  const session = caller.kind === 'role-session' ? (caller.session ?? unknown) : undefined;
  const valueOf = (variable: Variable): Known | typeof unknown => {
    if (variable.missing !== undefined) return unknown;
    if (variable.name === '=session') return session;
    if (variable.name.startsWith('=')) return variable.domain.values?.[0];
    if (variable.name === 'aws:userid' && caller.kind === 'role-session') {
      const id = findPrincipal(inventory, caller)?.uniqueId;
      return id === undefined || caller.session === undefined ? unknown : `${id}:${caller.session}`;
    }
    if (variable.name === 'aws:currenttime')
      return plain(context.get('aws:currenttime') ?? context.get('aws:epochtime'));
    return plain(findValue(context, variable.name));
  };
  return ({ atom }) => outcomeOf(atom, valueOf, (key) => plain(findValue(context, key)));
}

/** What a request knows of a key: its value, or that it is absent. */
export type Known = Text | readonly Text[] | undefined;

/** What no request tells. */
export const unknown = Symbol('unknown');

/**
 * Whether an atom holds, given the values of its variables; `undefined` where they do not tell.
 * @param lookup the other keys of the request, by their names in a policy's value
 */
export function outcomeOf(
  atom: RequestAtom,
  valueOf: (variable: Variable) => Known | typeof unknown,
  lookup: (key: string) => Known | typeof unknown,
): boolean | undefined {
  switch (atom.kind) {
    case 'undecidable':
      return undefined;
    case 'exists': {
      const value = valueOf(atom.variable);
      return value === unknown ? undefined : value !== undefined;
    }
    case 'test': {
      const value = valueOf(atom.variable);
      if (value === unknown) return undefined;
      return typeof value === 'string' && passes(atom.comparison, value);
    }
    case 'member': {
      const value = valueOf(atom.variable);
      if (value === unknown) return undefined;
      const values = value === undefined ? [] : typeof value === 'string' ? [value] : value;
      return values.some((one) =>
        atom.comparisons.every(({ comparison, wanted }) => passes(comparison, one) === wanted),
      );
    }
    case 'linked': {
      const value = valueOf(atom.variable);
      const others = new Map<string, Known>();
      for (const other of atom.others) {
        const known = valueOf(other);
        if (known === unknown) return undefined;
        others.set(other.spelling.toLowerCase(), known);
      }
      if (value === unknown) return undefined;
      const expanded = expandVariables(atom.text, atom.version, (key) => {
        if (others.has(key.toLowerCase())) return others.get(key.toLowerCase());
        const known = lookup(key);
        return known === unknown ? undefined : known;
      });
      return (
        typeof value === 'string' && matchesCondition(atom.operator, [expanded], value) === true
      );
    }
  }
}

/** A value of a context, or that nobody knows it. */
export function plain(value: ContextValue | undefined): Known | typeof unknown {
  return typeof value === 'object' && 'unknown' in value ? unknown : value;
}
