import { suppliedPoliciesOf } from '../../inventory/index.js';
import type { Text } from '../../source/index.js';
import { isGone, unlessAssumed } from './assumptions.js';
import type { Compiling } from './compiling.js';
import { compilePooled, undecidedLayer } from './layers.js';
import type { Pooled } from './layers.js';

/** What the identity-based policies of the caller say. */
export function compileIdentity(at: Compiling): Pooled {
  const { formulas, question } = at;
  const { caller } = question.request;
  switch (caller.kind) {
    case 'provider':
    case 'service':
    case 'anonymous':
      return { allows: formulas.never, denies: formulas.never };
    // SOURCE: facts evaluation 1.7
    case 'root':
      return { allows: formulas.always, denies: formulas.never };
    case 'federated-user':
      return withinSession(at, ofPrincipal(at, caller.federatingUser ?? caller.arn), caller.arn);
    case 'user':
      return ofPrincipal(at, caller.arn);
    case 'role-session':
      return ofPrincipal(at, caller.roleArn);
  }
}

// SOURCE: facts evaluation 9.4: without a session policy the session has none of its user's permissions
function withinSession(at: Compiling, { allows, denies }: Pooled, of: Text): Pooled {
  const detail = 'the session policies';
  const session = undecidedLayer(at, { layer: 'session', of, detail })('allows');
  return { allows: at.formulas.all([allows, session]), denies };
}

function ofPrincipal(at: Compiling, of: Text): Pooled {
  const { formulas, question } = at;
  const { inventory, principal } = question;
  const undecided = undecidedLayer(at, {
    layer: 'identity',
    of,
    detail: 'the identity-based policies',
  });
  if (principal === undefined) {
    // What is not supplied may also deny, but a Deny that nobody has shown is a limit taken as absent.
    return isGone(question)
      ? { allows: formulas.never, denies: formulas.never }
      : { allows: undecided('allows'), denies: unlessAssumed(at, undecided('denies')) };
  }
  const { documents, notSupplied } = suppliedPoliciesOf(inventory, principal);
  const { allows, denies } = compilePooled(at, documents, 'identity');
  if (notSupplied.length === 0) return { allows, denies };
  return {
    allows: formulas.any([allows, undecided('allows')]),
    denies: formulas.any([denies, unlessAssumed(at, undecided('denies'))]),
  };
}
