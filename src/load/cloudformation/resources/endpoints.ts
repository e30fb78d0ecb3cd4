import type { Endpoint } from '../../../inventory/index.js';
import { openEndpointPolicy, serviceIn } from '../../endpoint-service.js';
import { refOf } from '../references.js';
import type { Report } from '../report.js';
import { readPolicy } from './documents.js';
import { definedAt, textAt, valueOf, type Placed } from './placed.js';

/** The VPC endpoints that a template creates. */
export function endpointsOf(placed: readonly Placed[], report: Report): readonly Endpoint[] {
  return placed.flatMap((at) => {
    if (at.resource.type !== 'AWS::EC2::VPCEndpoint') return [];
    const vpc = textAt(at, 'VpcId');
    const policy = valueOf(at, 'PolicyDocument') ?? openEndpointPolicy(at.resource.idSpan);
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
