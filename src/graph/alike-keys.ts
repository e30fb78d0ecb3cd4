import type { Grant, Inventory, Key } from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import type { Broken, PrincipalForm, Statement } from '../policy/index.js';
import { hasHole } from '../source/index.js';
import { hasOpenValue, idOn, sayingOf, textOf } from './relevant.js';
import type { Saying } from './relevant.js';
import { formOf, surroundingDocuments } from './resource-side.js';

/**
 * What all that is not a caller's own makes of a key, for callers whom it does not name: equal for keys
 * between which it makes no difference to them; `undefined` where that cannot be told.
 */
export function sideFor(inventory: Inventory, action: string, key: Key): string | undefined {
  const { arn, account, region, policy, grants, tags, spec, usage, origin, multiRegion } = key;
  if (hasHole(arn) || policy === undefined || policy.unresolved !== undefined) return undefined;
  const around = surroundingDocuments(inventory).map((document) => sayingOf(document, action));
  const own = sayingOf(policy, action);
  if (tags === undefined || [...tags].flat().some(hasHole)) return undefined;
  if (![own, ...around].every((saying) => saysTheSameOfAll(saying) && !looksAtTags(saying)))
    return undefined;
  const statements = own.statements.filter((statement) => !isOfNamed(statement));
  // The account in which a grant was made may have a say in retiring it.
  if (/retiregrant$/i.test(action) && grants !== undefined && grants.length > 0) return undefined;
  const others = grants?.filter((grant) => !partiesOf(grant).every((form) => isNamed(form)));
  if (others !== undefined && others.length > 0) return undefined;
  return JSON.stringify([
    [parseArn(arn)?.partition, account, region, spec, usage, origin, multiRegion],
    [key.primaryRegion, key.manager, grants === undefined],
    idOn(
      { ...own, statements, id: [policy.version, ...statements.map(textOf).sort()].join() },
      key,
    ),
    around.map((saying) => idOn(saying, key)),
  ]);
}

const known = new WeakMap<Saying, boolean>();

/**
 * Whether what statements say of keys, of which all tags are known, hangs on nothing but which keys they
 * may be about.
 */
export function saysTheSameOfAll(saying: Saying): boolean {
  let same = known.get(saying);
  if (same === undefined) {
    same = saying.statements.every(isPlain);
    known.set(saying, same);
  }
  return same;
}

function isPlain(statement: Statement | Broken): boolean {
  if (statement.kind === 'broken') return false;
  const { resource, conditions } = statement;
  if (resource?.patterns.some(({ text }) => text.includes('${') || hasHole(text)) === true)
    return false;
  // What contradicts a key's tags is not about the key; what is left holds of them.
  return !conditions.some(
    (condition) =>
      hasHole(condition.key) || hasOpenValue(condition) || /alias/i.test(condition.key),
  );
}

// In key policies and those of organizations, tags count in ways of their own.
function looksAtTags({ statements }: Saying): boolean {
  return statements.some(
    (statement) =>
      statement.kind === 'statement' &&
      statement.conditions.some(({ key }) => /^aws:resourcetag\//i.test(key)),
  );
}

function isOfNamed(statement: Statement | Broken): boolean {
  if (statement.kind === 'broken' || statement.principal === undefined) return false;
  const { negated, entries } = statement.principal;
  return !negated && entries.every(({ form }) => isNamed(form));
}

function partiesOf({ grantee, retiringPrincipal = grantee }: Grant): readonly PrincipalForm[] {
  return [formOf(grantee), formOf(retiringPrincipal)];
}

// Whom such a name means is never somebody whom nobody names.
function isNamed(form: PrincipalForm): boolean {
  switch (form.kind) {
    case 'user':
    case 'role':
    case 'role-session':
    case 'federated-user':
      return !hasHole(form.arn);
    case 'unique-id':
      return !hasHole(form.id);
    case 'service':
      return !hasHole(form.name);
    case 'invalid':
      return true;
    case 'everyone':
    case 'account':
    case 'provider':
    case 'canonical-user':
    case 'unresolved':
      return false;
  }
}
