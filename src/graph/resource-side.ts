import type { Inventory, Key } from '../inventory/index.js';
import { parseCaller } from '../inventory/index.js';
import { parsePrincipal } from '../policy/index.js';
import type { Broken, PolicyDocument, PrincipalForm, Statement } from '../policy/index.js';
import { hasHole } from '../source/index.js';
import type { Text } from '../source/index.js';
import type { Tells } from './faces.js';
import { joinLooks, keysIn, looksOf, noLooks } from './looks.js';
import type { Looks } from './looks.js';
import { sayingOf } from './relevant.js';

/** How all that is not a caller's own treats callers who ask for one action on one key. */
export interface ResourceSide {
  readonly looks: Looks;
  /** Who is named: `user <ARN>`, `role <account> <name>` or `id <unique id>`. */
  readonly names: ReadonlySet<string>;
  /** Whether principals of an account whom nothing names may be let in at all. */
  readonly admits: (account: Text) => boolean;
}

export function resourceSideOf(inventory: Inventory, action: string, key: Key): ResourceSide {
  const around = surroundings(inventory, action);
  const granted = (key.grants ?? []).flatMap(
    ({ grantee, retiringPrincipal = grantee, issuingAccount = key.account }) =>
      [grantee, retiringPrincipal, issuingAccount].map(formOf),
  );
  const written = key.policy === undefined ? [] : formsIn(key.policy, action);
  const forms = [...written, ...granted];
  const own = key.policy === undefined ? noLooks : looksIn(key.policy, action);
  return {
    looks: joinLooks([around.looks, own, ...forms.map(looksByHoles)]),
    names: new Set([...around.names, ...forms.flatMap(namesOf)]),
    admits: admission(key, action, granted),
  };
}

/** What the policies around a key may tell callers of one account apart by, where nobody is named. */
export function tellsAt(inventory: Inventory, action: string, key: Key): Tells {
  const around = surroundings(inventory, action).tells;
  return key.policy === undefined ? around : bothTell(around, tellsIn(key.policy, action));
}

const tellsNothing: Tells = { kinds: false, federated: false, organizations: false };

/** What either of two policies tells callers apart by. */
export function bothTell(a: Tells, b: Tells): Tells {
  return {
    kinds: a.kinds || b.kinds,
    federated: a.federated || b.federated,
    organizations: a.organizations || b.organizations,
  };
}

function tellsIn(document: PolicyDocument, action: string): Tells {
  const { statements } = sayingOf(document, action);
  const keys = statements.flatMap(keysIn);
  return {
    kinds: keys.some((key) => !isOfAllKinds(key)),
    federated: statements.some(speaksOfFederated),
    organizations: keys.some((key) => /^aws:principalorg(?:id|paths)$/.test(key)),
  };
}

function speaksOfFederated(statement: Statement | Broken): boolean {
  if (statement.kind === 'broken') return false;
  return statement.conditions.some(({ key, values }) => {
    const name = key.toLowerCase();
    if (name === 'aws:principaltype') return true;
    const pattern = /sts|federated/;
    return name === 'aws:principalarn' && values.some(({ text }) => pattern.test(text));
  });
}

function isOfAllKinds(key: string): boolean {
  return (
    /^kms:[\w:-]+$/.test(key) ||
    /^aws:(?:principal(?:orgid|account|isawsservice|servicename\w*)|resource\w+|requestedregion|source(?:ip|vpc|vpce|arn|account|org\w+)|vpcsourceip|via\w+|calledvia\w*|currenttime|epochtime|securetransport|useragent|referer|tagkeys|multifactorauth\w+)$/.test(
      key,
    ) ||
    /^aws:re(?:source|quest)tag\//.test(key)
  );
}

interface Surroundings {
  readonly tells: Tells;
  readonly looks: Looks;
  readonly names: readonly string[];
}

const known = new WeakMap<Inventory, Map<string, Surroundings>>();

// The policies of organizations and endpoints stand around every key alike.
function surroundings(inventory: Inventory, action: string): Surroundings {
  const byAction = known.get(inventory) ?? new Map<string, Surroundings>();
  known.set(inventory, byAction);
  let found = byAction.get(action);
  if (found === undefined) {
    const documents = surroundingDocuments(inventory);
    const forms = documents.flatMap((document) => formsIn(document, action));
    found = {
      tells: documents.map((document) => tellsIn(document, action)).reduce(bothTell, tellsNothing),
      looks: joinLooks([
        ...documents.map((document) => looksIn(document, action)),
        ...forms.map(looksByHoles),
      ]),
      names: forms.flatMap(namesOf),
    };
    byAction.set(action, found);
  }
  return found;
}

/** The policies of organizations and endpoints, each once. */
export function surroundingDocuments({
  accounts,
  endpoints,
}: Inventory): readonly PolicyDocument[] {
  return [
    ...new Set([
      ...accounts.flatMap(({ scps = [], rcps = [] }) => [...scps, ...rcps].flat()),
      ...endpoints.flatMap(({ policy }) => (policy === undefined ? [] : [policy])),
    ]),
  ];
}

function looksIn(document: PolicyDocument, action: string): Looks {
  return looksOf(sayingOf(document, action).statements);
}

function formsIn(document: PolicyDocument, action: string): readonly PrincipalForm[] {
  return sayingOf(document, action).statements.flatMap((statement) =>
    statement.kind === 'broken' ? [] : (statement.principal?.entries.map(({ form }) => form) ?? []),
  );
}

export function formOf(grantee: Text): PrincipalForm {
  return parsePrincipal(parseCaller(grantee)?.kind === 'service' ? 'Service' : 'AWS', grantee);
}

// Whom a name with holes means is a question of its own for each caller.
function looksByHoles(form: PrincipalForm): Looks {
  return namesOf(form).some(hasHole) ? 'everything' : noLooks;
}

function namesOf(form: PrincipalForm): readonly string[] {
  switch (form.kind) {
    case 'user':
      return [`user ${form.arn}`];
    case 'role':
      return [`role ${form.account} ${form.name}`];
    case 'role-session':
      return [`role ${form.account} ${form.role}`];
    case 'unique-id':
      return [`id ${form.id}`];
    case 'everyone':
    case 'account':
    case 'federated-user':
    case 'service':
    case 'provider':
    case 'canonical-user':
    case 'unresolved':
    case 'invalid':
      return [];
  }
}

// SOURCE: facts evaluation 10: from another account, nobody gets in whom the key's side does not let in
function admission(
  key: Key,
  action: string,
  granted: readonly PrincipalForm[],
): ResourceSide['admits'] {
  const { account: home, policy } = key;
  if (policy === undefined || policy.unresolved !== undefined) return anybody;
  const allowing = sayingOf(policy, action).statements.filter(({ effect }) => effect !== 'Deny');
  const forms = [...granted];
  for (const statement of allowing) {
    if (statement.kind === 'broken' || statement.principal?.negated === true) return anybody;
    for (const { form } of statement.principal?.entries ?? []) forms.push(form);
  }
  const accounts = new Set([home]);
  for (const form of forms) {
    if (form.kind === 'everyone' || form.kind === 'unresolved') return anybody;
    if (form.kind === 'account') accounts.add(form.account);
  }
  if ([...accounts].some(hasHole)) return anybody;
  return (account) => hasHole(account) || accounts.has(account);
}

function anybody(): boolean {
  return true;
}
