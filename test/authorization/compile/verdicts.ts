import {
  compileDecisions,
  compileRequest,
  completedBy,
  identityOf,
} from '../../../src/authorization/compile/index.js';
import type { RequestAtom } from '../../../src/authorization/compile/index.js';
import { decide } from '../../../src/authorization/decide/index.js';
import type { Inventory, Request } from '../../../src/inventory/index.js';
import { createFormulas } from '../../../src/logic/index.js';

type Verdict = 'Allow' | 'Deny' | 'Unknown';

/** What the interpreter decides. */
export function decided(estate: Inventory, asked: Request): Verdict {
  const { decision } = decide(estate, asked);
  return decision === 'Allow' || decision === 'Unknown' ? decision : 'Deny';
}

/** What the compiled formula says, completed by the request. */
export function compiled(estate: Inventory, asked: Request): Verdict {
  const formulas = createFormulas<RequestAtom>(identityOf);
  const formula = compileRequest(formulas, estate, asked);
  const completed = formulas.evaluate(formula, completedBy(estate, asked));
  if (completed.kind !== 'constant') return 'Unknown';
  return completed.value ? 'Allow' : 'Deny';
}

/** What is compiled for many requests says of one after the other. */
export function compiledForMany(estate: Inventory): (asked: Request) => Verdict {
  const decide = compileDecisions(estate);
  const names = { allowed: 'Allow', refused: 'Deny', unknown: 'Unknown' } as const;
  return (asked) => names[decide(asked)];
}

/** With what every real request has, and generated ones may lack. */
export function realistic(asked: Request): Request {
  const context = new Map(asked.context);
  if (!context.has('aws:currenttime')) context.set('aws:currenttime', '2026-11-25T12:00:00Z');
  if (asked.caller.kind === 'role-session' && !context.has('aws:tokenissuetime')) {
    context.set('aws:tokenissuetime', '2026-11-25T11:00:00Z');
  }
  if (asked.action === 'kms:CreateGrant' && !context.has('kms:grantoperations')) {
    context.set('kms:grantoperations', ['Decrypt']);
  }
  return { ...asked, context };
}
