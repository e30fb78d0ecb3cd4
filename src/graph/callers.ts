import type { Account, Caller, Inventory, Key, Principal } from '../inventory/index.js';
import { findAccount, imagined, imaginedPrincipal, parseCaller } from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import type { PrincipalForm } from '../policy/index.js';
import type { Text } from '../source/index.js';
import { exampleOf, mentionedAt } from './mentioned.js';

/** Somebody whose access to a key is worth asking for. */
export interface Candidate {
  readonly name: Text;
  readonly caller: Caller;
  /** Whether it stands for all principals of a kind. */
  readonly isClass: boolean;
  /** What is to be added to the inventory for it: outsiders have accounts, and write their own IAM policies. */
  readonly brings?: { readonly principal: Principal; readonly account: Account };
}

/** Accounts that no policy is expected to name; each stands for all such, in and outside of an organization. */
export const strangerAccount = '999988887777';
export const colleagueAccount = '999988886666';

/**
 * All principals and classes of principals that a key's policy and grants, and the inventory, tell apart.
 * @param accounts further ones whose principals are asked for
 */
export function callersOf(
  inventory: Inventory,
  key: Key,
  accounts: readonly Text[] = [],
): readonly Candidate[] {
  return [...ownCallersOf(inventory), ...otherCallersOf(inventory, key, accounts)];
}

/** The principals that an inventory lists. */
export function ownCallersOf(inventory: Inventory): readonly Candidate[] {
  return [...ownByName(inventory).values()];
}

const known = new WeakMap<Inventory, ReadonlyMap<Text, Candidate>>();

function ownByName(inventory: Inventory): ReadonlyMap<Text, Candidate> {
  let own = known.get(inventory);
  if (own === undefined) {
    own = new Map(
      inventory.principals.map((principal) => [
        principal.arn,
        { name: principal.arn, caller: callerOf(principal), isClass: false },
      ]),
    );
    known.set(inventory, own);
  }
  return own;
}

/** The principals that only a key's policy and grants name, and the classes of all others. */
export function otherCallersOf(
  inventory: Inventory,
  key: Key,
  asked: readonly Text[] = [],
): readonly Candidate[] {
  const own = ownByName(inventory);
  const candidates = new Map<Text, Candidate>();
  const add = (candidate: Candidate): void => {
    if (!own.has(candidate.name) && !candidates.has(candidate.name))
      candidates.set(candidate.name, candidate);
  };
  const forms = formsOf(key);
  for (const form of forms) {
    const text = 'arn' in form ? form.arn : form.kind === 'service' ? form.name : undefined;
    const caller = text === undefined ? undefined : parseCaller(text);
    if (text !== undefined && caller !== undefined) add({ name: text, caller, isClass: false });
  }
  const mentioned = mentionedAt(inventory, key);
  const accounts = accountsOf(inventory, key, forms);
  const isListed = (account: Text): boolean => accounts.has(account);
  const partition = parseArn(key.arn)?.partition ?? 'aws';
  for (const pattern of new Set([...accounts, ...mentioned.accounts, ...asked])) {
    const account = exampleOf(pattern, 12, isListed);
    if (account === undefined) continue;
    if (account !== pattern) {
      const home = { account, organization: undefined, partition };
      add(outsider(inventory, home, `principals of accounts like ${pattern}`));
      continue;
    }
    const arn = `arn:${partition}:iam::${account}:root`;
    const root = parseCaller(arn);
    if (root !== undefined) add({ name: arn, caller: root, isClass: false });
    const organization = findAccount(inventory, account)?.organization;
    const name = `other principals of account ${account}`;
    // In the key's own account IAM policies are what they are; elsewhere people write their own.
    if (account === key.account) add({ name, caller: anyOther(account, partition), isClass: true });
    else add(outsider(inventory, { account, organization, partition }, name));
  }
  const organizations = organizationsOf(inventory);
  for (const pattern of new Set([...organizations, ...mentioned.organizations])) {
    const organization = exampleOf(pattern, 12, (id) => organizations.has(id));
    const home = { account: colleagueAccount, organization, partition };
    const whose = organization === pattern ? pattern : `organizations like ${pattern}`;
    add(outsider(inventory, home, `principals of other accounts of ${whose}`));
  }
  const stranger = { account: strangerAccount, organization: 'o-anyother00', partition };
  add(outsider(inventory, stranger, 'principals of any other account'));
  add({ name: 'anonymous callers', caller: { kind: 'anonymous' }, isClass: true });
  return [...candidates.values()];
}

/** A principal as it makes requests: a role as any session of it. */
export function callerOf({ kind, account, arn, name }: Principal): Caller {
  return kind === 'user'
    ? { kind, account, arn, name }
    : { kind: 'role-session', account, roleArn: arn, role: name };
}

/** Whom a key's policy and grants name. */
export function formsOf({ policy, grants = [] }: Key): readonly PrincipalForm[] {
  const statements = policy?.statements.filter((statement) => statement.kind === 'statement') ?? [];
  const named = statements.flatMap(
    ({ principal }) => principal?.entries.map(({ form }) => form) ?? [],
  );
  const grantees = grants.flatMap(({ grantee }): readonly PrincipalForm[] => {
    const caller = parseCaller(grantee);
    if (caller?.kind === 'service') return [{ kind: 'service', name: caller.name }];
    if (caller === undefined || !('account' in caller)) return [];
    return caller.kind === 'root'
      ? [{ kind: 'account', account: caller.account }]
      : [{ kind: 'user', arn: grantee, account: caller.account, name: grantee }];
  });
  return [...named, ...grantees];
}

function accountsOf(
  inventory: Inventory,
  key: Key,
  forms: readonly PrincipalForm[],
): ReadonlySet<Text> {
  const named = forms.flatMap((form) => ('account' in form ? [form.account] : []));
  return new Set([key.account, ...inventory.accounts.map(({ id }) => id), ...named]);
}

interface Home {
  readonly account: Text;
  readonly organization: Text | undefined;
  readonly partition: Text;
}

function organizationsOf({ accounts }: Inventory): ReadonlySet<Text> {
  return new Set(
    accounts.flatMap(({ organization }) => (organization === undefined ? [] : [organization])),
  );
}

const anyName = 'any-other-principal';

function anyOther(account: Text, partition: Text): Extract<Caller, { readonly kind: 'user' }> {
  const arn = `arn:${partition}:iam::${account}:user/${anyName}`;
  return { kind: 'user', account, arn, name: anyName };
}

const outsiders = new WeakMap<Inventory, Map<string, Candidate>>();

// One for all keys, so that the world with it in is one as well.
function outsider(
  inventory: Inventory,
  { account, organization, partition }: Home,
  name: string,
): Candidate {
  const byName = outsiders.get(inventory) ?? new Map<string, Candidate>();
  outsiders.set(inventory, byName);
  const id = `${partition} ${name}`;
  let candidate = byName.get(id);
  if (candidate === undefined) {
    const caller = anyOther(account, partition);
    candidate = {
      name,
      caller,
      isClass: true,
      brings: {
        principal: imaginedPrincipal(caller, 'everything'),
        account: {
          id: account,
          ...(organization === undefined ? {} : { organization }),
          ...imagined(account),
        },
      },
    };
    byName.set(id, candidate);
  }
  return candidate;
}

/** A named principal of another account that nothing is known of: whoever runs that account decides what it may. */
export function withOwnPolicies(candidate: Candidate): Candidate {
  const { caller } = candidate;
  if (caller.kind !== 'user' && caller.kind !== 'role-session') return candidate;
  const { account } = caller;
  return {
    ...candidate,
    brings: {
      principal: imaginedPrincipal(caller, 'everything'),
      account: { id: account, ...imagined(account) },
    },
  };
}
