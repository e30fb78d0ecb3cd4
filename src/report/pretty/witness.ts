import type { Authorization } from '../../authorization/decide/index.js';
import type { Call, Exchange, KmsCall } from '../../engine/index.js';
import type { Text } from '../../source/index.js';
import { escapeText } from '../escape.js';
import { explainAuthorization } from './explain-authorization.js';
import { wrap } from './layout.js';
import type { Paint } from './paint.js';

const STEPS_MAX = 8;

/**
 * What happened on the engine, call by call: who, what, the outcome, and which statements decided it, with
 * their places as far as they stand in one of the files.
 */
export function renderWitness(
  witness: readonly Exchange[],
  files: ReadonlySet<string>,
  indent: string,
  paint: Paint,
): readonly string[] {
  const skipped = Math.max(witness.length - STEPS_MAX, 0);
  const shown = witness.slice(skipped);
  const gap = skipped > 0 ? [paint.faint(`${indent}(${skipped} earlier calls left out)`)] : [];
  return [
    ...gap,
    ...shown.flatMap((exchange, index) =>
      renderStep(exchange, files, `${indent}${skipped + index + 1}. `, paint),
    ),
  ];
}

function renderStep(
  exchange: Exchange,
  files: ReadonlySet<string>,
  first: string,
  paint: Paint,
): readonly string[] {
  const rest = ' '.repeat(first.length);
  const lines = [wrap(escapeText(describeCall(exchange.call)), paint.width, first)];
  if (exchange.call.kind === 'kms' || exchange.call.kind === 's3') {
    lines.push(renderOutcome(exchange, files, rest, paint));
  }
  return lines;
}

function describeCall(call: Call): Text {
  switch (call.kind) {
    case 'kms':
      return `${call.caller} calls ${describeKmsCall(call)}`;
    case 's3': {
      const bucket = call.bucket.startsWith('arn:') ? call.bucket : `arn:aws:s3:::${call.bucket}`;
      return `${call.caller} calls s3:${call.action} on ${bucket}/${call.objectKey}`;
    }
    case 'iam':
      if (call.event === 'DeletePrincipal') return `${call.arn} is deleted`;
      return call.policies === undefined
        ? `${call.arn} is created, with a new unique id`
        : `${call.arn} is created, with IAM policies of its own`;
    case 'clock':
      return `${describeDuration(call.advanceMs)} pass`;
  }
}

function describeDuration(durationMs: number): string {
  const DAY_MS = 86_400_000;
  return durationMs >= DAY_MS
    ? `${Math.round(durationMs / DAY_MS)} days`
    : `${Math.round(durationMs / 1000)} seconds`;
}

function describeKmsCall(call: KmsCall): Text {
  const input: Readonly<Record<string, unknown>> = { ...call.input };
  const on =
    input['KeyId'] ?? input['DestinationKeyId'] ?? input['TargetKeyId'] ?? input['AliasName'];
  const target =
    typeof on === 'string' ? `kms:${call.operation} on ${on}` : `kms:${call.operation}`;
  const details = [
    ...listed('encryption context', input['EncryptionContext']),
    ...listed('for', input['GranteePrincipal'] ?? input['GranteeServicePrincipal']),
    ...listed('of', input['Operations']),
    ...Object.entries(call.context ?? {}).flatMap(([key, value]) => listed(key, value)),
  ];
  return details.length === 0 ? target : `${target}, ${details.join(', ')}`;
}

function listed(name: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  const isPlain = typeof value === 'string';
  if (Array.isArray(value)) return [`${name} ${value.join(', ')}`];
  return [`${name} ${isPlain ? value : JSON.stringify(value)}`];
}

function renderOutcome(
  exchange: Exchange,
  files: ReadonlySet<string>,
  indent: string,
  paint: Paint,
): string {
  const decisive = findDecisive(exchange);
  const because = decisive === undefined ? '' : explainAuthorization(decisive, files);
  return wrap(escapeText(describeOutcome(exchange, because)), paint.width, indent);
}

function describeOutcome({ outcome }: Exchange, because: Text): Text {
  if (outcome.kind === 'succeeded') return because === '' ? 'succeeds' : `succeeds, ${because}`;
  const { name, message } = outcome.error;
  const isDenied = name.startsWith('AccessDenied') && because !== '';
  return `fails, ${name}: ${isDenied ? because : message}`;
}

/** The question on which the call turned: the last one refused, or else the operation's own. */
function findDecisive({ authorizations }: Exchange): Authorization | undefined {
  const refused = authorizations.findLast(
    ({ authorization }) => authorization.decision !== 'Allow',
  );
  const own = authorizations.findLast(({ purpose }) => purpose === undefined);
  return (refused ?? own)?.authorization;
}
