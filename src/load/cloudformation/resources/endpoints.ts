import type { Endpoint } from '../../../inventory/index.js';
import { showText, type Node, type Span, type Text } from '../../../source/index.js';
import { mappingNode, textNode } from '../../make-node.js';
import { refOf } from '../references.js';
import type { Report } from '../report.js';
import { readPolicy } from './documents.js';
import { definedAt, textAt, valueOf, type Placed } from './placed.js';

/** The VPC endpoints that a template creates. */
export function endpointsOf(placed: readonly Placed[], report: Report): readonly Endpoint[] {
  return placed.flatMap((at) => {
    if (at.resource.type !== 'AWS::EC2::VPCEndpoint') return [];
    const vpc = textAt(at, 'VpcId');
    const policy = valueOf(at, 'PolicyDocument') ?? openPolicy(at.resource.idSpan);
    return [
      {
        ...definedAt(at),
        id: refOf(at.resource, at.stack),
        service: serviceIn(textAt(at, 'ServiceName') ?? ''),
        ...(vpc !== undefined && { vpc }),
        policy: readPolicy(policy, 'endpoint', report),
      },
    ];
  });
}

/** `kms` of `com.amazonaws.us-east-1.kms`, whatever the partition. */
function serviceIn(name: Text): string {
  const spelled = showText(name);
  const found = /(?:^|\.)com\.amazonaws\.(?:\$\{[^}]*\}|[^.]+)\.(.+)$/.exec(spelled);
  return found?.[1] ?? spelled;
}

/** SOURCE: facts evaluation 13.20: an endpoint without a policy lets everything through. */
function openPolicy(span: Span): Node {
  const [allow, all] = [textNode('Allow', span), textNode('*', span)];
  const statement = { Effect: allow, Principal: all, Action: all, Resource: all };
  return mappingNode({ Statement: mappingNode(statement, span) }, span);
}
