import type { PolicyKind } from '../../../policy/index.js';
import type { Text } from '../../../source/index.js';
import { lookup } from '../../lookup.js';
import {
  givenTo,
  resourcePolicy,
  type PolicyType,
  type ResourcePolicies,
  type SeparatePolicy,
} from '../../resource-policies.js';
import { textsIn } from '../../passed.js';
import { arnOf, idOf, nameOf } from '../attributes.js';
import { definedAt, type Report, type Resource } from '../resource.js';
import { findResourceType } from '../types/index.js';
import { textAt, valueAt } from '../values.js';
import { readPolicy } from './documents.js';

const policyTypes: Readonly<Record<string, PolicyType>> = {
  aws_s3_bucket_policy: resourcePolicy('policy', 'bucket'),
  aws_s3_access_point: resourcePolicy('policy'),
  aws_s3control_access_point_policy: resourcePolicy('policy'),
  aws_sqs_queue_policy: resourcePolicy('policy', 'queue_url'),
  aws_sns_topic_policy: resourcePolicy('policy', 'arn'),
  aws_secretsmanager_secret_policy: resourcePolicy('policy', 'secret_arn'),
  aws_kinesis_resource_policy: resourcePolicy('policy', 'resource_arn'),
  aws_dynamodb_resource_policy: resourcePolicy('policy', 'resource_arn'),
  aws_ecr_repository_policy: resourcePolicy('policy', 'repository'),
  aws_ecr_registry_policy: resourcePolicy('policy'),
  aws_efs_file_system_policy: resourcePolicy('policy', 'file_system_id'),
  aws_backup_vault_policy: resourcePolicy('policy', 'backup_vault_name'),
  aws_msk_cluster_policy: resourcePolicy('policy', 'cluster_arn'),
  aws_opensearch_domain_policy: resourcePolicy('access_policies', 'domain_name'),
  aws_elasticsearch_domain_policy: resourcePolicy('access_policies', 'domain_name'),
  aws_codeartifact_domain_permissions_policy: resourcePolicy('policy_document', 'domain'),
  aws_cloudwatch_event_bus_policy: resourcePolicy('policy', 'event_bus_name'),
  aws_cloudwatch_log_resource_policy: resourcePolicy('policy_document'),
  aws_cloudwatch_log_destination_policy: resourcePolicy('access_policy'),
  aws_glue_resource_policy: resourcePolicy('policy'),
  aws_organizations_resource_policy: resourcePolicy('content'),
  aws_ssoadmin_permission_set_inline_policy: { kind: 'identity', document: 'inline_policy' },
  aws_transfer_user: { kind: 'session', document: 'policy' },
};

// SOURCE: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/organizations_policy
const organizationKinds: Readonly<Record<string, PolicyKind>> = {
  SERVICE_CONTROL_POLICY: 'scp',
  RESOURCE_CONTROL_POLICY: 'rcp',
};

export function createResourcePolicies(
  resources: readonly Resource[],
  report: Report,
): ResourcePolicies {
  const policies = resources.flatMap((each): readonly SeparatePolicy[] => {
    const type = typeOf(each);
    const node = type && valueAt(each.body, type.document);
    if (!type || !node) return [];
    const document = readPolicy(node, type.kind, report, textAt(each, 'name'));
    const targets = type.target === undefined ? [] : textsIn(valueAt(each.body, type.target));
    const { account } = each.place;
    return [{ at: definedAt(each), account, document, targets: targets.map(({ text }) => text) }];
  });
  return givenTo(new Set(resources.flatMap(namesOf)), policies);
}

function namesOf(each: Resource): readonly Text[] {
  return findResourceType(each.type)?.keys ? [idOf(each), arnOf(each), nameOf(each)] : [];
}

// An SCP or RCP applies where its targets hang in the organization, which a configuration does not tell.
function typeOf(each: Resource): PolicyType | undefined {
  if (each.type !== 'aws_organizations_policy') return lookup(policyTypes, each.type);
  const kind = lookup(organizationKinds, textAt(each, 'type') ?? 'SERVICE_CONTROL_POLICY');
  return kind && { kind, document: 'content' };
}
