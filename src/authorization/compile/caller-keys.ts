import { isComplete } from '../../inventory/index.js';
import type { Account, Caller } from '../../inventory/index.js';
import { hole } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import { absent, constant, fixed, open, unknownAttribute } from './key-value.js';
import type { KeyValue, Rule } from './key-value.js';
import type { Question, Unlisted } from './question.js';

// Condition keys that follow from who calls.

export function callerAccountId({ request: { caller } }: Question): Text | undefined {
  return 'account' in caller ? caller.account : undefined;
}

export function organizationOf(
  account: Account | undefined,
  id: Text | undefined,
  spelling: string,
): KeyValue {
  if (id === undefined) return absent;
  const known = account?.organization;
  return known === undefined
    ? unknownAttribute(spelling, id, 'the organization of the account')
    : constant(known);
}

/** The path of the caller's account, which is one of many where it stands for several. */
export const principalPaths: Rule = ({ callerAccount, request }, spelling) => {
  const { caller, unlisted } = request;
  const organization = callerAccount?.organization;
  if (unlisted?.of !== 'organization' || organization === undefined)
    return organizationPathOf(
      callerAccount,
      'account' in caller ? caller.account : undefined,
      spelling,
    );
  return open(spelling, { always: true, pattern: `${organization}/r-?*/` });
};

export function organizationPathOf(
  account: Account | undefined,
  id: Text | undefined,
  spelling: string,
): KeyValue {
  if (id === undefined) return absent;
  if (account?.organization === undefined || account.organizationPath === undefined) {
    return unknownAttribute(spelling, id, 'the organization path of the account');
  }
  return constant([`${[account.organization, ...account.organizationPath].join('/')}/`]);
}

export const principalArn: Rule = ({ request: { caller, unlisted } }, spelling) => {
  if (unlisted !== undefined && isNamed(caller)) return unlistedArn(caller, unlisted, spelling);
  switch (caller.kind) {
    case 'root':
    case 'user':
    case 'federated-user':
      return constant(caller.arn);
    case 'role-session':
      return constant(caller.roleArn);
    case 'provider':
    case 'service':
    case 'anonymous':
      return absent;
  }
};

/** The ARN of any principal of a caller's kind and account: whoever it is has one. */
export function anyNameOf(caller: Extract<Caller, { readonly account: Text }>): Text {
  const arn = caller.kind === 'role-session' ? caller.roleArn : caller.arn;
  return arn.replace(/^([^/]*\/).*$/, '$1?*');
}

/** Callers to whom an account gives names of their own. */
type Named = Extract<Caller, { readonly kind: 'user' | 'role-session' | 'federated-user' }>;

export function isNamed(caller: Caller): caller is Named {
  return (
    caller.kind === 'user' || caller.kind === 'role-session' || caller.kind === 'federated-user'
  );
}

/** The ARN of one of many principals whom nobody lists. */
export function unlistedArn(
  caller: Named,
  { isTaken }: Unlisted,
  spelling: string,
): Extract<KeyValue, { readonly kind: 'open' }> {
  return open(spelling, {
    always: true,
    pattern: anyNameOf(caller),
    isExcluded: (arn) => {
      const names = arn.slice(arn.indexOf('/') + 1).split('/');
      return !names.every(isName) || isTaken(names.at(-1) ?? '');
    },
  });
}

// SOURCE: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
function isName(text: Text): boolean {
  return /^[\w+=,.@-]+$/.test(text);
}

export const userName: Rule = ({ request: { caller, unlisted } }, spelling) => {
  if (caller.kind !== 'user') return absent;
  if (unlisted === undefined) return constant(caller.name);
  return open(spelling, {
    always: true,
    isExcluded: (name) => !isName(name) || unlisted.isTaken(name),
  });
};

export const principalType: Rule = ({ request: { caller } }) => {
  switch (caller.kind) {
    case 'root':
      return constant('Account');
    case 'user':
      return constant('User');
    case 'federated-user':
      return constant('FederatedUser');
    case 'role-session':
      return constant('AssumedRole');
    case 'anonymous':
      return constant('Anonymous');
    case 'provider':
    case 'service':
      return absent;
  }
};

// SOURCE: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
/** A pattern that the name of every role session matches: it has at least two characters. */
export const anySessionName = '??*';

export const userId: Rule = ({ request: { caller, unlisted }, principal }, spelling) => {
  if (unlisted !== undefined && isNamed(caller))
    return open(spelling, { always: true, pattern: anyIdOf(caller) });
  switch (caller.kind) {
    case 'root':
      return constant(caller.account);
    case 'user':
      return constant(principal?.uniqueId ?? hole('request', `unique id of ${caller.arn}`));
    case 'federated-user':
      return constant(`${caller.account}:${caller.name}`);
    case 'role-session': {
      const id = principal?.uniqueId;
      if (caller.session !== undefined) {
        return constant(
          `${id ?? hole('request', `unique id of ${caller.roleArn}`)}:${caller.session}`,
        );
      }
      return id === undefined
        ? unknownAttribute(spelling, caller.roleArn, 'the unique id of the role')
        : open(spelling, { always: true, pattern: `${id}:${anySessionName}` });
    }
    case 'provider':
    case 'service':
    case 'anonymous':
      return absent;
  }
};

// SOURCE: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
function anyIdOf({ kind, account }: Extract<Caller, { readonly account: Text }>): Text {
  if (kind === 'user') return 'AIDA?*';
  return kind === 'role-session' ? `AROA?*:${anySessionName}` : `${account}:${anySessionName}`;
}

export const principalTag: Rule = (question, spelling) => {
  const { inventory, request, principal } = question;
  const { caller, unlisted } = request;
  if (unlisted !== undefined && isNamed(caller)) return open(spelling, { mayBeEmpty: true });
  const tag = spelling.slice('aws:PrincipalTag/'.length);
  switch (caller.kind) {
    case 'root':
    case 'provider':
    case 'service':
    case 'anonymous':
      return absent;
    case 'federated-user':
      return open(spelling, { mayBeEmpty: true });
    case 'user':
    case 'role-session': {
      if (question.maySetTag(tag)) {
        // A session's tag takes the place of the role's, which nothing takes away.
        const isTagged = tagOf(principal?.tags ?? new Map(), tag) !== undefined;
        return open(spelling, { mayBeEmpty: true, always: isTagged });
      }
      if (principal === undefined && isComplete(inventory, caller.account, 'principals'))
        return absent;
      const of = caller.kind === 'user' ? caller.arn : caller.roleArn;
      // Nobody knows what a session brings where the trust policy was not supplied.
      if (
        caller.kind === 'role-session' &&
        request.assume === 'nothing' &&
        principal?.trust === undefined
      )
        return unknownAttribute(spelling, of, 'the session tags');
      if (principal?.tags === undefined)
        return unknownAttribute(spelling, of, 'the tags of the principal');
      return fixed(tagOf(principal.tags, tag));
    }
  }
};

/** A tag by its key, which condition keys compare without case. */
export function tagOf(tags: ReadonlyMap<Text, Text>, name: string): Text | undefined {
  const exact = tags.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const [key, value] of tags) if (key.toLowerCase() === lower) return value;
  return undefined;
}
