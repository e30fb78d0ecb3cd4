import type { PolicyDocument } from '../../../policy/index.js';
import { hole, showText, type Span, type Text } from '../../../source/index.js';
import { arnOf } from '../references.js';
import { derivedHole } from '../stack.js';
import { readPolicy, type Report } from './documents.js';
import { textsIn, valueOf, type Placed } from './placed.js';

/** The managed policies of a template, and what is known of those from elsewhere. */
export interface ManagedPolicies {
  /** The identity-based document of an `AWS::IAM::ManagedPolicy`. */
  documentOf(at: Placed): PolicyDocument | undefined;
  /** The policy of an ARN; one that the template does not have may hold anything. */
  named(arn: Text, kind: 'identity' | 'boundary', span: Span, from: Placed): PolicyDocument;
  /** Whether a principal of the template names it as policy or boundary. */
  isReferred(at: Placed): boolean;
}

export function createManagedPolicies(placed: readonly Placed[], report: Report): ManagedPolicies {
  const byArn = new Map<Text, Placed>();
  const referred = new Set<Text>();
  for (const at of placed) {
    if (at.resource.type === 'AWS::IAM::ManagedPolicy') byArn.set(arnOf(at.resource, at.stack), at);
    for (const property of ['ManagedPolicyArns', 'PermissionsBoundary']) {
      if (!/^AWS::IAM::(Role|User|Group)$/.test(at.resource.type)) continue;
      for (const { text } of textsIn(valueOf(at, property))) referred.add(text);
    }
  }
  const documents = new Map<string, PolicyDocument | undefined>();
  const read = (at: Placed, kind: 'identity' | 'boundary'): PolicyDocument | undefined => {
    const arn = arnOf(at.resource, at.stack);
    const mark = `${kind} ${arn}`;
    if (!documents.has(mark)) {
      const node = valueOf(at, 'PolicyDocument');
      documents.set(mark, node && readPolicy(node, kind, silentAfterFirst(kind, report), arn));
    }
    return documents.get(mark);
  };
  return {
    documentOf: (at) => read(at, 'identity'),
    named(arn, kind, span, from) {
      const own = byArn.get(arn);
      return (own && read(own, kind)) ?? unseen(arn, kind, span, from);
    },
    isReferred: (at) => referred.has(arnOf(at.resource, at.stack)),
  };
}

// A boundary is also read as an identity policy, whose reading reports what is wrong.
function silentAfterFirst(kind: 'identity' | 'boundary', report: Report): Report {
  return kind === 'identity' ? report : () => undefined;
}

/** A policy of which only the ARN is known: it may hold anything. */
function unseen(
  name: Text,
  kind: 'identity' | 'boundary',
  span: Span,
  from: Placed,
): PolicyDocument {
  return {
    kind,
    name,
    version: '2012-10-17',
    statements: [],
    unresolved: contentOf(name, from),
    span,
  };
}

// A policy of AWS's is the same in every account, so its content has one name for all templates. The
// path is left out: its name alone says which it is.
function contentOf(name: Text, from: Placed): Text {
  const [, own] = /^arn:[^:]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(showText(name)) ?? [];
  return own === undefined
    ? derivedHole(from.stack, `${showText(name)}.PolicyDocument`)
    : hole('AWS managed policies', own);
}
