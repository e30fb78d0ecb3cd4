import type { Node, Span, Text } from '../source/index.js';
import { listNode, mappingNode, textNode } from './make-node.js';

/**
 * The policy that KMS gives a key which is created without one: all power to the account, and so to
 * its IAM policies.
 *
 * SOURCE: facts kms-authz 8
 */
export function defaultKeyPolicy(partition: Text, account: Text, span: Span): Node {
  const text = (value: Text): Node => textNode(value, span);
  const statement = mappingNode(
    {
      Sid: text('Enable IAM User Permissions'),
      Effect: text('Allow'),
      Principal: mappingNode({ AWS: text(`arn:${partition}:iam::${account}:root`) }, span),
      Action: text('kms:*'),
      Resource: text('*'),
    },
    span,
  );
  const Version = text('2012-10-17');
  return mappingNode({ Version, Statement: listNode([statement], span) }, span);
}
