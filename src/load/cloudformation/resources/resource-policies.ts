import { textsIn } from '../../passed.js';
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
import { arnOf, nameOf, refOf } from '../references.js';
import type { Report } from '../report.js';
import { findResourceType } from '../types/index.js';
import { readPolicy } from './documents.js';
import { definedAt, textAt, valueOf, type Placed } from './placed.js';

const policyTypes: Readonly<Record<string, PolicyType>> = {
  'AWS::S3::BucketPolicy': resourcePolicy('PolicyDocument', 'Bucket'),
  'AWS::S3Express::BucketPolicy': resourcePolicy('PolicyDocument', 'Bucket'),
  'AWS::S3Tables::TableBucketPolicy': resourcePolicy('ResourcePolicy', 'TableBucketARN'),
  'AWS::S3Vectors::VectorBucketPolicy': resourcePolicy('Policy', 'VectorBucketArn'),
  'AWS::S3::AccessPoint': resourcePolicy('Policy'),
  'AWS::S3::MultiRegionAccessPointPolicy': resourcePolicy('Policy'),
  'AWS::SQS::QueuePolicy': resourcePolicy('PolicyDocument', 'Queues'),
  'AWS::SQS::QueueInlinePolicy': resourcePolicy('PolicyDocument', 'Queue'),
  'AWS::SNS::TopicPolicy': resourcePolicy('PolicyDocument', 'Topics'),
  'AWS::SNS::TopicInlinePolicy': resourcePolicy('PolicyDocument', 'TopicArn'),
  'AWS::SecretsManager::ResourcePolicy': resourcePolicy('ResourcePolicy', 'SecretId'),
  'AWS::Kinesis::ResourcePolicy': resourcePolicy('ResourcePolicy', 'ResourceArn'),
  'AWS::MSK::ClusterPolicy': resourcePolicy('Policy', 'ClusterArn'),
  'AWS::CloudTrail::ResourcePolicy': resourcePolicy('ResourcePolicy', 'ResourceArn'),
  'AWS::Logs::ResourcePolicy': resourcePolicy('PolicyDocument'),
  'AWS::XRay::ResourcePolicy': resourcePolicy('PolicyDocument'),
  'AWS::ECR::RegistryPolicy': resourcePolicy('PolicyText'),
  'AWS::ECR::PublicRepository': resourcePolicy('RepositoryPolicyText'),
  'AWS::CodeArtifact::Repository': resourcePolicy('PermissionsPolicyDocument'),
  'AWS::EventSchemas::RegistryPolicy': resourcePolicy('Policy'),
  'AWS::VpcLattice::AuthPolicy': resourcePolicy('Policy'),
  'AWS::VpcLattice::ResourcePolicy': resourcePolicy('Policy'),
  'AWS::Organizations::ResourcePolicy': resourcePolicy('Content'),
  'AWS::SSO::PermissionSet': { kind: 'identity', document: 'InlinePolicy' },
  'AWS::RolesAnywhere::Profile': { kind: 'session', document: 'SessionPolicy' },
  'AWS::Transfer::User': { kind: 'session', document: 'Policy' },
  'AWS::EKS::PodIdentityAssociation': { kind: 'session', document: 'Policy' },
};

const organizationKinds: Readonly<Record<string, PolicyKind>> = {
  SERVICE_CONTROL_POLICY: 'scp',
  RESOURCE_CONTROL_POLICY: 'rcp',
};

export function createResourcePolicies(
  placed: readonly Placed[],
  report: Report,
): ResourcePolicies {
  const policies = placed.flatMap((at): readonly SeparatePolicy[] => {
    const type = typeOf(at);
    const node = type && valueOf(at, type.document);
    if (!type || !node) return [];
    const document = readPolicy(node, type.kind, report, textAt(at, 'PolicyName'));
    const targets = type.target === undefined ? [] : textsIn(valueOf(at, type.target));
    const { account } = at.stack.place;
    return [{ at: definedAt(at), account, document, targets: targets.map(({ text }) => text) }];
  });
  return givenTo(new Set(placed.flatMap(namesOf)), policies);
}

function namesOf({ resource, stack }: Placed): readonly Text[] {
  if (!findResourceType(resource.type)?.keys) return [];
  return [refOf(resource, stack), arnOf(resource, stack), nameOf(resource, stack)];
}

// An SCP or RCP applies where its targets hang in the organization, which a template cannot tell.
function typeOf(at: Placed): PolicyType | undefined {
  if (at.resource.type !== 'AWS::Organizations::Policy') {
    return lookup(policyTypes, at.resource.type);
  }
  const kind = lookup(organizationKinds, textAt(at, 'Type') ?? '');
  return kind && { kind, document: 'Content' };
}
