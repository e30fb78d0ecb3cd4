import { answer } from '../authorization/answers/index.js';
import type { Answer } from '../authorization/answers/index.js';
import type { Context, Inventory, Key } from '../inventory/index.js';
import { findAccount, findCaller } from '../inventory/index.js';
import { matchesWildcard } from '../policy/index.js';
import type { Text } from '../source/index.js';
import { callersOf } from './callers.js';
import type { Candidate } from './callers.js';
import { withBrought } from './classes.js';

/** One answer for a group of principals, with those of its members. */
export interface GroupAnswer {
  /** `never`: no member ever may; `always`: every member always may. */
  readonly kind: Answer['kind'];
  readonly members: readonly { readonly principal: Text; readonly answer: Answer }[];
}

/**
 * Whether some principals may do `action` with the key: one named by its ARN, a service, `anonymous`,
 * all that an ARN with wildcards matches, or one of the groups `anyone`, `outside-account` (of the key)
 * and `outside-organization`. `undefined` where nobody is called so.
 */
export function answerGroup(
  inventory: Inventory,
  principals: Text,
  action: string,
  key: Key,
  context: Context,
): GroupAnswer | undefined {
  const members = membersOf(inventory, principals, key).map((candidate) => ({
    principal: candidate.name,
    answer: answer(withBrought(inventory, [candidate]), {
      caller: candidate.caller,
      action,
      resource: key.arn,
      context,
    }),
  }));
  if (members.length === 0) return undefined;
  return { kind: combined(members.map(({ answer: { kind } }) => kind)), members };
}

function combined(kinds: readonly Answer['kind'][]): Answer['kind'] {
  const seen = new Set(kinds);
  if (seen.size === 1) return kinds[0] ?? 'unknown';
  // Some may and some may not, whatever the unknown ones do.
  if (seen.has('when') || (seen.has('always') && seen.has('never'))) return 'when';
  return 'unknown';
}

function membersOf(inventory: Inventory, principals: Text, key: Key): readonly Candidate[] {
  const candidates = callersOf(inventory, key);
  const home = findAccount(inventory, key.account)?.organization;
  const groups: Readonly<Record<string, (candidate: Candidate) => boolean>> = {
    anyone: () => true,
    'outside-account': ({ caller }) => isOutside(caller, (account) => account !== key.account),
    'outside-organization': (candidate) =>
      isOutside(
        candidate.caller,
        (account) =>
          account !== key.account && organizationOf(inventory, candidate, account) !== home,
      ),
  };
  const isMember = groups[principals];
  return isMember === undefined
    ? named(inventory, principals, candidates)
    : candidates.filter(isMember);
}

function isOutside(caller: Candidate['caller'], test: (account: Text) => boolean): boolean {
  if (caller.kind === 'anonymous') return true;
  return 'account' in caller && test(caller.account);
}

function organizationOf(
  inventory: Inventory,
  { brings }: Candidate,
  account: Text,
): Text | undefined {
  return findAccount(inventory, account)?.organization ?? brings?.account.organization;
}

function named(
  inventory: Inventory,
  text: Text,
  candidates: readonly Candidate[],
): readonly Candidate[] {
  if (/[*?]/.test(text) && text !== '*') {
    return candidates.filter(
      ({ name, isClass }) => !isClass && matchesWildcard(text, name, 'exact') === true,
    );
  }
  const caller = findCaller(inventory, text);
  return caller === undefined ? [] : [{ name: text, caller, isClass: false }];
}
