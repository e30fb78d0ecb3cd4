import { parseArn } from '../../../policy/index.js';
import type { ResourceType } from './resource-type.js';

/** Types that appear in policies as principals, policies or keys, or whose names others spell out. */
export const identities: Readonly<Record<string, ResourceType>> = {
  'AWS::IAM::Role': iam('role', 'RoleName'),
  'AWS::IAM::User': iam('user', 'UserName'),
  'AWS::IAM::Group': iam('group', 'GroupName'),
  'AWS::IAM::InstanceProfile': iam('instance-profile', 'InstanceProfileName'),
  'AWS::IAM::ManagedPolicy': {
    ...iam('policy', 'ManagedPolicyName'),
    ref: '{arn}',
    attributes: { PolicyArn: '{arn}', Name: '{name}' },
  },
  'AWS::IAM::OIDCProvider': {
    kind: 'oidc-provider',
    arn: 'iam::{account}:oidc-provider/{name}',
    name: 'Url',
    nameIn: (url) => url.replace(/^https:\/\//, ''),
    ref: '{arn}',
  },
  'AWS::IAM::SAMLProvider': {
    kind: 'saml-provider',
    arn: 'iam::{account}:saml-provider/{name}',
    name: 'Name',
    ref: '{arn}',
  },
  'AWS::KMS::Key': {
    kind: 'key',
    arn: 'kms:{region}:{account}:key/{name}',
    attributes: { KeyId: '{name}' },
  },
  // A replica has the key id of its primary key.
  'AWS::KMS::ReplicaKey': {
    kind: 'key',
    arn: 'kms:{region}:{account}:key/{name}',
    name: 'PrimaryKeyArn',
    nameIn: (arn) => /^key\/([^]+)$/.exec(parseArn(arn)?.resource ?? '')?.[1],
    attributes: { KeyId: '{name}' },
  },
  'AWS::KMS::Alias': {
    kind: 'alias',
    arn: 'kms:{region}:{account}:{name}',
    name: 'AliasName',
  },
  'AWS::EC2::VPCEndpoint': {
    kind: 'vpc-endpoint',
    arn: 'ec2:{region}:{account}:vpc-endpoint/{name}',
    attributes: { Id: '{name}' },
  },
  'AWS::EC2::VPC': {
    kind: 'vpc',
    arn: 'ec2:{region}:{account}:vpc/{name}',
    attributes: { VpcId: '{name}' },
  },
  'AWS::Organizations::Account': {
    kind: 'account',
    arn: 'organizations::{account}:account/{id}/{name}',
    attributes: { AccountId: '{name}' },
  },
  'AWS::Events::Rule': {
    kind: 'rule',
    arn: 'events:{region}:{account}:rule/{name}',
    name: 'Name',
  },
  'AWS::CloudWatch::Alarm': {
    kind: 'alarm',
    arn: 'cloudwatch:{region}:{account}:alarm:{name}',
    name: 'AlarmName',
  },
};

function iam(kind: string, name: string): ResourceType {
  return { kind, arn: `iam::{account}:${kind}{path}{name}`, name };
}
