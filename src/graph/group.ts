import { answer } from '../authorization/answers/index.js';
import type { Answer, PartialRequest } from '../authorization/answers/index.js';
import type { Context, Inventory, Key } from '../inventory/index.js';
import { findAccount, findCaller, isComplete } from '../inventory/index.js';
import { matchesWildcard } from '../policy/index.js';
import type { Text } from '../source/index.js';
import { callersOf } from './callers.js';
import type { Candidate } from './callers.js';
import { shownBy } from './class-access.js';
import { withBrought } from './classes.js';
import { facesOf, isMadeOfKinds, requestOf } from './faces.js';
import type { Face, Tells } from './faces.js';
import { tellsAt } from './resource-side.js';

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
  const tells = tellsAt(inventory, action, key);
  const members = membersOf(inventory, principals, key);
  const ask = (member: Member) =>
    facesOrItself(inventory, key, member, tells).map((one) => ({
      principal: one.name,
      answer: answerOne(inventory, one, { action, resource: key.arn, context }),
    }));
  const listed = members.filter(({ like }) => like === undefined).flatMap(ask);
  const others = members.filter(({ like }) => like !== undefined).flatMap(ask);
  // A pattern means those who are listed, and whoever else is let in by its name.
  const letIn = others.filter(({ answer: { kind } }) => kind === 'always' || kind === 'when');
  const all = [...listed, ...(listed.length === 0 ? others : letIn)];
  if (all.length === 0) return undefined;
  return { kind: combined(all.map(({ answer: { kind } }) => kind)), members: all };
}

function answerOne(
  inventory: Inventory,
  one: Candidate | Face,
  asked: Pick<PartialRequest, 'action' | 'resource' | 'context'>,
): Answer {
  const world = withBrought(inventory, [one]);
  if (!('unlisted' in one)) return answer(world, { ...asked, caller: one.caller });
  const { action, resource } = asked;
  const request = requestOf(one, action, resource);
  const context = new Map([...request.context, ...asked.context]);
  return shownBy(inventory, one, answer(world, { ...request, context }));
}

// Of a class by a pattern only those are meant whose ARNs match it.
function facesOrItself(
  inventory: Inventory,
  key: Key,
  member: Member,
  tells: Tells,
): readonly (Candidate | Face)[] {
  const isTold = tells.kinds || tells.organizations || member.like !== undefined;
  return isTold && isMadeOfKinds(member)
    ? facesOf(inventory, key, member, tells, member.like)
    : [member];
}

function combined(kinds: readonly Answer['kind'][]): Answer['kind'] {
  const seen = new Set(kinds);
  if (seen.size === 1) return kinds[0] ?? 'unknown';
  // Some may and some may not, whatever the unknown ones do.
  if (seen.has('when') || (seen.has('always') && seen.has('never'))) return 'when';
  return 'unknown';
}

interface Member extends Candidate {
  /** A wildcard pattern for the ARNs of those who are meant. */
  readonly like?: Text;
}

function membersOf(inventory: Inventory, principals: Text, key: Key): readonly Member[] {
  const candidates = callersOf(inventory, key, accountIn(principals));
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

// An account that a pattern names is asked for, whether or not it is listed.
function accountIn(principals: Text): readonly Text[] {
  const account = principals.split(':')[4] ?? '';
  return /[*?]/.test(principals) && /^\d{12}$/.test(account) ? [account] : [];
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
): readonly Member[] {
  if (/[*?]/.test(text) && text !== '*') {
    const isListed = ({ account }: { readonly account: Text }) =>
      isComplete(inventory, account, 'principals');
    return candidates.flatMap((candidate): readonly Member[] => {
      const { name, isClass, caller } = candidate;
      if (!isClass) return matchesWildcard(text, name, 'exact') === true ? [candidate] : [];
      if (!isMadeOfKinds(candidate) || ('account' in caller && isListed(caller))) return [];
      return [{ ...candidate, like: text }];
    });
  }
  const caller = findCaller(inventory, text);
  return caller === undefined ? [] : [{ name: text, caller, isClass: false }];
}
