import type { Authorization } from '../authorization/decide/index.js';
import type { Request } from '../inventory/index.js';
import type { KmsInputs } from './operations.js';

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
  readonly context?: CallContext;
}

/**
 * Condition keys of a request. They win over what the inventory says of the caller; `null` says that
 * the request has no such key, as `aws:PrincipalOrgID` of an account outside of every organization.
 */
export type CallContext = Readonly<Record<string, string | readonly string[] | null>>;

/**
 * A call of S3, which calls KMS on the caller's behalf by forward access session: the caller stays,
 * and `kms:ViaService` names S3. A bucket of the inventory is taken to hold any object that no call
 * deleted or wrote, encrypted as the bucket says; an upload has to be created before it has parts.
 * Fails with `AccessDenied` where S3 or KMS refuses the caller, else with KMS's error, named as S3
 * names it (`KMS.DisabledException`).
 */
export interface ServiceCall {
  readonly kind: 's3';
  readonly action:
    'PutObject' | 'GetObject' | 'CreateMultipartUpload' | 'UploadPart' | 'CompleteMultipartUpload';
  readonly caller: string;
  readonly bucket: string;
  readonly objectKey: string;
  readonly body?: Uint8Array;
  readonly context?: CallContext;
  /** Encryption that the request asks for, where not the bucket's own. */
  readonly encryption?: ObjectEncryption;
  /**
   * `decided` (where absent): the caller needs S3's own permission too; where the inventory leaves it
   * unknown, the call goes on. `assumed`: nobody asks, and only KMS can refuse.
   */
  readonly servicePermission?: 'decided' | 'assumed';
}

/** The encryption headers of an S3 request. */
export interface ObjectEncryption {
  readonly algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  /** A key id, key ARN, alias name or alias ARN; absent: the bucket's key, or else `aws/s3`. */
  readonly keyId?: string;
  readonly bucketKey?: boolean;
  /** Pairs beside `aws:s3:arn`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** A user or role appears or goes. */
export interface IamEvent {
  readonly kind: 'iam';
  /** `CreatePrincipal` after `DeletePrincipal` makes a new unique id for the same ARN, with the same policies. */
  readonly event: 'CreatePrincipal' | 'DeletePrincipal';
  readonly arn: string;
  /**
   * `CreatePrincipal`: its identity-based policies, as JSON. It then has these and no others, no tags
   * and no boundary, which makes an outsider of an account that the inventory does not know. Absent:
   * those that it had, or none are known.
   */
  readonly policies?: readonly string[];
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
  readonly authorizations: readonly AuthorizedRequest[];
}

/** One question to `decide`, with its answer. */
export interface AuthorizedRequest {
  readonly request: Request;
  readonly authorization: Authorization;
  /**
   * Why it was asked, where not for the operation itself: S3's own permission, or whether the caller
   * could still replace the key policy that it is about to write.
   */
  readonly purpose?: 'service-permission' | 'lockout-safety-check';
}

/** An error as AWS names it. */
export interface KmsException {
  readonly name: string;
  readonly message: string;
}
