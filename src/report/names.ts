import type { AnswerCondition } from '../authorization/answers/index.js';
import type { LayerOutcome } from '../authorization/decide/index.js';
import { findConditionKey } from '../facts/index.js';
import type { Via } from '../graph/index.js';
import type { Caller, Grant, Layer } from '../inventory/index.js';
import type { Confirmation } from '../lint/index.js';
import { parseArn, type Broken, type Statement } from '../policy/index.js';
import { startOf, type Span, type Text } from '../source/index.js';

/** What people call a layer. */
export const layerNames: Readonly<Record<Layer, string>> = {
  'key-policy': 'key policy',
  delegation: 'delegation to IAM',
  identity: 'IAM policies',
  grant: 'grants',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'SCPs',
  rcp: 'RCPs',
  endpoint: 'VPC endpoint policy',
  trust: 'trust policy',
  'resource-policy': 'resource-based policy',
};

/** What people call an outcome of a layer. */
export const outcomeNames: Readonly<Record<LayerOutcome['outcome'], string>> = {
  allows: 'allows',
  denies: 'denies',
  silent: 'says nothing',
  'not-supplied': 'not supplied',
  'does-not-apply': 'does not apply',
};

/** A caller as one text, the same that may be given as `principal`. */
export function callerText(caller: Caller): Text {
  switch (caller.kind) {
    case 'root':
    case 'user':
    case 'federated-user':
      return caller.arn;
    case 'role-session':
      return caller.session === undefined ? caller.roleArn : sessionArn(caller);
    case 'provider':
      return caller.provider;
    case 'service':
      return caller.name;
    case 'anonymous':
      return 'anonymous';
  }
}

function sessionArn(caller: Extract<Caller, { kind: 'role-session' }>): Text {
  const partition = parseArn(caller.roleArn)?.partition ?? 'aws';
  return `arn:${partition}:sts::${caller.account}:assumed-role/${caller.role}/${caller.session ?? ''}`;
}

/** A condition key as AWS spells it, which the context holds in lower case. */
export function spellKey(key: string): string {
  const name = findConditionKey(key)?.name ?? key;
  const open = name.indexOf('${');
  return open < 0 ? name : name.slice(0, open) + key.slice(open);
}

/** How a statement or grant is called: by its Sid or id, else by its position. */
export function causeName(cause: Statement | Broken | Grant): Text {
  if (!('kind' in cause)) return `grant ${cause.id}`;
  return cause.sid === undefined ? `statement ${cause.index + 1}` : `\`${cause.sid}\``;
}

/** `path:line:column`, as editors and terminals open it; the path alone where there is no text. */
export function placeText(span: Span): string {
  const { path, text } = span.source;
  if (text === '') return path;
  const { line, column } = startOf(span);
  return `${path}:${line}:${column}`;
}

/** A condition on one line, as policies spell it: `StringEquals kms:ViaService: s3.us-east-1.amazonaws.com`. */
export function describeCondition({ key, operator, values }: AnswerCondition): Text {
  return `${operator} ${key}: ${values.join(', ')}`;
}

const wayNames = {
  'key-policy': 'key policy',
  delegation: 'IAM policy',
  step: 'escalation',
} as const;

/** By which ways access comes, in a few words. */
export function viaText(via: readonly Via[]): Text {
  const ways = via.map(({ kind, ref }) => (kind === 'grant' ? `grant ${ref}` : wayNames[kind]));
  return [...new Set(ways)].join(', ');
}

/** What trying a claim showed, and how hard it was tried, in one clause. */
export function describeConfirmation(confirmation: Confirmation): Text {
  switch (confirmation.kind) {
    case 'confirmed':
      return describeConfirmed(confirmation);
    case 'unconfirmed': {
      const { reason, runs, seed } = confirmation;
      return `not confirmed: ${reason} (${count(runs, 'run')}, seed ${seed})`;
    }
    case 'unsimulated':
      return `not simulated: ${confirmation.reason}`;
  }
}

function describeConfirmed(confirmation: Extract<Confirmation, { kind: 'confirmed' }>): Text {
  const { claims, proved, whom, runs, seed } = confirmation;
  const run = `${count(runs, 'run')}, seed ${seed}`;
  if (claims === 'can') {
    return proved && whom !== undefined
      ? `proved: the policies allow it to ${whom}, and the engine did it (${run})`
      : `confirmed by execution (${run})`;
  }
  if (!proved) return `confirmed by execution: no counterexample in ${run}`;
  return whom === undefined
    ? `proved: no attempt succeeds, and ${coverage(runs)} every case`
    : `proved: no request of ${whom} is allowed, whatever its context`;
}

function coverage(attempts: number): string {
  return attempts === 1 ? 'one covers' : `these ${attempts} cover`;
}

/** `1 error`, `2 errors`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
