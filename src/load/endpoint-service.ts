import { showText, type Node, type Span, type Text } from '../source/index.js';
import { mappingNode, textNode } from './make-node.js';

/** The short name of the service of a VPC endpoint: `kms` of `com.amazonaws.us-east-1.kms`, whatever the partition. */
export function serviceIn(name: Text): string {
  const spelled = showText(name);
  const found = /(?:^|\.)com\.amazonaws\.(?:\$\{[^}]*\}|[^.]+)\.(.+)$/.exec(spelled);
  return found?.[1] ?? spelled;
}

/**
 * What an endpoint without a policy has: it lets everything through.
 *
 * SOURCE: facts evaluation 13.20
 */
export function openEndpointPolicy(span: Span): Node {
  const [allow, all] = [textNode('Allow', span), textNode('*', span)];
  const statement = { Effect: allow, Principal: all, Action: all, Resource: all };
  return mappingNode({ Statement: mappingNode(statement, span) }, span);
}
