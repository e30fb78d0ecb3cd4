import type { ResourceType } from './resource-type.js';

const encryptionOfBucket =
  'server_side_encryption_configuration[].rule[].apply_server_side_encryption_by_default[].kms_master_key_id';

const fileSystem: ResourceType = {
  kind: 'file-system',
  arn: 'fsx:{region}:{account}:file-system/{name}',
  keys: ['kms_key_id'],
};

const object: ResourceType = {
  kind: 'object',
  arn: 's3:::{bucket}/{name}',
  name: 'key',
  keys: ['kms_key_id'],
};

/** Types that keep data: buckets, file systems, vaults, repositories, secrets, tables. */
export const storage: Readonly<Record<string, ResourceType>> = {
  aws_s3_bucket: {
    kind: 'bucket',
    arn: 's3:::{name}',
    name: 'bucket',
    attributes: { bucket_domain_name: '{name}.s3.amazonaws.com' },
    keys: [encryptionOfBucket],
    policy: 'policy',
  },
  aws_s3_directory_bucket: {
    kind: 'directory-bucket',
    arn: 's3express:{region}:{account}:bucket/{name}',
    name: 'bucket',
    keys: [],
  },
  aws_s3tables_table_bucket: {
    kind: 'table-bucket',
    arn: 's3tables:{region}:{account}:bucket/{name}',
    name: 'name',
    id: '{arn}',
    keys: ['encryption_configuration.kms_key_arn'],
  },
  aws_s3_object: object,
  aws_s3_bucket_object: object,
  aws_efs_file_system: {
    kind: 'file-system',
    arn: 'elasticfilesystem:{region}:{account}:file-system/{name}',
    keys: ['kms_key_id'],
  },
  aws_fsx_lustre_file_system: fileSystem,
  aws_fsx_windows_file_system: fileSystem,
  aws_fsx_ontap_file_system: fileSystem,
  aws_fsx_openzfs_file_system: fileSystem,
  aws_backup_vault: {
    kind: 'backup-vault',
    arn: 'backup:{region}:{account}:backup-vault:{name}',
    name: 'name',
    keys: ['kms_key_arn'],
  },
  aws_backup_logically_air_gapped_vault: {
    kind: 'backup-vault',
    arn: 'backup:{region}:{account}:backup-vault:{name}',
    name: 'name',
    keys: ['encryption_key_arn'],
  },
  aws_ecr_repository: {
    kind: 'repository',
    arn: 'ecr:{region}:{account}:repository/{name}',
    name: 'name',
    keys: ['encryption_configuration[].kms_key'],
  },
  aws_codeartifact_domain: {
    kind: 'domain',
    arn: 'codeartifact:{region}:{account}:domain/{name}',
    name: 'domain',
    id: '{arn}',
    keys: ['encryption_key'],
  },
  aws_codecommit_repository: {
    kind: 'repository',
    arn: 'codecommit:{region}:{account}:{name}',
    name: 'repository_name',
    keys: ['kms_key_id'],
  },
  aws_secretsmanager_secret: {
    kind: 'secret',
    arn: 'secretsmanager:{region}:{account}:secret:{name}-{id}',
    name: 'name',
    id: '{arn}',
    keys: ['kms_key_id'],
    policy: 'policy',
  },
  aws_ssm_parameter: {
    kind: 'parameter',
    arn: 'ssm:{region}:{account}:parameter/{name}',
    name: 'name',
    keys: ['key_id'],
  },
  aws_dynamodb_table: {
    kind: 'table',
    arn: 'dynamodb:{region}:{account}:table/{name}',
    name: 'name',
    keys: ['server_side_encryption[].kms_key_arn'],
  },
  aws_keyspaces_table: {
    kind: 'table',
    arn: 'cassandra:{region}:{account}:/keyspace/{id}/table/{name}',
    name: 'table_name',
    keys: ['encryption_specification[].kms_key_identifier'],
  },
  aws_timestreamwrite_database: {
    kind: 'database',
    arn: 'timestream:{region}:{account}:database/{name}',
    name: 'database_name',
    keys: ['kms_key_id'],
  },
  aws_qldb_ledger: {
    kind: 'ledger',
    arn: 'qldb:{region}:{account}:ledger/{name}',
    name: 'name',
    keys: ['kms_key'],
  },
  aws_storagegateway_nfs_file_share: {
    kind: 'file-share',
    arn: 'storagegateway:{region}:{account}:share/{name}',
    id: '{arn}',
    keys: ['kms_key_arn'],
  },
  aws_storagegateway_smb_file_share: {
    kind: 'file-share',
    arn: 'storagegateway:{region}:{account}:share/{name}',
    id: '{arn}',
    keys: ['kms_key_arn'],
  },
  // AWS keeps none and has no ARN for it: what a key encrypted stands in Terraform's state.
  aws_kms_ciphertext: {
    kind: 'ciphertext',
    arn: 'kms:{region}:{account}:ciphertext/{name}',
    keys: ['key_id'],
  },
  aws_transfer_server: {
    kind: 'server',
    arn: 'transfer:{region}:{account}:server/{name}',
  },
};
