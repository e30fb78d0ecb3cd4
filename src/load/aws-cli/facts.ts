import type { EventSelector, Grant } from '../../inventory/index.js';
import type { Diagnostic, Node, Span, Text } from '../../source/index.js';

/**
 * What one saved output says. Outputs seldom name all of their subject, so that facts refer to
 * things as the output or its path does; who is meant is settled once all files of a run are read.
 */
export type Fact =
  | KeyFact
  | AliasFact
  | PrincipalFact
  | ManagedPolicyFact
  | DependantFact
  | TrailFact
  | EndpointFact
  | AccountFact
  | OrganizationFact
  | NothingFact
  | DiagnosticFact;

/** How a key is referred to; `nameless` where neither the output nor its path says. */
export type KeyReference =
  | { readonly by: 'arn'; readonly arn: Text }
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'alias'; readonly name: string }
  /** A word of the path that may be the name of an alias. */
  | { readonly by: 'name'; readonly name: string }
  | { readonly by: 'nameless' };

export interface KeyFact {
  readonly kind: 'key';
  readonly key: KeyReference;
  readonly attributes?: KeyAttributes;
  readonly policy?: Node;
  /** All grants of the key. */
  readonly grants?: readonly Grant[];
  /** All tags of the key. */
  readonly tags?: ReadonlyMap<Text, Text>;
  readonly span: Span;
}

export interface KeyAttributes {
  readonly manager?: 'AWS' | 'CUSTOMER';
  readonly spec?: string;
  readonly usage?: string;
  readonly state?: string;
  readonly origin?: string;
  readonly multiRegion?: 'no' | 'primary' | 'replica';
  readonly primaryRegion?: Text;
  readonly rotation?: boolean;
  readonly deletionDate?: string;
}

export interface AliasFact {
  readonly kind: 'alias';
  readonly arn: Text;
  readonly name: Text;
  /** A key id. */
  readonly target: Text;
  /** Whether the list that it stands in holds all aliases of that key. */
  readonly whole: boolean;
  readonly span: Span;
}

export type PrincipalType = 'user' | 'role' | 'group';

export type PrincipalReference =
  | { readonly by: 'arn'; readonly arn: Text }
  | { readonly by: 'name'; readonly type: PrincipalType; readonly name: Text };

export interface PrincipalFact {
  readonly kind: 'principal';
  readonly type: PrincipalType;
  readonly principal: PrincipalReference;
  readonly uniqueId?: Text;
  readonly tags?: ReadonlyMap<Text, Text>;
  readonly trust?: Node;
  readonly boundary?: { readonly arn: Text; readonly span: Span } | 'none';
  /** Names of all groups of a user. */
  readonly groups?: readonly Text[];
  readonly inline?: Attached<InlinePolicy>;
  readonly managed?: Attached<ManagedReference>;
  readonly span: Span;
}

/** Policies of one sort that a principal has; `whole` if these are all. */
export interface Attached<T> {
  readonly policies: readonly T[];
  readonly whole: boolean;
}

export interface InlinePolicy {
  readonly name: Text;
  /** Absent where only the name is known. */
  readonly document?: Node;
  readonly span: Span;
}

export interface ManagedReference {
  readonly arn: Text;
  readonly span: Span;
}

/** A managed policy by its ARN or, in outputs that name no ARN, its name. */
export interface ManagedPolicyFact {
  readonly kind: 'managed-policy';
  readonly arn?: Text;
  readonly name: Text;
  /** Its default version. */
  readonly document?: Node;
  readonly span: Span;
}

export interface DependantFact {
  readonly kind: 'dependant';
  readonly service: string;
  readonly type: string;
  /** An ARN, or the name that completes one. */
  readonly resource: Text | { readonly name: Text };
  readonly key?: Node;
  readonly encryption?: string;
  readonly bucketKey?: boolean;
  readonly policy?: Node;
  readonly span: Span;
}

export interface TrailFact {
  readonly kind: 'trail';
  readonly type: 'trail' | 'event-data-store';
  readonly arn: Text;
  /** Absent where another output holds them. */
  readonly selectors?: readonly EventSelector[];
  readonly span: Span;
}

export interface EndpointFact {
  readonly kind: 'endpoint';
  readonly id: Text;
  readonly service: string;
  readonly vpc?: Text;
  readonly policy?: Node;
  readonly span: Span;
}

/** That the outputs beside this one come from an account. */
export interface AccountFact {
  readonly kind: 'account';
  readonly id: Text;
  /** Whether all users and roles of the account are in this file. */
  readonly principalsWhole?: boolean;
  readonly span: Span;
}

export type OrganizationFact =
  | {
      readonly kind: 'organization';
      readonly id: Text;
      readonly managementAccount: Text;
      readonly span: Span;
    }
  | { readonly kind: 'member'; readonly account: Text; readonly span: Span }
  /** A root, unit or account below a root or unit. */
  | {
      readonly kind: 'parent';
      readonly child: Text;
      readonly parent: Text;
      readonly span: Span;
    }
  | {
      readonly kind: 'organization-policy';
      readonly id: Text;
      readonly name?: Text;
      readonly type: OrganizationPolicyType;
      readonly document?: Node;
      readonly span: Span;
    }
  /** All policies of a type at a target, or all targets of a policy. */
  | {
      readonly kind: 'policies-of-target';
      readonly target: Text;
      readonly type: OrganizationPolicyType;
      readonly policies: readonly Text[];
      readonly span: Span;
    }
  | {
      readonly kind: 'targets-of-policy';
      readonly policy: Text;
      readonly targets: readonly Text[];
      readonly span: Span;
    };

export type OrganizationPolicyType = 'scp' | 'rcp';

/** That an output is known and says nothing about keys or who may use them. */
export interface NothingFact {
  readonly kind: 'nothing';
  readonly command: string;
  readonly span: Span;
}

export interface DiagnosticFact {
  readonly kind: 'diagnostic';
  readonly diagnostic: Diagnostic;
}
