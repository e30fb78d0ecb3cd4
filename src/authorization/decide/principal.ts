import { findValue, parseCaller, type Caller, type Request } from '../../inventory/index.js';
import type { PrincipalElement, PrincipalForm } from '../../policy/index.js';
import { equalTexts, type Text } from '../../source/index.js';
import { all, any, not, truthOf, type Truth } from './truth.js';

/**
 * How far an Allow carries that names the caller, within the caller's own account:
 *
 * | power | identity policy must allow | boundary and session policy must allow |
 * |---|---|---|
 * | `alone` | no | no |
 * | `within-limits` | no | yes |
 * | `with-identity` | yes | yes |
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export type Power = 'alone' | 'within-limits' | 'with-identity';

export type ByPower = Readonly<Record<Power, Truth>>;

export const powers: readonly Power[] = ['alone', 'within-limits', 'with-identity'];

export const noPower: ByPower = { alone: false, 'within-limits': false, 'with-identity': false };

/** Whether a `Principal` or `NotPrincipal` of an Allow names the caller, and how far that carries. */
export function isAllowed(element: PrincipalElement, request: Request): ByPower {
  const named = element.entries.map(({ form }) => naming(form, request));
  // SOURCE: facts evaluation 8.1: it allows everyone who is not listed
  if (element.negated) return { ...noPower, alone: not(any(named.map(({ truth }) => truth))) };
  return byPower(named);
}

/** Whether a `Principal` or `NotPrincipal` of a Deny hits the caller. */
export function isDenied(element: PrincipalElement, request: Request, hasBoundary: Truth): Truth {
  const named = element.entries.map(({ form }) => naming(form, request));
  if (!element.negated) return any(named.map(({ truth }) => truth));
  // SOURCE: facts evaluation 8.4
  return any([hasBoundary, not(isExempt(element, request))]);
}

/** Gathers who is named by the power that the naming has. */
export function byPower(named: readonly Naming[]): ByPower {
  const of = (power: Power): Truth =>
    any(named.flatMap((naming) => (naming.power === power ? [naming.truth] : [])));
  return {
    alone: of('alone'),
    'within-limits': of('within-limits'),
    'with-identity': of('with-identity'),
  };
}

export interface Naming {
  readonly power: Power;
  readonly truth: Truth;
}

/** Whether a principal, as a policy or grant names it, is or covers the caller (facts evaluation 7, 9). */
export function naming(form: PrincipalForm, request: Request): Naming {
  const { caller } = request;
  switch (form.kind) {
    case 'everyone':
      return { power: 'alone', truth: true };
    case 'account': {
      if (!('account' in caller)) return { power: 'alone', truth: false };
      // SOURCE: facts evaluation 7.2: of the account's principals, only its root needs no more
      const power = caller.kind === 'root' ? 'alone' : 'with-identity';
      return { power, truth: sameText(form.account, caller.account) };
    }
    case 'user':
      return namingUser(form.arn, caller);
    case 'role':
      // SOURCE: facts evaluation 7.4
      return { power: 'within-limits', truth: isSessionOf(form.account, form.name, caller) };
    case 'role-session':
      return { power: 'alone', truth: isSession(form, caller) };
    case 'federated-user':
      return { power: 'alone', truth: isCalled(form.arn, 'federated-user', caller) };
    case 'service':
      return {
        power: 'alone',
        truth: caller.kind === 'service' && sameText(form.name, caller.name),
      };
    case 'provider':
      return { power: 'alone', truth: isVouchedFor(form.provider, request) };
    case 'canonical-user':
      return { power: 'with-identity', truth: ownsCanonicalId(form.id, caller) };
    case 'unique-id':
      return {
        power: caller.kind === 'user' ? 'alone' : 'within-limits',
        truth: hasUniqueId(form.id, request),
      };
    case 'unresolved':
      return { power: 'alone', truth: truthOf(undefined, form.text) };
    case 'invalid':
      return { power: 'alone', truth: false };
  }
}

/** Whether the account of the caller is listed, as its root ARN or its id. */
function listsAccount(element: PrincipalElement, account: Text): Truth {
  return any(
    element.entries.map(({ form }) =>
      form.kind === 'account' ? sameText(form.account, account) : false,
    ),
  );
}

/**
 * Whether `NotPrincipal` spares the caller from a Deny: its account must be listed, and the caller
 * itself, for a session its role (facts evaluation 8.3).
 */
function isExempt(element: PrincipalElement, request: Request): Truth {
  const { caller } = request;
  const listed = any(
    element.entries.map(({ form }) => {
      if (form.kind === 'account' && caller.kind !== 'root') return false;
      if (form.kind === 'role-session') return false;
      return naming(form, request).truth;
    }),
  );
  const isEveryone = element.entries.some(({ form }) => form.kind === 'everyone');
  if (isEveryone || !('account' in caller)) return listed;
  return all([listed, listsAccount(element, caller.account)]);
}

function namingUser(arn: Text, caller: Caller): Naming {
  if (caller.kind === 'user') return { power: 'alone', truth: sameText(arn, caller.arn) };
  if (caller.kind !== 'federated-user') return { power: 'alone', truth: false };
  // SOURCE: facts evaluation 7.6: a grant to the user reaches its federated sessions, within limits
  const power = 'within-limits';
  if (caller.federatingUser !== undefined) {
    return { power, truth: sameText(arn, caller.federatingUser) };
  }
  const user = parseCaller(arn);
  const sameAccount = user?.kind === 'user' ? sameText(user.account, caller.account) : false;
  const detail = 'the IAM user who asked for the federated session';
  return { power, truth: all([sameAccount, [{ layer: 'attribute', of: caller.arn, detail }]]) };
}

function isSessionOf(account: Text, role: Text, caller: Caller): Truth {
  if (caller.kind !== 'role-session') return false;
  return all([sameText(account, caller.account), sameText(role, caller.role)]);
}

function isSession(form: Extract<PrincipalForm, { kind: 'role-session' }>, caller: Caller): Truth {
  const ofRole = isSessionOf(form.account, form.role, caller);
  if (caller.kind !== 'role-session' || ofRole === false) return false;
  const detail = 'the name of the role session';
  const missing = { layer: 'attribute' as const, of: caller.roleArn, detail };
  const session = caller.session === undefined ? [missing] : sameText(form.session, caller.session);
  return all([ofRole, session]);
}

function isCalled(arn: Text, kind: 'federated-user', caller: Caller): Truth {
  return caller.kind === kind ? sameText(arn, caller.arn) : false;
}

// SOURCE: facts evaluation 7.8
function isVouchedFor(provider: Text, { caller, context }: Request): Truth {
  if (caller.kind === 'provider') return sameText(provider, caller.provider);
  if (caller.kind === 'service') return sameText(provider, caller.name);
  if (caller.kind !== 'anonymous') return false;
  const vouching = findValue(context, 'aws:FederatedProvider');
  return typeof vouching === 'string' ? sameText(provider, vouching) : false;
}

// SOURCE: facts evaluation 7.9
function ownsCanonicalId(id: Text, caller: Caller): Truth {
  if (!('account' in caller)) return false;
  const detail = `the canonical user id of the account, to compare with \`${id}\``;
  return [{ layer: 'attribute', of: caller.account, detail }];
}

/**
 * A unique id in a policy is a deleted principal, and matches nobody but the same id: a caller whose id
 * is not known is another one (facts evaluation 7.10, 5.6).
 */
function hasUniqueId(id: Text, { caller, context }: Request): Truth {
  const userId = findValue(context, 'aws:userid');
  if (typeof userId !== 'string') return false;
  if (caller.kind === 'user') return userId === id;
  return caller.kind === 'role-session' && userId.startsWith(`${id}:`);
}

function sameText(a: Text, b: Text): Truth {
  return truthOf(equalTexts(a, b), a, b);
}
