import { actionNames } from '../facts/index.js';
import {
  matchesAction,
  type Broken,
  type Condition,
  type Operator,
  type PatternElement,
  type PolicyKind,
  type PrincipalElement,
  type PrincipalForm,
  type Statement,
} from '../policy/index.js';
import type { Text } from '../source/index.js';

/** A statement in plain words, one line a clause: who, what, on what, when. */
export function statementWords(statement: Statement | Broken, kind: PolicyKind): readonly Text[] {
  if (statement.kind === 'broken') return [`cannot be understood: ${statement.reason}`];
  const { effect, principal, action, resource, conditions, presence } = statement;
  return [
    `${effect === 'Allow' ? verbs[kind].allow : verbs[kind].deny} ${whom(principal, kind)}`,
    `to call ${action === undefined ? 'nothing, as it has no Action' : actionWords(action)}`,
    `on ${resource === undefined ? resourceless(kind) : resourceWords(resource, kind)}`,
    ...conditions.map(
      (condition, index) => `${index === 0 ? 'when' : 'and'} ${conditionWords(condition)}`,
    ),
    ...(presence === undefined ? [] : ['if it is there at all, which only deployment decides']),
    ...(isDelegation(statement, kind) ? [DELEGATION] : []),
  ];
}

const DELEGATION =
  'an account stands for its root user, and for its users and roles as far as their IAM policies allow the same';

/** What a statement does in each kind of document: grant, or only limit. */
const verbs: Readonly<Record<PolicyKind, { readonly allow: string; readonly deny: string }>> = {
  'key-policy': { allow: 'allows', deny: 'denies' },
  identity: { allow: 'allows', deny: 'denies' },
  trust: { allow: 'allows', deny: 'denies' },
  resource: { allow: 'allows', deny: 'denies' },
  unknown: { allow: 'allows', deny: 'denies' },
  boundary: { allow: 'grants nothing itself, and lets', deny: 'denies' },
  session: { allow: 'grants nothing itself, and lets', deny: 'denies' },
  scp: { allow: 'grants nothing itself, and lets', deny: 'denies' },
  rcp: { allow: 'grants nothing itself, and lets', deny: 'denies' },
  endpoint: { allow: 'grants nothing itself, and lets', deny: 'denies' },
};

function whom(principal: PrincipalElement | undefined, kind: PolicyKind): Text {
  if (principal === undefined) return holders[kind];
  const names = listOf(
    principal.entries.map(({ form }) => formWords(form)),
    'and',
  );
  return principal.negated ? `everyone but ${names}` : names;
}

const holders: Readonly<Record<PolicyKind, string>> = {
  'key-policy': 'nobody, as it has no Principal',
  trust: 'nobody, as it has no Principal',
  resource: 'nobody, as it has no Principal',
  identity: 'those who have this policy',
  boundary: 'those whose boundary this is',
  session: 'the session',
  scp: 'the principals of the account',
  rcp: 'everyone',
  endpoint: 'those who come through the endpoint',
  unknown: 'those to whom it applies',
};

function formWords(form: PrincipalForm): Text {
  switch (form.kind) {
    case 'everyone':
      return 'everyone, of any AWS account';
    case 'account':
      return `account ${form.account}`;
    case 'user':
    case 'role':
      return `the ${form.kind} ${form.name} of account ${form.account}`;
    case 'role-session':
      return `the session ${form.session} of role ${form.role} of account ${form.account}`;
    case 'federated-user':
      return `the federated user ${form.name} of account ${form.account}`;
    case 'service':
      return `the AWS service ${form.name}`;
    case 'provider':
      return `those whom ${form.provider} vouches for`;
    case 'canonical-user':
      return `the account of canonical user ${form.id}`;
    case 'unique-id':
      return `${form.id}, a principal that was deleted`;
    case 'unresolved':
      return `${form.text}, known only at deployment`;
    case 'invalid':
      return `${form.text}, which is no principal: ${form.why}`;
  }
}

const SHOWN_MAX = 6;

function actionWords({ patterns, negated }: PatternElement): Text {
  const names = listOf(
    patterns.map(({ text }) => spelledOut(text)),
    'and',
  );
  return negated ? `every action but ${names}` : names;
}

/** A pattern with the KMS actions that it stands for, where they are few. */
function spelledOut(pattern: Text): Text {
  if (pattern === '*') return 'every action of every service';
  if (pattern.toLowerCase() === 'kms:*') return 'every KMS action';
  if (!/[*?]/.test(pattern)) return pattern;
  const meant = actionNames.filter((name) => matchesAction(pattern, name) === true);
  if (meant.length === 0) return pattern;
  const shown = meant.slice(0, SHOWN_MAX).join(', ');
  const more = meant.length - SHOWN_MAX;
  return `${pattern} (${shown}${more > 0 ? ` and ${more} more` : ''})`;
}

function resourceless(kind: PolicyKind): string {
  return kind === 'trust' ? 'this role' : 'nothing, as it has no Resource';
}

function resourceWords({ patterns, negated }: PatternElement, kind: PolicyKind): Text {
  const isAll = patterns.some(({ text }) => text === '*');
  if (isAll && !negated) return kind === 'key-policy' ? 'this key' : 'every resource';
  const names = listOf(
    patterns.map(({ text }) => text),
    'and',
  );
  return negated ? `everything but ${names}` : names;
}

function isDelegation({ effect, principal }: Statement, kind: PolicyKind): boolean {
  return (
    kind === 'key-policy' &&
    effect === 'Allow' &&
    principal?.negated === false &&
    principal.entries.some(({ form }) => form.kind === 'account')
  );
}

/** One operator over one condition key, as a clause. */
function conditionWords({ operator, key, values }: Condition): Text {
  const texts = values.map(({ text }) => text);
  if (operator.family === 'Null') {
    return texts
      .map((text) => (text === 'true' ? `${key} is absent` : `${key} is present`))
      .join(' or ');
  }
  const comparison = `${comparisonWords(operator, texts.length)} ${listOf(texts, operator.negated ? 'nor' : 'or')}`;
  const { quantifier, ifExists, negated } = operator;
  if (quantifier === 'ForAllValues') return `every value of ${key} ${comparison}, or it has none`;
  if (quantifier === 'ForAnyValue') return `some value of ${key} ${comparison}`;
  // A negated operator also matches a request that lacks the key; SOURCE: facts evaluation 6
  return `${key} ${comparison}${ifExists || negated ? ', or is absent' : ''}`;
}

function comparisonWords(
  { family, comparison, like, negated, ignoreCase }: Operator,
  values: number,
): string {
  const not = !negated ? '' : values > 1 ? ' neither' : ' not';
  switch (family) {
    case 'Numeric':
      return `is${not} ${numberWords[comparison]}`;
    case 'Date':
      return `is${not} ${dateWords[comparison]}`;
    case 'IpAddress':
      return negated ? 'is outside of' : 'is within';
    case 'Arn':
    case 'String':
      if (like) return negated ? `is${not} like` : 'is like';
      return `is${not}${ignoreCase ? ', in upper or lower case,' : ''}`;
    case 'Bool':
    case 'Binary':
    case 'Null':
      return `is${not}`;
  }
}

const numberWords: Readonly<Record<Operator['comparison'], string>> = {
  equals: 'equal to',
  less: 'less than',
  'less-or-equal': 'at most',
  greater: 'more than',
  'greater-or-equal': 'at least',
};

const dateWords: Readonly<Record<Operator['comparison'], string>> = {
  equals: 'at',
  less: 'before',
  'less-or-equal': 'at or before',
  greater: 'after',
  'greater-or-equal': 'at or after',
};

function listOf(texts: readonly Text[], last: 'and' | 'or' | 'nor'): Text {
  const head = texts.slice(0, -1);
  const [end = ''] = texts.slice(-1);
  return head.length === 0 ? end : `${head.join(', ')} ${last} ${end}`;
}
