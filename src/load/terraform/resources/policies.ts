import type { LooseDocument } from '../../../inventory/index.js';
import type { PolicyDocument, PolicyKind } from '../../../policy/index.js';
import type { Text } from '../../../source/index.js';
import { lookup } from '../../lookup.js';
import { textsIn } from '../../passed.js';
import { arnOf, idOf, nameOf } from '../attributes.js';
import { definedAt, type Report, type Resource } from '../resource.js';
import { findResourceType } from '../types/index.js';
import { textAt, valueAt } from '../values.js';
import { readPolicy } from './documents.js';

/** Policies that are resources of their own. */
export interface ResourcePolicies {
  /** The policy for a thing that goes by any of these names. */
  of(names: readonly Text[]): PolicyDocument | undefined;
  /** Policies for things that the configuration does not have, or that belong to none. */
  readonly loose: readonly LooseDocument[];
}

interface PolicyType {
  readonly kind: PolicyKind;
  readonly document: string;
  /** The argument that says whose policy it is. */
  readonly target?: string;
}

const policyTypes: Readonly<Record<string, PolicyType>> = {
  aws_s3_bucket_policy: resource('policy', 'bucket'),
  aws_s3_access_point: resource('policy'),
  aws_s3control_access_point_policy: resource('policy'),
  aws_sqs_queue_policy: resource('policy', 'queue_url'),
  aws_sns_topic_policy: resource('policy', 'arn'),
  aws_secretsmanager_secret_policy: resource('policy', 'secret_arn'),
  aws_kinesis_resource_policy: resource('policy', 'resource_arn'),
  aws_dynamodb_resource_policy: resource('policy', 'resource_arn'),
  aws_ecr_repository_policy: resource('policy', 'repository'),
  aws_ecr_registry_policy: resource('policy'),
  aws_efs_file_system_policy: resource('policy', 'file_system_id'),
  aws_backup_vault_policy: resource('policy', 'backup_vault_name'),
  aws_msk_cluster_policy: resource('policy', 'cluster_arn'),
  aws_opensearch_domain_policy: resource('access_policies', 'domain_name'),
  aws_elasticsearch_domain_policy: resource('access_policies', 'domain_name'),
  aws_codeartifact_domain_permissions_policy: resource('policy_document', 'domain'),
  aws_cloudwatch_event_bus_policy: resource('policy', 'event_bus_name'),
  aws_cloudwatch_log_resource_policy: resource('policy_document'),
  aws_cloudwatch_log_destination_policy: resource('access_policy'),
  aws_glue_resource_policy: resource('policy'),
  aws_organizations_resource_policy: resource('content'),
  aws_ssoadmin_permission_set_inline_policy: { kind: 'identity', document: 'inline_policy' },
  aws_transfer_user: { kind: 'session', document: 'policy' },
};

// SOURCE: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/organizations_policy
const organizationKinds: Readonly<Record<string, PolicyKind>> = {
  SERVICE_CONTROL_POLICY: 'scp',
  RESOURCE_CONTROL_POLICY: 'rcp',
};

function resource(document: string, target?: string): PolicyType {
  return { kind: 'resource', document, ...(target !== undefined && { target }) };
}

export function createResourcePolicies(
  resources: readonly Resource[],
  report: Report,
): ResourcePolicies {
  const names = new Set(resources.flatMap(namesOf));
  const byTarget = new Map<Text, PolicyDocument>();
  const loose: LooseDocument[] = [];
  for (const each of resources) {
    const type = typeOf(each);
    const node = type && valueAt(each.body, type.document);
    if (!type || !node) continue;
    const document = readPolicy(node, type.kind, report, textAt(each, 'name'));
    const targets =
      type.target === undefined
        ? []
        : textsIn(valueAt(each.body, type.target)).filter(({ text }) => names.has(text));
    for (const { text } of targets) byTarget.set(text, document);
    if (targets.length === 0) {
      loose.push({ ...definedAt(each), document, account: each.place.account });
    }
  }
  return {
    of: (wanted) => wanted.map((name) => byTarget.get(name)).find((found) => found !== undefined),
    loose,
  };
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
