import type { Caller, Inventory, Key, Principal } from '../inventory/index.js';
import { arnOfCaller, suppliedPoliciesOf } from '../inventory/index.js';
import { matchesAction } from '../policy/index.js';
import type { PolicyDocument, PrincipalForm } from '../policy/index.js';
import { equalTexts, hasHole } from '../source/index.js';
import type { Text } from '../source/index.js';
import { principalOf } from './escalation-world.js';

/**
 * Whether IAM policies of the caller could allow an action at all: a look at action names, which tells
 * most principals from the few that are worth a question. Policies that were not supplied do not count.
 */
export function mayByIdentity(world: Inventory, caller: Caller, action: string): boolean {
  if (caller.kind === 'root') return true;
  const principal = principalOf(world, caller);
  if (principal === undefined) return false;
  const { documents } = suppliedPoliciesOf(world, principal);
  return documents.some((document) => mayAllow(document, action));
}

const known = new WeakMap<PolicyDocument, Map<string, boolean>>();

function mayAllow(document: PolicyDocument, action: string): boolean {
  const byAction = known.get(document) ?? new Map<string, boolean>();
  known.set(document, byAction);
  let may = byAction.get(action);
  if (may === undefined) {
    may =
      document.unresolved !== undefined ||
      document.statements.some((statement) => {
        if (statement.effect === 'Deny') return false;
        if (statement.kind === 'broken') return true;
        const { action: element } = statement;
        if (element === undefined) return false;
        const matched = element.patterns.map(({ text }) => matchesAction(text, action));
        return element.negated
          ? !matched.includes(true)
          : matched.some((matches) => matches !== false);
      });
    byAction.set(action, may);
  }
  return may;
}

/** Whether the key's policy, a grant or IAM policies could allow the caller an action on the key. */
export function mayOnKey(world: Inventory, caller: Caller, action: string, key: Key): boolean {
  if (mayByIdentity(world, caller, action)) return true;
  const isGranted = key.grants?.some(({ operations }) =>
    operations.some((operation) => `kms:${operation}` === action),
  );
  if (key.policy === undefined || isGranted === true) return true;
  return (
    mayAllow(key.policy, action) && entriesOf(key.policy).some((form) => isNamed(form, caller))
  );
}

// What stands where a document does not tell whom it is about.
const anybody: PrincipalForm = { kind: 'everyone' };

function entriesOf(document: PolicyDocument): readonly PrincipalForm[] {
  if (document.unresolved !== undefined) return [anybody];
  return document.statements.flatMap((statement): readonly PrincipalForm[] => {
    if (statement.effect === 'Deny') return [];
    if (statement.kind === 'broken' || statement.principal?.negated === true) return [anybody];
    return statement.principal?.entries.map(({ form }) => form) ?? [];
  });
}

function isNamed(form: PrincipalForm, caller: Caller): boolean {
  if (form.kind === 'everyone' || form.kind === 'unresolved' || form.kind === 'unique-id')
    return true;
  if (!('account' in form) || !('account' in caller)) return false;
  const name = nameOf(form);
  if (equalTexts(form.account, caller.account) === false || name === undefined) return false;
  return caller.kind === 'root' || equalTexts(name, callerName(caller)) !== false;
}

function nameOf(form: PrincipalForm): Text | undefined {
  switch (form.kind) {
    case 'user':
    case 'role':
    case 'federated-user':
      return form.name;
    case 'role-session':
      return form.role;
    case 'account':
    case 'everyone':
    case 'service':
    case 'provider':
    case 'canonical-user':
    case 'unique-id':
    case 'unresolved':
    case 'invalid':
      return undefined;
  }
}

function callerName(caller: Exclude<Caller, { kind: 'root' }>): Text {
  if (caller.kind === 'role-session') return caller.role;
  return 'name' in caller ? caller.name : '';
}

/** The roles of an estate by whom their trust policies name. */
interface Trusts {
  readonly byName: ReadonlyMap<string, readonly Principal[]>;
  readonly byAccount: ReadonlyMap<Text, readonly Principal[]>;
  /** Those that may be open to anybody, as far as a look at names tells. */
  readonly open: readonly Principal[];
}

const trusts = new WeakMap<Inventory, Trusts>();

/** The roles that a caller might be able to assume. */
export function assumable(world: Inventory, caller: Caller): readonly Principal[] {
  if (!('account' in caller) || caller.kind === 'root') return [];
  const { byName, byAccount, open } = trustsOf(world);
  const named = byName.get(`${caller.account} ${callerName(caller)}`) ?? [];
  const throughAccount = mayByIdentity(world, caller, 'sts:AssumeRole')
    ? (byAccount.get(caller.account) ?? [])
    : [];
  const own = arnOfCaller(caller);
  return [...new Set([...named, ...throughAccount, ...open])].filter(({ arn }) => arn !== own);
}

function trustsOf(world: Inventory): Trusts {
  let found = trusts.get(world);
  if (found === undefined) {
    found = readTrusts(world);
    trusts.set(world, found);
  }
  return found;
}

function readTrusts({ principals }: Inventory): Trusts {
  const byName = new Map<string, Principal[]>();
  const byAccount = new Map<Text, Principal[]>();
  const open: Principal[] = [];
  const add = <Name>(to: Map<Name, Principal[]>, name: Name, role: Principal): void => {
    const roles = to.get(name);
    if (roles === undefined) to.set(name, [role]);
    else roles.push(role);
  };
  for (const role of principals) {
    if (role.kind !== 'role' || role.serviceLinked) continue;
    if (role.trust === undefined) {
      add(byAccount, role.account, role);
      continue;
    }
    for (const form of entriesOf(role.trust)) {
      const name = nameOf(form);
      if (form.kind === 'account' && !hasHole(form.account)) add(byAccount, form.account, role);
      else if (name !== undefined && 'account' in form && !hasHole(form.account + name))
        add(byName, `${form.account} ${name}`, role);
      else if (form.kind !== 'service' && form.kind !== 'provider' && form.kind !== 'invalid')
        open.push(role);
    }
  }
  return { byName, byAccount, open };
}
