import type { Span, Text } from '../source/index.js';
import type { Operator } from './operator.js';
import type { PrincipalForm } from './principal.js';

/**
 * What a policy document is for. `resource` is the policy of a bucket, queue, topic, secret or other
 * resource; `unknown` means that nothing told, and only kind-independent judgements are made.
 */
export type PolicyKind =
  | 'key-policy'
  | 'identity'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'endpoint'
  | 'trust'
  | 'resource'
  | 'unknown';

export interface PolicyDocument {
  readonly kind: PolicyKind;
  /** The name under which it is attached, such as `PolicyName`. */
  readonly name?: Text;
  /** The ARN of the managed policy that it is; absent for an inline one, and where nothing tells. */
  readonly arn?: Text;
  readonly id?: Text;
  /** `2008-10-17` also where the document has no `Version`, as IAM reads it; policy variables are then plain text. */
  readonly version: '2012-10-17' | '2008-10-17';
  readonly versionSpan?: Span;
  /** In the author's order, broken ones at their place. */
  readonly statements: readonly (Statement | Broken)[];
  /** Set where the whole document is unknown until deployment: it may then hold any statement. */
  readonly unresolved?: Text;
  readonly span: Span;
}

export interface Statement {
  readonly kind: 'statement';
  /** Position in the document, from 0. */
  readonly index: number;
  readonly sid?: Text;
  readonly effect: 'Allow' | 'Deny';
  /** Absent where the document leaves it out: right for an identity policy, never matching in a resource-based one. */
  readonly principal?: PrincipalElement;
  /** Absent where the document leaves it out: the statement then has no effect. */
  readonly action?: PatternElement;
  /** Absent where the document leaves it out: no effect, except in trust policies. */
  readonly resource?: PatternElement;
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
  /** A hole where the statement exists only under a condition known at deployment. */
  readonly presence?: Text;
  readonly span: Span;
}

/** A statement that could not be understood. What it could touch is unknown. */
export interface Broken {
  readonly kind: 'broken';
  readonly index: number;
  readonly sid?: Text;
  /** Where at least this was readable. */
  readonly effect?: 'Allow' | 'Deny';
  readonly reason: string;
  readonly span: Span;
}

/** `Principal` or, negated, `NotPrincipal`. */
export interface PrincipalElement {
  readonly negated: boolean;
  readonly entries: readonly PrincipalEntry[];
  readonly span: Span;
}

export interface PrincipalEntry {
  /** `*` is the bare string form; the others are the keys of the mapping form. */
  readonly type: '*' | 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  readonly text: Text;
  /** What the text means. */
  readonly form: PrincipalForm;
  readonly span: Span;
}

/** `Action`, `NotAction`, `Resource` or `NotResource`. */
export interface PatternElement {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
  readonly span: Span;
}

export interface Pattern {
  readonly text: Text;
  readonly span: Span;
}

/** One operator over one condition key. */
export interface Condition {
  readonly operator: Operator;
  /** As the author wrote it: `ForAnyValue:StringLikeIfExists`. */
  readonly operatorText: string;
  readonly operatorSpan: Span;
  /** As the author wrote it; names compare without case. */
  readonly key: Text;
  readonly keySpan: Span;
  /** One of them must match, or none under a negated operator. */
  readonly values: readonly ConditionValue[];
  readonly span: Span;
}

export interface ConditionValue {
  /** Numbers and booleans as their JSON text. */
  readonly text: Text;
  readonly type: 'string' | 'number' | 'boolean';
  readonly span: Span;
}
