import type { Text } from '../source/index.js';
import { lookup } from './lookup.js';

/** The name of a service's linked role, for the services of which it is known here. */
export function serviceLinkedRoleName(service: Text, suffix: Text | undefined): Text | undefined {
  const base = lookup(serviceRoleNames, service);
  if (base === undefined) return undefined;
  return `AWSServiceRoleFor${base}${suffix === undefined ? '' : `_${suffix}`}`;
}

const serviceRoleNames: Readonly<Record<string, string>> = {
  'autoscaling.amazonaws.com': 'AutoScaling',
  'elasticloadbalancing.amazonaws.com': 'ElasticLoadBalancing',
  'ecs.amazonaws.com': 'ECS',
  'rds.amazonaws.com': 'RDS',
  'es.amazonaws.com': 'AmazonElasticsearchService',
  'opensearchservice.amazonaws.com': 'AmazonOpenSearchService',
  'spot.amazonaws.com': 'EC2Spot',
  'spotfleet.amazonaws.com': 'EC2SpotFleet',
  'config.amazonaws.com': 'Config',
  'cloudtrail.amazonaws.com': 'CloudTrail',
  'guardduty.amazonaws.com': 'AmazonGuardDuty',
};
