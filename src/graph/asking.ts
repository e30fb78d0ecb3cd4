import { answer } from '../authorization/answers/index.js';
import type { Answer, PartialRequest } from '../authorization/answers/index.js';
import {
  compileRequest,
  identityOf,
  possibleCallers,
  variablesOf,
} from '../authorization/compile/index.js';
import type { RequestAtom } from '../authorization/compile/index.js';
import { decide } from '../authorization/decide/index.js';
import type { Authorization } from '../authorization/decide/index.js';
import { findKeys, findPrincipals } from '../inventory/index.js';
import type { Caller, Inventory, Request } from '../inventory/index.js';
import { createFormulas } from '../logic/index.js';

/**
 * Asks questions, many of which are alike. `refused` is the answer to one that is never allowed, where a
 * request of its own need not be shown.
 */
export type Ask = (inventory: Inventory, request: PartialRequest, refused?: Never) => Answer;

type Never = Extract<Answer, { readonly kind: 'never' }>;

/**
 * Questions whose formulas are the same, and callers those who can have the same tags and names, have the same answer, which is searched for once: each of them
 * tries the requests that were found for the first, and is answered by itself where they do not serve.
 */
export function createAsker(): Ask {
  const formulas = createFormulas<RequestAtom>(identityInAll);
  const answers = new Map<string, Answer>();
  return (inventory, request, refused) => {
    const { caller, resource } = request;
    // Several definitions are several questions.
    if (findKeys(inventory, resource).length > 1 || findPrincipals(inventory, caller).length > 1)
      return answer(inventory, request);
    const formula = compileRequest(formulas, inventory, request);
    const possible = possibleCallers(formulas, inventory, request, formula);
    const id = `${formula.id} ${possible.id} ${request.unlisted?.id ?? ''}`;
    const alike = answers.get(id);
    if (alike?.kind === 'never' && refused !== undefined) return refused;
    const found = alike && replayed(alike, inventory, request);
    if (found !== undefined) return found;
    const own = answer(inventory, request);
    if (alike === undefined) answers.set(id, own);
    return own;
  };
}

// In another question a condition key of the same name may have other values.
function identityInAll(atom: RequestAtom): string {
  const values = variablesOf(atom).map(({ domain, missing }) => [domain, missing]);
  return `${identityOf(atom)} ${JSON.stringify(values)}`;
}

// INVARIANT: each request that is shown has been decided as it is shown.
function replayed(
  found: Answer,
  inventory: Inventory,
  request: PartialRequest,
): Answer | undefined {
  switch (found.kind) {
    case 'always': {
      const shown = replay(found.example, inventory, request);
      if (shown.authorization.decision !== 'Allow') return undefined;
      return { kind: 'always', example: shown.request, ...layersOf(shown.authorization) };
    }
    case 'never': {
      const shown = replay(found.counterexample, inventory, request);
      if (!isRefused(shown.authorization)) return undefined;
      return { kind: 'never', counterexample: shown.request, ...layersOf(shown.authorization) };
    }
    case 'when': {
      const allowed = replay(found.example, inventory, request);
      const refused = replay(found.counterexample, inventory, request);
      if (allowed.authorization.decision !== 'Allow' || !isRefused(refused.authorization))
        return undefined;
      return {
        kind: 'when',
        conditions: found.conditions,
        example: allowed.request,
        counterexample: refused.request,
        ...layersOf(allowed.authorization),
      };
    }
    // What is missing is not the same for two that miss it.
    case 'unknown':
      return undefined;
  }
}

interface Shown {
  readonly request: Request;
  readonly authorization: Authorization;
}

function replay(example: Request, inventory: Inventory, request: PartialRequest): Shown {
  const { context } = example;
  const own: Request = { ...request, caller: inSession(request.caller, example.caller), context };
  return { request: own, authorization: decide(inventory, own) };
}

function isRefused({ decision }: Authorization): boolean {
  return decision === 'ImplicitDeny' || decision === 'ExplicitDeny';
}

function layersOf({ layers, assumed }: Authorization): Pick<Answer, 'layers' | 'assumed'> {
  return { layers, assumed };
}

/** A caller as another made a request: in a session of the same name, or of an ordinary one. */
export function inSession(caller: Caller, made: Caller): Caller {
  if (caller.kind !== 'role-session' || caller.session !== undefined) return caller;
  const session = made.kind === 'role-session' ? made.session : undefined;
  const { kind, account, roleArn, role } = caller;
  return { kind, account, roleArn, role, session: session ?? 'example' };
}
