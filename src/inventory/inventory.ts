import type { PolicyDocument } from '../policy/index.js';
import type { Span, Text } from '../source/index.js';
import type { CodeCall } from './code.js';

/**
 * The estate under analysis, as one immutable value. What it does not say is *not supplied*, never
 * "none": an absent optional field is unknown, a present one is complete.
 */
export interface Inventory {
  readonly accounts: readonly Account[];
  readonly keys: readonly Key[];
  readonly aliases: readonly Alias[];
  readonly principals: readonly Principal[];
  readonly groups: readonly Group[];
  readonly endpoints: readonly Endpoint[];
  readonly dependants: readonly Dependant[];
  readonly trails: readonly Trail[];
  /** Policy documents that no resource of the inventory owns: bare files, managed policies attached to nothing. */
  readonly documents: readonly LooseDocument[];
  /** Calls in source code, and what becomes of what they return. */
  readonly calls: readonly CodeCall[];
  /** Suppressions found in comments and metadata. */
  readonly directives: readonly Directive[];
  /** Kinds of which all there is has been loaded. */
  readonly complete: ReadonlySet<Completable>;
  /** The same estate before a change, where an input such as a Terraform plan describes both. */
  readonly before?: Inventory;
}

export type Completable =
  | 'accounts'
  | 'keys'
  | 'aliases'
  | 'principals'
  | 'grants'
  | 'scps'
  | 'rcps'
  | 'endpoints'
  | 'boundaries'
  | 'resources';

/** Where a thing was defined. */
export interface Defined {
  /** The logical address in its document, such as a CloudFormation logical id, or the ARN. Not a path. */
  readonly address: string;
  /** The unit whose holes its texts share, see `Text`. */
  readonly unit: string;
  readonly span: Span;
}

export interface Account extends Defined {
  readonly id: Text;
  readonly organization?: Text;
  /** The ids on the way down, such as `r-abcd`, `ou-abcd-1`. */
  readonly organizationPath?: readonly Text[];
  readonly managementAccount?: boolean;
  /** One list of policies per level, root first. */
  readonly scps?: readonly (readonly PolicyDocument[])[];
  readonly rcps?: readonly (readonly PolicyDocument[])[];
  /** Kinds of which all there is in this account has been loaded, whatever is known of others. */
  readonly complete?: ReadonlySet<Completable>;
}

export interface Key extends Defined {
  readonly arn: Text;
  readonly account: Text;
  /** True where no input states the account, and the one that the key policy names was taken. */
  readonly accountAssumed?: boolean;
  readonly region: Text;
  /** Absent: not supplied. */
  readonly policy?: PolicyDocument;
  /** True where the document gives no policy and AWS therefore puts the default one; `policy` then holds it. */
  readonly policyIsDefault?: boolean;
  /**
   * Set where several resources each give the key a policy, so that the one which is deployed last has its
   * way: all of them. Each is then the `policy` of a variant of the key.
   */
  readonly policyOwners?: readonly PolicyOwner[];
  readonly manager?: 'AWS' | 'CUSTOMER';
  readonly spec?: string;
  readonly usage?: string;
  readonly state?: string;
  readonly origin?: string;
  readonly multiRegion?: 'no' | 'primary' | 'replica';
  readonly primaryRegion?: Text;
  readonly rotation?: boolean;
  /** All aliases of the key, as `alias/…`. */
  readonly aliases?: readonly Text[];
  readonly tags?: ReadonlyMap<Text, Text>;
  readonly grants?: readonly Grant[];
  /** ISO 8601. */
  readonly deletionDate?: string;
  /** True where a plan deletes it and creates another one in its place. */
  readonly replaced?: boolean;
}

/** A resource that gives a key its policy. */
export interface PolicyOwner {
  readonly address: string;
  readonly span: Span;
  readonly policy: PolicyDocument;
}

export interface Alias extends Defined {
  /** With its prefix: `alias/orders`. */
  readonly name: Text;
  readonly account: Text;
  readonly region: Text;
  /** A key ARN, or a bare key id of the alias's account and Region. */
  readonly target: Text;
}

export interface Grant {
  readonly id: Text;
  readonly name?: Text;
  /** An ARN, a unique id of a deleted principal, or a service principal's name. */
  readonly grantee: Text;
  readonly operations: readonly string[];
  readonly retiringPrincipal?: Text;
  /** An account id; where absent, the key's account. */
  readonly issuingAccount?: Text;
  readonly constraints?: GrantConstraints;
  readonly span: Span;
}

export interface GrantConstraints {
  readonly encryptionContextEquals?: ReadonlyMap<string, string>;
  readonly encryptionContextSubset?: ReadonlyMap<string, string>;
  readonly sourceArn?: string;
}

export interface Principal extends Defined {
  readonly kind: 'user' | 'role';
  readonly arn: Text;
  readonly account: Text;
  /** The last part of the path. */
  readonly name: Text;
  /** `AIDA…` or `AROA…`. */
  readonly uniqueId?: Text;
  readonly tags?: ReadonlyMap<Text, Text>;
  /** Its own identity-based policies, inline and attached. Absent: not supplied. */
  readonly policies?: readonly PolicyDocument[];
  /** Users only: the ARNs of its groups. */
  readonly groups?: readonly Text[];
  /** `none`: known to have none. Absent: not supplied. */
  readonly boundary?: PolicyDocument | 'none';
  /** Roles only. */
  readonly trust?: PolicyDocument;
  readonly serviceLinked: boolean;
  /** Whether its document fixes its name, so that a recreated one has the same ARN. */
  readonly fixedName: boolean;
  /** True where a plan deletes it and creates another one in its place. */
  readonly replaced?: boolean;
}

export interface Group extends Defined {
  readonly arn: Text;
  readonly policies?: readonly PolicyDocument[];
}

/** A VPC endpoint. */
export interface Endpoint extends Defined {
  readonly id: Text;
  /** The short name: `kms`, `s3`. */
  readonly service: string;
  readonly vpc?: Text;
  readonly policy?: PolicyDocument;
}

/** A resource that uses a KMS key, or whose policy matters for one that does. */
export interface Dependant extends Defined {
  /** The IAM service prefix: `s3`, `sns`, `sqs`, `logs`, `secretsmanager` … */
  readonly service: string;
  /** What it is, in kebab case: `bucket`, `topic`, `queue`, `log-group`, `secret`, `volume`, `function` … */
  readonly type: string;
  readonly arn: Text;
  readonly account: Text;
  readonly region: Text;
  /** The key reference as written: key ARN, key id, alias name or alias ARN; absent where it uses no customer-chosen key. */
  readonly key?: Text;
  readonly keySpan?: Span;
  /** Buckets: `aws:kms`, `aws:kms:dsse`, `AES256`. */
  readonly encryption?: string;
  /** Buckets: whether S3 Bucket Keys are on. */
  readonly bucketKey?: boolean;
  readonly policy?: PolicyDocument;
  /** True where a plan deletes it and creates another one in its place. */
  readonly replaced?: boolean;
}

/** A CloudTrail trail or event data store, as far as it tells whether KMS events are recorded. */
export interface Trail extends Defined {
  readonly kind: 'trail' | 'event-data-store';
  readonly name: Text;
  readonly selectors: readonly EventSelector[];
}

export interface EventSelector {
  readonly includeManagementEvents: boolean;
  readonly readWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
  readonly excludeManagementEventSources: readonly Text[];
  /** Set for advanced event selectors: the field conditions, lower-cased operator names to values. */
  readonly advanced?: readonly AdvancedField[];
  readonly span: Span;
}

export interface AdvancedField {
  /** `eventCategory`, `eventSource`, `readOnly` … */
  readonly field: string;
  readonly operator:
    'equals' | 'notEquals' | 'startsWith' | 'notStartsWith' | 'endsWith' | 'notEndsWith';
  readonly values: readonly Text[];
}

export interface LooseDocument extends Defined {
  readonly document: PolicyDocument;
  /** Account that it belongs to, where known. */
  readonly account?: Text;
}

export interface Directive {
  /** Rule ids as written, unknown ones too. */
  readonly rules: readonly string[];
  readonly reason?: string;
  /** `YYYY-MM-DD` as written. */
  readonly until?: string;
  readonly scope: 'line' | 'next-line' | 'file' | 'resource';
  readonly span: Span;
  /** What it covers: a resource or statement; for `line` scopes derived from positions. */
  readonly covers?: Span;
  /** Set where it suppresses nothing, however it is meant. Completes "this directive has no effect: …". */
  readonly malformed?: string;
}
