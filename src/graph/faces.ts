import { areThereUnlisted } from '../authorization/answers/index.js';
import type { PartialRequest, Unlisted } from '../authorization/answers/index.js';
import { findPrincipals, imagined, imaginedPrincipal, isComplete } from '../inventory/index.js';
import type {
  Caller,
  Context,
  ContextValue,
  Inventory,
  Key,
  Principal,
} from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { colleagueAccount, formsOf, strangerAccount } from './callers.js';
import type { Candidate } from './callers.js';

/** Those of a class that are of one kind, as policies may treat each in its own way. */
export interface Face extends Candidate {
  /** What all of their class are called, of whom these are one kind. */
  readonly class: string;
  /** Who they are, in the plural, in place of the `principals` of the class's name. */
  readonly kind: string;
  readonly unlisted: Unlisted;
  /** What requests of theirs say, and lack. */
  readonly context: Context;
}

/** What policies may tell callers apart by, beyond their accounts. */
export interface Tells {
  readonly kinds: boolean;
  /** Whether by that, federated users may be told from all others. */
  readonly federated: boolean;
  readonly organizations: boolean;
}

/**
 * A class by the kinds that it is made of: users, roles, federated users, for whole accounts also their
 * roots; and those who are in no organization. Of each, name, id and tags are open.
 * @param like a wildcard pattern for the ARNs of those who are meant; kinds of which there are none are left out
 */
export function facesOf(
  inventory: Inventory,
  key: Key,
  candidate: Candidate,
  tells: Tells,
  like?: Text,
): readonly Face[] {
  const { caller, name } = candidate;
  if (caller.kind !== 'user') return [];
  const isStranger = caller.account === strangerAccount;
  const of = isStranger || caller.account === colleagueAccount ? 'organization' : 'account';
  const named = namedAt(key);
  const taken = new Set(named);
  const kinds: readonly Kind[] =
    tells.kinds || like !== undefined
      ? kindsOf(caller, candidate, tells)
      : [['principals', caller]];
  return kinds
    .map(([kind, one]): Face => ({
      class: name,
      kind,
      name: name.replace('principals', kind),
      caller: one,
      isClass: true,
      ...stagedAs(inventory, candidate, one),
      unlisted: {
        id: JSON.stringify([kind, of, like, named]),
        isTaken: (wanted: Text) => isTaken(inventory, taken, one, wanted),
        of,
        ...(like === undefined ? {} : { like }),
      },
      context: new Map<string, ContextValue>(),
    }))
    .filter((face) => areThereUnlisted(requestOf(face, '*', '*')))
    .flatMap((face) =>
      isStranger && tells.organizations ? [face, ofNoOrganization(face)] : [face],
    );
}

type Kind = readonly [kind: string, caller: Caller];

function kindsOf(
  caller: Extract<Caller, { readonly kind: 'user' }>,
  { name, brings }: Candidate,
  tells: Tells,
): readonly Kind[] {
  const { account, arn } = caller;
  const federated: Caller = {
    kind: 'federated-user',
    account,
    arn: arn.replace(':iam::', ':sts::').replace(':user/', ':federated-user/'),
    name: caller.name,
    federatingUser: arn,
  };
  const root: Caller = { kind: 'root', account, arn: arn.replace(/:user.*$/, ':root') };
  // The root user of an account that is named is somebody of its own.
  const hasRoots = brings !== undefined && !name.startsWith('other ');
  // From outside they may no more than the users behind them, if they are not asked for.
  const hasFederated = brings === undefined || tells.federated;
  return [
    ['users', caller],
    ['roles', roleOf(caller)],
    ...(hasFederated ? [['federated users', federated] as const] : []),
    ...(hasRoots ? [['roots', root] as const] : []),
  ];
}

/** Whether a candidate stands for principals of several kinds. */
export function isMadeOfKinds({ isClass, caller }: Candidate): boolean {
  return isClass && caller.kind === 'user';
}

/** Whether a candidate is one kind of a class, of any name. */
export function isFace(candidate: Candidate): candidate is Face {
  return 'unlisted' in candidate;
}

/** The question whether those of a face may do something. */
export function requestOf(
  { caller, unlisted, context }: Face,
  action: string,
  resource: Text,
): PartialRequest {
  return { caller, action, resource, context, unlisted };
}

function roleOf({ account, arn, name }: Extract<Caller, { readonly kind: 'user' }>): Caller {
  const roleArn = arn.replace(':user/', ':role/');
  return { kind: 'role-session', account, roleArn, role: name };
}

// Of the key's own account nobody knows the IAM policies of those who are not listed.
function stagedAs(
  inventory: Inventory,
  { brings, caller: { kind } }: Candidate,
  caller: Caller,
): Pick<Candidate, 'brings'> {
  if (caller.kind !== 'user' && caller.kind !== 'role-session')
    return brings === undefined ? {} : { brings };
  if (brings !== undefined)
    return caller.kind === kind
      ? { brings }
      : { brings: { ...brings, principal: imaginedPrincipal(caller, 'everything') } };
  const { account } = caller;
  const none = imaginedPrincipal(caller, 'nothing');
  return {
    brings: {
      principal: isComplete(inventory, account, 'principals') ? none : ofUnknownPolicies(none),
      account: { id: account, ...imagined(account) },
    },
  };
}

function ofUnknownPolicies(principal: Principal): Principal {
  const { kind, arn, account, name, serviceLinked, fixedName, address, unit, span } = principal;
  const tags = new Map<Text, Text>();
  return {
    ...{ kind, arn, account, name, tags, groups: [] },
    ...{ serviceLinked, fixedName, address, unit, span },
  };
}

// A name is unique in its account, whatever path stands before it.
function isTaken(
  inventory: Inventory,
  named: ReadonlySet<string>,
  caller: Caller,
  name: Text,
): boolean {
  switch (caller.kind) {
    case 'user':
      return isListed(inventory, { ...caller, name }) || named.has(nameIn(caller, name));
    case 'role-session':
      return isListed(inventory, { ...caller, role: name }) || named.has(nameIn(caller, name));
    case 'federated-user':
      return named.has(nameIn(caller, name));
    case 'root':
    case 'provider':
    case 'service':
    case 'anonymous':
      return false;
  }
}

function isListed(inventory: Inventory, caller: Caller): boolean {
  return findPrincipals(inventory, caller).length > 0;
}

function nameIn(
  { kind, account }: Extract<Caller, { readonly account: Text }>,
  name: Text,
): string {
  return `${kind === 'role-session' ? 'role' : kind} ${account} ${name}`;
}

function namedAt(key: Key): readonly string[] {
  return formsOf(key).flatMap((form) => {
    const isNamed = form.kind === 'user' || form.kind === 'role' || form.kind === 'federated-user';
    return isNamed ? [`${form.kind} ${form.account} ${form.name}`] : [];
  });
}

// No condition on the organization can be met there, unless it is that there is none.
function ofNoOrganization(face: Face): Face {
  const absent = (of: string) =>
    [
      of,
      { unknown: { layer: 'attribute', of, detail: 'its absence' }, alternatives: [undefined] },
    ] as const;
  const whole = 'principals of any account in no organization';
  return {
    ...face,
    class: whole,
    name: whole.replace('principals', face.kind),
    context: new Map<string, ContextValue>([
      absent('aws:principalorgid'),
      absent('aws:principalorgpaths'),
    ]),
  };
}
