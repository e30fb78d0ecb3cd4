import type { Inventory } from '../inventory/index.js';
import type { Call, Exchange } from './call.js';

/** Gives the time, in milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** Gives bytes that nobody can guess, or, in a test, the same ones each time. */
export interface Entropy {
  bytes(count: number): Uint8Array;
}

/**
 * KMS in process: state that calls change, guarded by `decide`. It starts as the inventory says; two
 * engines of one inventory never affect each other.
 */
export interface Engine {
  call(call: Call): Exchange;
  /** The inventory as it stands now: the first one, with all that calls have changed. */
  inventory(): Inventory;
  events(): readonly CloudTrailEvent[];
}

/** What CloudTrail records of a call, with its field names. */
export interface CloudTrailEvent {
  readonly eventTime: string;
  readonly eventSource: 'kms.amazonaws.com';
  readonly eventName: string;
  readonly awsRegion: string;
  /** The account in whose trail it appears. */
  readonly recipientAccountId: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  readonly requestParameters: Readonly<Record<string, unknown>>;
  readonly resources: readonly CloudTrailResource[];
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

export interface CloudTrailResource {
  readonly ARN: string;
  readonly accountId: string;
  readonly type: 'AWS::KMS::Key';
}
