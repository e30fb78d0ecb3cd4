import type { ResourceType } from './resource-type.js';

const key: ResourceType = {
  kind: 'key',
  arn: 'kms:{region}:{account}:key/{name}',
  attributes: { key_id: '{name}' },
};

/** KMS and IAM: what decides who may use a key. */
export const identities: Readonly<Record<string, ResourceType>> = {
  aws_kms_key: key,
  aws_kms_external_key: key,
  aws_kms_replica_key: key,
  aws_kms_replica_external_key: key,
  aws_kms_alias: {
    kind: 'alias',
    arn: 'kms:{region}:{account}:{name}',
    name: 'name',
  },
  aws_iam_role: {
    kind: 'role',
    arn: 'iam::{account}:role{path}{name}',
    name: 'name',
    attributes: { unique_id: '{id}' },
  },
  aws_iam_user: {
    kind: 'user',
    arn: 'iam::{account}:user{path}{name}',
    name: 'name',
    attributes: { unique_id: '{id}' },
  },
  aws_iam_group: {
    kind: 'group',
    arn: 'iam::{account}:group{path}{name}',
    name: 'name',
    attributes: { unique_id: '{id}' },
  },
  aws_iam_policy: {
    kind: 'policy',
    arn: 'iam::{account}:policy{path}{name}',
    name: 'name',
    id: '{arn}',
    attributes: { policy_id: '{id}' },
  },
  aws_iam_instance_profile: {
    kind: 'instance-profile',
    arn: 'iam::{account}:instance-profile{path}{name}',
    name: 'name',
    attributes: { unique_id: '{id}' },
  },
  aws_iam_openid_connect_provider: {
    kind: 'oidc-provider',
    arn: 'iam::{account}:oidc-provider/{name}',
    id: '{arn}',
  },
  aws_iam_saml_provider: {
    kind: 'saml-provider',
    arn: 'iam::{account}:saml-provider/{name}',
    name: 'name',
    id: '{arn}',
  },
  aws_vpc_endpoint: {
    kind: 'vpc-endpoint',
    arn: 'ec2:{region}:{account}:vpc-endpoint/{name}',
  },
};
