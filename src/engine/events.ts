import { operations } from '../facts/index.js';
import type { Caller, Key } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import type { KmsCall, KmsException } from './call.js';
import type { CloudTrailEvent } from './engine.js';

/** A call that is over, as far as CloudTrail sees it. */
export interface Recorded {
  readonly call: KmsCall;
  readonly caller: Caller;
  readonly keys: readonly Key[];
  readonly nowMs: number;
  /** The service that called on the caller's behalf. */
  readonly via?: string | undefined;
  readonly error?: KmsException | undefined;
}

/**
 * What CloudTrail records of a call: an event in the caller's account and, where the call succeeded,
 * one in that of each other key's owner. A call without account of its own appears at the key's.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
 */
export function recordCall(recorded: Recorded): readonly CloudTrailEvent[] {
  const { call, caller, keys, nowMs, via, error } = recorded;
  const own = 'account' in caller ? caller.account : undefined;
  const owners = keys.map(({ account }) => account);
  // SOURCE: facts kms-authz 34
  const seeing = own === undefined ? owners : error === undefined ? [own, ...owners] : [own];
  const event = {
    eventTime: timeOf(nowMs),
    eventSource: 'kms.amazonaws.com',
    eventName: call.operation,
    awsRegion: call.region,
    userIdentity: identityOf(caller, call.caller, via),
    readOnly: operations[call.operation].readOnly,
    requestParameters: parametersOf(call),
    resources: keys.map(({ arn, account }) => ({
      ARN: arn,
      accountId: account,
      type: 'AWS::KMS::Key' as const,
    })),
    ...(error === undefined
      ? {}
      : {
          errorCode: error.name.replace(/^AccessDeniedException$/, 'AccessDenied'),
          errorMessage: error.message,
        }),
  } as const;
  return [...new Set(seeing)].map((recipientAccountId) => ({ ...event, recipientAccountId }));
}

/** What KMS records of its own accord when it deletes a key whose time has come. */
export function recordDeletion(key: Key, nowMs: number): CloudTrailEvent {
  const { arn, account, region } = key;
  return {
    eventTime: timeOf(nowMs),
    eventSource: 'kms.amazonaws.com',
    eventName: 'DeleteKey',
    awsRegion: region,
    recipientAccountId: account,
    userIdentity: { accountId: account, invokedBy: 'AWS Internal' },
    readOnly: false,
    requestParameters: {},
    resources: [{ ARN: arn, accountId: account, type: 'AWS::KMS::Key' }],
  };
}

function timeOf(nowMs: number): string {
  return new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

// SOURCE: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
function identityOf(
  caller: Caller,
  arn: Text,
  via: string | undefined,
): Readonly<Record<string, unknown>> {
  const invokedBy = via === undefined ? {} : { invokedBy: 'AWS Internal' };
  switch (caller.kind) {
    case 'root':
      return { type: 'Root', arn: caller.arn, accountId: caller.account, ...invokedBy };
    case 'user':
      return {
        type: 'IAMUser',
        arn,
        accountId: caller.account,
        userName: caller.name,
        ...invokedBy,
      };
    case 'role-session':
      return {
        type: 'AssumedRole',
        arn,
        accountId: caller.account,
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            arn: caller.roleArn,
            accountId: caller.account,
            userName: caller.role,
          },
        },
        ...invokedBy,
      };
    case 'federated-user':
      return { type: 'FederatedUser', arn, accountId: caller.account, ...invokedBy };
    case 'provider':
      return { type: 'WebIdentityUser', identityProvider: caller.provider };
    case 'service':
      return { type: 'AWSService', invokedBy: caller.name };
    case 'anonymous':
      return { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' };
  }
}

// SOURCE: facts kms-operations, `cloudTrail.omitted`: secrets and tokens are never logged
const omitted = new Set(['Plaintext', 'CiphertextBlob', 'GrantTokens', 'GrantToken', 'Policy']);

function parametersOf({ operation, input }: KmsCall): Readonly<Record<string, unknown>> {
  // SOURCE: facts kms-operations: of RetireGrant no parameters are logged
  if (operation === 'RetireGrant') return {};
  const entries: readonly (readonly [string, unknown])[] = Object.entries(input);
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      omitted.has(name) || value === undefined
        ? []
        : [[name.charAt(0).toLowerCase() + name.slice(1), value]],
    ),
  );
}
