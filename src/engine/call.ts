import type { Authorization } from '../authorization/decide/index.js';
import type { Request } from '../inventory/index.js';
import type { KmsInputs, KmsOutputs } from './operations.js';

/** What happens to an engine from outside: one step of a scenario. */
export type Call = KmsCall | ServiceCall | IamEvent | ClockStep;

/** A call of the KMS API, by the operation's name. */
export type KmsCall = { readonly [Name in keyof KmsInputs]: KmsCallOf<Name> }[keyof KmsInputs];

export interface KmsCallOf<Name extends keyof KmsInputs> {
  readonly kind: 'kms';
  readonly operation: Name;
  readonly input: KmsInputs[Name];
  /** The ARN of a user, role, role session, federated user or account root; a service principal's name; `anonymous`. */
  readonly caller: string;
  /** The Region of the endpoint. */
  readonly region: string;
  /** Condition keys that come with the request and cannot be derived, such as `aws:SourceArn`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** A call of another service, which calls KMS on the caller's behalf by forward access session. */
export interface ServiceCall {
  readonly kind: 's3';
  readonly action:
    'PutObject' | 'GetObject' | 'CreateMultipartUpload' | 'UploadPart' | 'CompleteMultipartUpload';
  readonly caller: string;
  readonly bucket: string;
  readonly objectKey: string;
  readonly body?: Uint8Array;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface IamEvent {
  readonly kind: 'iam';
  /** `CreatePrincipal` after `DeletePrincipal` makes a new unique id for the same ARN, with the same policies. */
  readonly event: 'CreatePrincipal' | 'DeletePrincipal';
  readonly arn: string;
}

export interface ClockStep {
  readonly kind: 'clock';
  readonly advanceMs: number;
}

/** One call with all that came of it. */
export interface Exchange {
  readonly call: Call;
  readonly outcome:
    | { readonly kind: 'succeeded'; readonly output: Readonly<Record<string, unknown>> }
    | { readonly kind: 'failed'; readonly error: KmsException };
  /** Each question put to `decide` on the way, in order. */
  readonly authorizations: readonly {
    readonly request: Request;
    readonly authorization: Authorization;
  }[];
}

/** An error as AWS names it. */
export interface KmsException {
  readonly name: string;
  readonly message: string;
}

export type KmsOutputOf<Name extends keyof KmsInputs> = KmsOutputs[Name];
