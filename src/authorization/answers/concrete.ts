import type { Caller, ContextValue, Inventory, Request } from '../../inventory/index.js';
import { findPrincipal } from '../../inventory/index.js';
import type { Text } from '../../source/index.js';
import type { Assignment, PartialRequest, Variable } from '../compile/index.js';

const contextPrefix = 'kms:encryptioncontext:';

/** The request that an assignment of the open condition keys describes. */
export function concrete(
  inventory: Inventory,
  request: PartialRequest,
  values: Assignment,
  variables: readonly Variable[],
): Request {
  const context = new Map<string, ContextValue>(request.context);
  const names = values.get('kms:encryptioncontextkeys');
  for (const { name, spelling, missing } of variables) {
    const value = values.get(name);
    if (value === undefined || missing !== undefined || name.startsWith('=')) continue;
    if (name === 'kms:encryptioncontextkeys') continue;
    // The id of a session that is listed follows from its name.
    if (name === 'aws:userid' && request.unlisted === undefined) continue;
    if (name === 'aws:currenttime') {
      for (const [key, text] of instant(value)) context.set(key, text);
    } else if (name.startsWith(contextPrefix)) {
      context.set(contextPrefix + pairName(spelling, names), value);
    } else {
      context.set(name, value);
    }
  }
  if (typeof names === 'object') addPairs(context, names);
  return { ...request, caller: sessionOf(inventory, request.caller, values), context };
}

// A pair is known by its key in the case that the list of keys demands.
function pairName(spelling: string, names: Text | readonly Text[] | undefined): Text {
  const own = spelling.slice(contextPrefix.length);
  if (typeof names !== 'object') return own;
  return names.find((name) => name.toLowerCase() === own.toLowerCase()) ?? own;
}

function addPairs(context: Map<string, ContextValue>, names: readonly Text[]): void {
  for (const name of names)
    if (!context.has(contextPrefix + name)) context.set(contextPrefix + name, 'example');
}

function instant(value: Text | readonly Text[]): readonly (readonly [string, Text])[] {
  const text = typeof value === 'string' ? value : (value[0] ?? '');
  const milliseconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
  if (!Number.isFinite(milliseconds)) return [['aws:currenttime', text]];
  return [
    ['aws:currenttime', new Date(milliseconds).toISOString()],
    ['aws:epochtime', String(Math.floor(milliseconds / 1_000))],
  ];
}

// Any session of a role: one with the name that was found, or an ordinary one.
function sessionOf(inventory: Inventory, caller: Caller, values: Assignment): Caller {
  if (caller.kind !== 'role-session' || caller.session !== undefined) return caller;
  const named = values.get('=session');
  const userId = values.get('aws:userid');
  const id = findPrincipal(inventory, caller)?.uniqueId;
  const fromId =
    typeof userId === 'string' && id !== undefined && userId.startsWith(`${id}:`)
      ? userId.slice(id.length + 1)
      : undefined;
  const session = fromId ?? (typeof named === 'string' ? named : 'example');
  return { ...caller, session };
}
