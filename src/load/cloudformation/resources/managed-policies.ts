import { parseArn, type PolicyDocument } from '../../../policy/index.js';
import { hole, partsOf, showText, type Span, type Text } from '../../../source/index.js';
import { awsManagedPolicy, nameOfAwsPolicy } from '../../aws-managed-policy.js';
import { arnOf } from '../references.js';
import type { Report } from '../report.js';
import { derivedHole } from '../stack.js';
import { readPolicy } from './documents.js';
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
      documents.set(
        mark,
        node && readPolicy(node, kind, kind === 'identity' ? report : silently, nameIn(arn)),
      );
    }
    return documents.get(mark);
  };
  return {
    documentOf: (at) => read(at, 'identity'),
    named(arn, kind, span, from) {
      const own = byArn.get(arn);
      const known = own ? read(own, kind) : ofAws(arn, kind, span);
      return known ?? unseen(arn, kind, span, from);
    },
    isReferred: (at) => referred.has(arnOf(at.resource, at.stack)),
  };
}

// What is wrong in a policy is reported where it is read as an identity policy; AWS's own are sound.
const silently: Report = () => undefined;

function ofAws(arn: Text, kind: 'identity' | 'boundary', span: Span): PolicyDocument | undefined {
  const node = awsManagedPolicy(arn, span);
  return node && readPolicy(node, kind, silently, nameIn(arn));
}

/** The name that the policy has in lists of attached policies; the whole text where it is no ARN. */
function nameIn(arn: Text): Text {
  const resource = parseArn(arn)?.resource ?? arn;
  const parts = partsOf(resource);
  const last = parts.findLastIndex((part) => typeof part === 'string' && part.includes('/'));
  return parts
    .slice(Math.max(last, 0))
    .map((part, index) => {
      if (typeof part !== 'string') return hole(part.unit, part.expression);
      return index === 0 && last >= 0 ? part.slice(part.lastIndexOf('/') + 1) : part;
    })
    .join('');
}

/** A policy of which only the ARN is known: it may hold anything. */
function unseen(
  arn: Text,
  kind: 'identity' | 'boundary',
  span: Span,
  from: Placed,
): PolicyDocument {
  return {
    kind,
    name: nameIn(arn),
    version: '2012-10-17',
    statements: [],
    unresolved: contentOf(arn, from),
    span,
  };
}

// A policy of AWS's is the same in every account, so its content has one name for all templates.
function contentOf(arn: Text, from: Placed): Text {
  const own = nameOfAwsPolicy(arn);
  return own === undefined
    ? derivedHole(from.stack, `${showText(arn)}.PolicyDocument`)
    : hole('AWS managed policies', own);
}
