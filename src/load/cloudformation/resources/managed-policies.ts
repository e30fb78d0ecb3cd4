import { textsIn } from '../../passed.js';
import type { PolicyDocument } from '../../../policy/index.js';
import type { Span, Text } from '../../../source/index.js';
import { policyNameIn, policyOfArn } from '../../policy-of-arn.js';
import { arnOf } from '../references.js';
import type { Report } from '../report.js';
import { derivedHole } from '../stack.js';
import { readPolicy } from './documents.js';
import { valueOf, type Placed } from './placed.js';

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
        node && {
          ...readPolicy(node, kind, kind === 'identity' ? report : silently, policyNameIn(arn)),
          arn,
        },
      );
    }
    return documents.get(mark);
  };
  return {
    documentOf: (at) => read(at, 'identity'),
    named(arn, kind, span, from) {
      const own = byArn.get(arn);
      const known = own && read(own, kind);
      return known ?? policyOfArn(arn, kind, span, (text) => derivedHole(from.stack, text));
    },
    isReferred: (at) => referred.has(arnOf(at.resource, at.stack)),
  };
}

// What is wrong in a policy is reported where it is read as an identity policy.
const silently: Report = () => undefined;
