import type { Authorization } from '../authorization/decide/index.js';
import type { Call, Exchange, KmsCall } from '../engine/index.js';
import type { Span, Text } from '../source/index.js';
import { explainAuthorization } from './explain-authorization.js';

/** Who calls what, on what, in one clause. */
export function describeCall(call: Call): Text {
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

/**
 * What came of a call and which statements decided it, in one clause; `undefined` for what nobody decides.
 * Only what stands in one of the files of the run has a place.
 */
export function describeOutcome(exchange: Exchange, files: ReadonlySet<string>): Text | undefined {
  const { call, outcome } = exchange;
  if (call.kind !== 'kms' && call.kind !== 's3') return undefined;
  const decisive = findDecisive(exchange);
  const because = decisive === undefined ? '' : explainAuthorization(decisive, files);
  if (outcome.kind === 'succeeded') return because === '' ? 'succeeds' : `succeeds, ${because}`;
  const { name, message } = outcome.error;
  const isDenied = name.startsWith('AccessDenied') && because !== '';
  return `fails, ${name}: ${isDenied ? because : message}`;
}

/** Where the statements and grants that decided a call stand, as far as they stand in files of the run. */
export function decisivePlaces(exchange: Exchange, files: ReadonlySet<string>): readonly Span[] {
  const decisive = findDecisive(exchange);
  if (decisive === undefined) return [];
  const outcome = decisive.decision === 'Allow' ? 'allows' : 'denies';
  return decisive.layers
    .filter((layer) => layer.outcome === outcome)
    .flatMap(({ because }) => because.map(({ span }) => span))
    .filter(({ source }) => files.has(source.path));
}

/** The question on which the call turned: the last one refused, or else the operation's own. */
function findDecisive({ authorizations }: Exchange): Authorization | undefined {
  const refused = authorizations.findLast(
    ({ authorization }) => authorization.decision !== 'Allow',
  );
  const own = authorizations.findLast(({ purpose }) => purpose === undefined);
  return (refused ?? own)?.authorization;
}
