import { textsIn } from '../../passed.js';
import type { LooseDocument } from '../../../inventory/index.js';
import type { PolicyDocument, PolicyKind } from '../../../policy/index.js';
import type { Text } from '../../../source/index.js';
import { lookup } from '../../lookup.js';
import { arnOf, nameOf, refOf } from '../references.js';
import type { Report } from '../report.js';
import { findResourceType } from '../types/index.js';
import { readPolicy } from './documents.js';
import { definedAt, textAt, valueOf, type Placed } from './placed.js';

/** Policies that are resources of their own. */
export interface ResourcePolicies {
  /** The policy for a thing that goes by any of these names. */
  of(names: readonly Text[]): PolicyDocument | undefined;
  /** Policies for things that the template does not have, or that belong to none. */
  readonly loose: readonly LooseDocument[];
}

interface PolicyType {
  readonly kind: PolicyKind;
  readonly document: string;
  /** The property that says whose policy it is. */
  readonly target?: string;
}

const policyTypes: Readonly<Record<string, PolicyType>> = {
  'AWS::S3::BucketPolicy': resource('PolicyDocument', 'Bucket'),
  'AWS::S3Express::BucketPolicy': resource('PolicyDocument', 'Bucket'),
  'AWS::S3Tables::TableBucketPolicy': resource('ResourcePolicy', 'TableBucketARN'),
  'AWS::S3Vectors::VectorBucketPolicy': resource('Policy', 'VectorBucketArn'),
  'AWS::S3::AccessPoint': resource('Policy'),
  'AWS::S3::MultiRegionAccessPointPolicy': resource('Policy'),
  'AWS::SQS::QueuePolicy': resource('PolicyDocument', 'Queues'),
  'AWS::SQS::QueueInlinePolicy': resource('PolicyDocument', 'Queue'),
  'AWS::SNS::TopicPolicy': resource('PolicyDocument', 'Topics'),
  'AWS::SNS::TopicInlinePolicy': resource('PolicyDocument', 'TopicArn'),
  'AWS::SecretsManager::ResourcePolicy': resource('ResourcePolicy', 'SecretId'),
  'AWS::Kinesis::ResourcePolicy': resource('ResourcePolicy', 'ResourceArn'),
  'AWS::MSK::ClusterPolicy': resource('Policy', 'ClusterArn'),
  'AWS::CloudTrail::ResourcePolicy': resource('ResourcePolicy', 'ResourceArn'),
  'AWS::Logs::ResourcePolicy': resource('PolicyDocument'),
  'AWS::XRay::ResourcePolicy': resource('PolicyDocument'),
  'AWS::ECR::RegistryPolicy': resource('PolicyText'),
  'AWS::ECR::PublicRepository': resource('RepositoryPolicyText'),
  'AWS::CodeArtifact::Repository': resource('PermissionsPolicyDocument'),
  'AWS::EventSchemas::RegistryPolicy': resource('Policy'),
  'AWS::VpcLattice::AuthPolicy': resource('Policy'),
  'AWS::VpcLattice::ResourcePolicy': resource('Policy'),
  'AWS::Organizations::ResourcePolicy': resource('Content'),
  'AWS::SSO::PermissionSet': { kind: 'identity', document: 'InlinePolicy' },
  'AWS::RolesAnywhere::Profile': { kind: 'session', document: 'SessionPolicy' },
  'AWS::Transfer::User': { kind: 'session', document: 'Policy' },
  'AWS::EKS::PodIdentityAssociation': { kind: 'session', document: 'Policy' },
};

const organizationKinds: Readonly<Record<string, PolicyKind>> = {
  SERVICE_CONTROL_POLICY: 'scp',
  RESOURCE_CONTROL_POLICY: 'rcp',
};

function resource(document: string, target?: string): PolicyType {
  return { kind: 'resource', document, ...(target !== undefined && { target }) };
}

export function createResourcePolicies(
  placed: readonly Placed[],
  report: Report,
): ResourcePolicies {
  const names = new Set(placed.flatMap(namesOf));
  const byTarget = new Map<Text, PolicyDocument>();
  const loose: LooseDocument[] = [];
  for (const at of placed) {
    const type = typeOf(at);
    const node = type && valueOf(at, type.document);
    if (!type || !node) continue;
    const document = readPolicy(node, type.kind, report, textAt(at, 'PolicyName'));
    const targets =
      type.target === undefined
        ? []
        : textsIn(valueOf(at, type.target)).filter(({ text }) => names.has(text));
    for (const { text } of targets) byTarget.set(text, document);
    const { account } = at.stack.place;
    if (targets.length === 0) loose.push({ ...definedAt(at), document, account });
  }
  return {
    of: (wanted) => wanted.map((name) => byTarget.get(name)).find((found) => found !== undefined),
    loose,
  };
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
