import type { Account, Caller, Inventory, Key, Principal } from '../inventory/index.js';
import { findAccount, parseCaller } from '../inventory/index.js';
import { parsePolicy } from '../policy/index.js';
import type { PolicyDocument, PrincipalForm } from '../policy/index.js';
import { parseJson } from '../source/index.js';
import type { Text } from '../source/index.js';

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
const strangerAccount = '999988887777';
const colleagueAccount = '999988886666';

/** All principals and classes of principals that a key's policy and grants, and the inventory, tell apart. */
export function callersOf(inventory: Inventory, key: Key): readonly Candidate[] {
  const candidates = new Map<Text, Candidate>();
  const add = (candidate: Candidate): void => {
    if (!candidates.has(candidate.name)) candidates.set(candidate.name, candidate);
  };
  for (const principal of inventory.principals)
    add({ name: principal.arn, caller: callerOf(principal), isClass: false });
  const forms = formsOf(key);
  for (const form of forms) {
    const text = 'arn' in form ? form.arn : form.kind === 'service' ? form.name : undefined;
    const caller = text === undefined ? undefined : parseCaller(text);
    if (text !== undefined && caller !== undefined) add({ name: text, caller, isClass: false });
  }
  for (const account of accountsOf(inventory, key, forms)) {
    const root = parseCaller(`arn:aws:iam::${account}:root`);
    if (root !== undefined)
      add({ name: `arn:aws:iam::${account}:root`, caller: root, isClass: false });
    const organization = findAccount(inventory, account)?.organization;
    add(otherOf({ account, organization }, key, `other principals of account ${account}`));
  }
  for (const organization of organizationsOf(inventory)) {
    add(
      otherOf(
        { account: colleagueAccount, organization },
        key,
        `principals of other accounts of ${organization}`,
      ),
    );
  }
  add(
    otherOf(
      { account: strangerAccount, organization: 'o-anyother00' },
      key,
      'principals of any other account',
    ),
  );
  add({ name: 'anonymous callers', caller: { kind: 'anonymous' }, isClass: true });
  return [...candidates.values()];
}

/** A principal as it makes requests: a role as any session of it. */
export function callerOf({ kind, account, arn, name }: Principal): Caller {
  return kind === 'user'
    ? { kind, account, arn, name }
    : { kind: 'role-session', account, roleArn: arn, role: name };
}

function formsOf({ policy, grants = [] }: Key): readonly PrincipalForm[] {
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
}

function organizationsOf({ accounts }: Inventory): ReadonlySet<Text> {
  return new Set(
    accounts.flatMap(({ organization }) => (organization === undefined ? [] : [organization])),
  );
}

// In the key's own account IAM policies are what they are; elsewhere people write their own.
function otherOf({ account, organization }: Home, key: Key, name: string): Candidate {
  const arn = `arn:aws:iam::${account}:user/any-other-principal`;
  const caller: Caller = { kind: 'user', account, arn, name: 'any-other-principal' };
  if (account === key.account) return { name, caller, isClass: true };
  const { span, unit } = key;
  const home: Account = {
    id: account,
    address: account,
    unit,
    span,
    ...(organization === undefined ? {} : { organization }),
  };
  return {
    name,
    caller,
    isClass: true,
    brings: { principal: withFullAccess(arn, account, key), account: home },
  };
}

/** A named principal of another account that nothing is known of: whoever runs that account decides what it may. */
export function withOwnPolicies(candidate: Candidate, key: Key): Candidate {
  const { name, caller } = candidate;
  if (caller.kind !== 'user' && caller.kind !== 'role-session') return candidate;
  const { account } = caller;
  const kind = caller.kind === 'user' ? caller.kind : 'role';
  const arn = caller.kind === 'user' ? caller.arn : caller.roleArn;
  const own = caller.kind === 'user' ? caller.name : caller.role;
  const { span, unit } = key;
  return {
    ...candidate,
    brings: {
      principal: { ...withFullAccess(arn, account, key), kind, name: own, address: name },
      account: { id: account, address: account, unit, span },
    },
  };
}

function withFullAccess(arn: Text, account: Text, { span, unit }: Key): Principal {
  return {
    kind: 'user',
    arn,
    account,
    name: 'any-other-principal',
    policies: [allowAll],
    tags: new Map(),
    boundary: 'none',
    serviceLinked: false,
    fixedName: true,
    address: arn,
    unit,
    span,
  };
}

const allowAll: PolicyDocument = parseOwn(
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] }',
);

function parseOwn(text: string): PolicyDocument {
  const source = { path: 'policies of others', text };
  const node = parseJson(source).value;
  return parsePolicy(
    node ?? { kind: 'mapping', entries: [], span: { source, start: 0, end: 0 } },
    'identity',
  ).value;
}
