import type { ResourceType } from './resource-type.js';

const domain: ResourceType = {
  kind: 'domain',
  arn: 'es:{region}:{account}:domain/{name}',
  name: 'domain_name',
  id: '{arn}',
  keys: ['encrypt_at_rest[].kms_key_id'],
  policy: 'access_policies',
};

/** Types that run databases, search and analytics. */
export const databases: Readonly<Record<string, ResourceType>> = {
  aws_db_instance: {
    kind: 'db-instance',
    arn: 'rds:{region}:{account}:db:{name}',
    name: 'identifier',
    keys: ['kms_key_id', 'performance_insights_kms_key_id', 'master_user_secret_kms_key_id'],
  },
  aws_rds_cluster: {
    kind: 'db-cluster',
    arn: 'rds:{region}:{account}:cluster:{name}',
    name: 'cluster_identifier',
    keys: ['kms_key_id', 'performance_insights_kms_key_id', 'master_user_secret_kms_key_id'],
  },
  aws_rds_cluster_instance: {
    kind: 'db-instance',
    arn: 'rds:{region}:{account}:db:{name}',
    name: 'identifier',
    keys: ['performance_insights_kms_key_id'],
  },
  aws_rds_cluster_activity_stream: {
    kind: 'activity-stream',
    arn: 'rds:{region}:{account}:cluster:{name}',
    keys: ['kms_key_id'],
  },
  aws_db_instance_automated_backups_replication: {
    kind: 'backups-replication',
    arn: 'rds:{region}:{account}:auto-backup:{name}',
    keys: ['kms_key_id'],
  },
  aws_db_snapshot_copy: {
    kind: 'db-snapshot',
    arn: 'rds:{region}:{account}:snapshot:{name}',
    name: 'target_db_snapshot_identifier',
    keys: ['kms_key_id'],
  },
  aws_neptune_cluster: {
    kind: 'db-cluster',
    arn: 'rds:{region}:{account}:cluster:{name}',
    name: 'cluster_identifier',
    keys: ['kms_key_arn'],
  },
  aws_docdb_cluster: {
    kind: 'db-cluster',
    arn: 'rds:{region}:{account}:cluster:{name}',
    name: 'cluster_identifier',
    keys: ['kms_key_id'],
  },
  aws_docdbelastic_cluster: {
    kind: 'cluster',
    arn: 'docdb-elastic:{region}:{account}:cluster/{id}',
    name: 'name',
    id: '{arn}',
    keys: ['kms_key_id'],
  },
  aws_dsql_cluster: {
    kind: 'cluster',
    arn: 'dsql:{region}:{account}:cluster/{name}',
    keys: ['kms_encryption_key'],
  },
  aws_redshift_cluster: {
    kind: 'cluster',
    arn: 'redshift:{region}:{account}:cluster:{name}',
    name: 'cluster_identifier',
    keys: ['kms_key_id', 'master_password_secret_kms_key_id'],
  },
  aws_redshiftserverless_namespace: {
    kind: 'namespace',
    arn: 'redshift-serverless:{region}:{account}:namespace/{id}',
    name: 'namespace_name',
    keys: ['kms_key_id', 'admin_password_secret_kms_key_id'],
  },
  aws_elasticache_replication_group: {
    kind: 'replication-group',
    arn: 'elasticache:{region}:{account}:replicationgroup:{name}',
    name: 'replication_group_id',
    keys: ['kms_key_id'],
  },
  aws_elasticache_serverless_cache: {
    kind: 'serverless-cache',
    arn: 'elasticache:{region}:{account}:serverlesscache:{name}',
    name: 'name',
    keys: ['kms_key_id'],
  },
  aws_memorydb_cluster: {
    kind: 'cluster',
    arn: 'memorydb:{region}:{account}:cluster/{name}',
    name: 'name',
    keys: ['kms_key_arn'],
  },
  aws_opensearch_domain: domain,
  aws_elasticsearch_domain: domain,
  aws_osis_pipeline: {
    kind: 'pipeline',
    arn: 'osis:{region}:{account}:pipeline/{name}',
    name: 'pipeline_name',
    attributes: { pipeline_arn: '{arn}' },
    keys: ['encryption_at_rest_options[].kms_key_arn'],
  },
  aws_dms_replication_instance: {
    kind: 'replication-instance',
    arn: 'dms:{region}:{account}:rep:{id}',
    name: 'replication_instance_id',
    attributes: { replication_instance_arn: '{arn}' },
    keys: ['kms_key_arn'],
  },
  aws_dms_endpoint: {
    kind: 'endpoint',
    arn: 'dms:{region}:{account}:endpoint:{id}',
    name: 'endpoint_id',
    attributes: { endpoint_arn: '{arn}' },
    keys: ['kms_key_arn', 's3_settings[].server_side_encryption_kms_key_id'],
  },
  aws_dms_s3_endpoint: {
    kind: 'endpoint',
    arn: 'dms:{region}:{account}:endpoint:{id}',
    name: 'endpoint_id',
    attributes: { endpoint_arn: '{arn}' },
    keys: ['kms_key_arn', 'server_side_encryption_kms_key_id'],
  },
  aws_glue_data_catalog_encryption_settings: {
    kind: 'data-catalog',
    arn: 'glue:{region}:{account}:catalog',
    keys: [
      'data_catalog_encryption_settings[].encryption_at_rest[].sse_aws_kms_key_id',
      'data_catalog_encryption_settings[].connection_password_encryption[].aws_kms_key_id',
    ],
  },
  aws_glue_security_configuration: {
    kind: 'security-configuration',
    arn: 'glue:{region}:{account}:security-configuration/{name}',
    name: 'name',
    keys: [
      'encryption_configuration[].s3_encryption[].kms_key_arn',
      'encryption_configuration[].cloudwatch_encryption[].kms_key_arn',
      'encryption_configuration[].job_bookmarks_encryption[].kms_key_arn',
    ],
  },
  aws_athena_workgroup: {
    kind: 'workgroup',
    arn: 'athena:{region}:{account}:workgroup/{name}',
    name: 'name',
    keys: ['configuration[].result_configuration[].encryption_configuration[].kms_key_arn'],
  },
  aws_athena_database: {
    kind: 'database',
    arn: 'glue:{region}:{account}:database/{name}',
    name: 'name',
    keys: ['encryption_configuration[].kms_key'],
  },
  aws_emr_cluster: {
    kind: 'cluster',
    arn: 'elasticmapreduce:{region}:{account}:cluster/{name}',
    keys: ['log_encryption_kms_key_id'],
  },
};
