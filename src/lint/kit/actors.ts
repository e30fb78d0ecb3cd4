import type { CallContext } from '../../engine/index.js';
import {
  findAccount,
  findPrincipal,
  imagined,
  imaginedPrincipal,
  parseCaller,
  type Account,
  type Inventory,
  type Key,
  type Principal,
} from '../../inventory/index.js';
import { parseArn, printPolicy } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import type { Expectations } from '../rule.js';

/** A user or role that is put on stage to try something. */
export interface Actor {
  readonly arn: Text;
  /** What its IAM policies allow. */
  readonly may: 'everything' | 'nothing';
  /** Of its account: an organization, or none; absent: what the inventory says. */
  readonly organization?: Text | 'none';
}

/** The inventory with actors in it; one that is listed already stays as it is. */
export function withActors(inventory: Inventory, actors: readonly Actor[]): Inventory {
  const principals = actors.flatMap((actor) => principalOf(actor, inventory));
  const accounts = actors.flatMap((actor) => accountOf(actor, inventory));
  return {
    ...inventory,
    principals: [...inventory.principals, ...principals],
    accounts: [...inventory.accounts, ...accounts],
  };
}

/** The condition keys that an actor's requests have or lack by reason of who it is. */
export function contextOfActor({ organization }: Actor): CallContext {
  return organization === 'none'
    ? { 'aws:PrincipalOrgID': null, 'aws:PrincipalOrgPaths': null }
    : {};
}

function principalOf({ arn, may }: Actor, inventory: Inventory): readonly Principal[] {
  const caller = parseCaller(arn);
  if (caller?.kind !== 'user' && caller?.kind !== 'role-session') return [];
  if (findPrincipal(inventory, caller) !== undefined) return [];
  return [imaginedPrincipal(caller, may)];
}

function accountOf({ arn, organization }: Actor, inventory: Inventory): readonly Account[] {
  const id = parseArn(arn)?.account;
  if (id === undefined || organization === undefined || organization === 'none') return [];
  return findAccount(inventory, id) === undefined ? [{ id, organization, ...imagined(id) }] : [];
}

/** The ARN of a role in a key's account. */
export function roleBeside(key: Key, name: string): Text {
  return `arn:${partitionOf(key)}:iam::${key.account}:role/${name}`;
}

/** The ARN of the root user of a key's account. */
export function rootBeside(key: Key): Text {
  return `arn:${partitionOf(key)}:iam::${key.account}:root`;
}

function partitionOf({ arn }: Key): Text {
  return parseArn(arn)?.partition ?? 'aws';
}

/**
 * Principals of an account that nothing in the inventory or the configuration names, such as
 * `role/outsider`: each once outside of every organization and once in a strange one.
 */
export function outsiders(
  inventory: Inventory,
  key: Key,
  expectations: Expectations,
  identities: readonly string[] = ['role/outsider'],
): readonly Actor[] {
  const account = strangeAccount(inventory, key, expectations);
  return identities.flatMap((identity) => {
    const arn = `arn:${partitionOf(key)}:iam::${account}:${identity}`;
    const actor = { arn, may: 'everything' } as const;
    return [
      { ...actor, organization: STRANGE_ORGANIZATION },
      { ...actor, organization: 'none' },
    ];
  });
}

const STRANGE_ORGANIZATION = 'o-outsider00';

function strangeAccount(
  { accounts, principals }: Inventory,
  { account, policy }: Key,
  expectations: Expectations,
): string {
  const ours = new Set([
    account,
    ...accounts.map(({ id }) => id),
    ...principals.map((principal) => principal.account),
    ...expectations.accounts,
    ...expectations.trustZone.accounts,
  ]);
  const text = policy === undefined ? '' : printPolicy(policy);
  const candidates = Array.from({ length: 9 }, (_, index) => String(9 - index).repeat(12));
  return candidates.find((one) => !ours.has(one) && !text.includes(one)) ?? '999999999998';
}
