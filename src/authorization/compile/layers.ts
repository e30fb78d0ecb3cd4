import type { Layer, Missing } from '../../inventory/index.js';
import type { Formula } from '../../logic/index.js';
import type { PolicyDocument } from '../../policy/index.js';
import type { RequestAtom } from './atoms.js';
import type { Compiling } from './compiling.js';
import { statementsFor } from './documents.js';
import { compileDenied, compilePrincipal } from './principal.js';
import { compileBroken, compileStatement } from './statement.js';

/** What a set of policies without `Principal` says: identity policies, a boundary, one SCP level. */
export interface Pooled {
  readonly allows: Formula<RequestAtom>;
  readonly denies: Formula<RequestAtom>;
}

/** What a resource-based policy says, by how its Allow statements name the caller. */
export interface ResourceBased {
  readonly direct: Formula<RequestAtom>;
  readonly role: Formula<RequestAtom>;
  readonly account: Formula<RequestAtom>;
  readonly denies: Formula<RequestAtom>;
}

// SOURCE: facts evaluation 1.8: the statements of all policies of one layer are pooled
export function compilePooled(
  at: Compiling,
  documents: readonly PolicyDocument[],
  layer: Layer,
): Pooled {
  const { formulas } = at;
  const allows: Formula<RequestAtom>[] = [];
  const denies: Formula<RequestAtom>[] = [];
  for (const document of documents) {
    if (document.unresolved !== undefined) {
      const hidden = undecidedLayer(at, {
        layer,
        of: document.unresolved,
        detail: 'a policy that is not in the inputs',
      });
      allows.push(hidden('allows'));
      denies.push(hidden('denies'));
    }
    for (const statement of statementsFor(at.question, document)) {
      if (statement.kind === 'broken') {
        (statement.effect === 'Deny' ? denies : allows).push(compileBroken(at, statement));
        if (statement.effect === undefined) denies.push(compileBroken(at, statement));
        continue;
      }
      (statement.effect === 'Allow' ? allows : denies).push(
        compileStatement(at, document, statement),
      );
    }
  }
  return { allows: formulas.any(allows), denies: formulas.any(denies) };
}

export function compileResourceBased(
  at: Compiling,
  document: PolicyDocument,
  layer: Layer,
): ResourceBased {
  const { formulas } = at;
  const direct: Formula<RequestAtom>[] = [];
  const role: Formula<RequestAtom>[] = [];
  const account: Formula<RequestAtom>[] = [];
  const denies: Formula<RequestAtom>[] = [];
  if (document.unresolved !== undefined) {
    const hidden = undecidedLayer(at, {
      layer,
      of: document.unresolved,
      detail: 'a policy that is not in the inputs',
    });
    direct.push(hidden('allows'));
    denies.push(hidden('denies'));
  }
  for (const statement of statementsFor(at.question, document)) {
    if (statement.kind === 'broken') {
      if (statement.effect !== 'Allow') denies.push(compileBroken(at, statement));
      if (statement.effect !== 'Deny') direct.push(compileBroken(at, statement));
      continue;
    }
    if (statement.effect === 'Deny') {
      const who = compileDenied(at, statement.principal);
      if (who !== formulas.never)
        denies.push(formulas.all([who, compileStatement(at, document, statement)]));
      continue;
    }
    const who = compilePrincipal(at, statement.principal);
    if (
      who.direct === formulas.never &&
      who.role === formulas.never &&
      who.account === formulas.never
    )
      continue;
    const what = compileStatement(at, document, statement);
    direct.push(formulas.all([who.direct, what]));
    role.push(formulas.all([who.role, what]));
    account.push(formulas.all([who.account, what]));
  }
  return {
    direct: formulas.any(direct),
    role: formulas.any(role),
    account: formulas.any(account),
    denies: formulas.any(denies),
  };
}

/** Atoms for a layer that is needed and was not supplied. */
export function undecidedLayer(
  { formulas }: Compiling,
  missing: Missing,
): (outcome: 'allows' | 'denies') => Formula<RequestAtom> {
  return (outcome) =>
    formulas.atom({
      kind: 'undecidable',
      identity: `${missing.layer} of ${missing.of} ${outcome}: ${missing.detail}`,
      missing,
    });
}
