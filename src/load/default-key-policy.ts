import type { Node, Span, Text } from '../source/index.js';

/**
 * The policy that KMS gives a key which is created without one: all power to the account, and so to
 * its IAM policies.
 *
 * SOURCE: facts kms-authz 8
 */
export function defaultKeyPolicy(partition: Text, account: Text, span: Span): Node {
  const root = textNode(`arn:${partition}:iam::${account}:root`, span);
  const statement = mappingOf(span, {
    Sid: textNode('Enable IAM User Permissions', span),
    Effect: textNode('Allow', span),
    Principal: mappingOf(span, { AWS: root }),
    Action: textNode('kms:*', span),
    Resource: textNode('*', span),
  });
  return mappingOf(span, {
    Version: textNode('2012-10-17', span),
    Statement: { kind: 'sequence', items: [statement], span },
  });
}

function textNode(value: Text, span: Span): Node {
  return { kind: 'scalar', value, span };
}

function mappingOf(span: Span, values: Readonly<Record<string, Node>>): Node {
  const entries = Object.entries(values).map(([key, value]) => ({ key, keySpan: span, value }));
  return { kind: 'mapping', entries, span };
}
