/** One statement; an action without a service has that of the one before it. */
export interface ManagedStatement {
  /** Absent: Allow. */
  readonly effect?: 'Deny';
  readonly actions?: string;
  /** `NotAction`. */
  readonly otherThan?: string;
  /** Absent: everything. */
  readonly on?: string;
  readonly condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/**
 * The managed policies of AWS that roles have most often, by name, each with the version that it is
 * taken from. What AWS adds later is not here.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const awsManagedPolicies: Readonly<Record<string, readonly ManagedStatement[]>> = {
  // v1
  AWSAppSyncPushToCloudWatchLogs: [{ actions: 'logs:CreateLogGroup CreateLogStream PutLogEvents' }],
  // v1
  AWSCloudFormationFullAccess: [{ actions: 'cloudformation:*' }],
  // v7
  AWSCloudFormationReadOnlyAccess: [
    {
      actions:
        'cloudformation:Describe* BatchDescribe* EstimateTemplateCost Get* List* ValidateTemplate Detect*',
    },
  ],
  // v3
  AWSCodeDeployRoleForECS: [
    {
      actions:
        'ecs:DescribeServices CreateTaskSet UpdateServicePrimaryTaskSet DeleteTaskSet elasticloadbalancing:DescribeTargetGroups DescribeListeners ModifyListener DescribeRules ModifyRule lambda:InvokeFunction cloudwatch:DescribeAlarms sns:Publish s3:GetObject GetObjectVersion',
    },
    {
      actions: 'iam:PassRole',
      condition: { StringLike: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] } },
    },
  ],
  // v3
  AWSCodeDeployRoleForLambda: [
    {
      actions:
        'cloudwatch:DescribeAlarms lambda:UpdateAlias GetAlias GetProvisionedConcurrencyConfig sns:Publish',
    },
    { actions: 's3:GetObject GetObjectVersion', on: 'arn:aws:s3:::*/CodeDeploy/*' },
    {
      actions: 's3:GetObject GetObjectVersion',
      condition: { StringEquals: { 's3:ExistingObjectTag/UseWithCodeDeploy': 'true' } },
    },
    { actions: 'lambda:InvokeFunction', on: 'arn:aws:lambda:*:*:function:CodeDeployHook_*' },
  ],
  // v3
  AWSConfigRulesExecutionRole: [
    { actions: 's3:GetObject', on: 'arn:aws:s3:::*/AWSLogs/*/Config/*' },
    { actions: 'config:Put* Get* List* Describe* BatchGet* Select*' },
  ],
  // v2
  AWSDenyAll: [{ effect: 'Deny', actions: '*' }],
  // v2
  AWSKeyManagementServicePowerUser: [
    {
      actions:
        'kms:CreateAlias CreateKey DeleteAlias Describe* GenerateRandom Get* List* TagResource UntagResource iam:ListGroups ListRoles ListUsers',
    },
  ],
  // v3
  AWSLambdaBasicDurableExecutionRolePolicy: [
    {
      actions:
        'logs:CreateLogGroup CreateLogStream PutLogEvents lambda:CheckpointDurableExecution GetDurableExecutionState',
    },
  ],
  // v1
  AWSLambdaBasicExecutionRole: [{ actions: 'logs:CreateLogGroup CreateLogStream PutLogEvents' }],
  // v1
  AWSLambdaDynamoDBExecutionRole: [
    {
      actions:
        'dynamodb:DescribeStream GetRecords GetShardIterator ListStreams logs:CreateLogGroup CreateLogStream PutLogEvents',
    },
  ],
  // v2
  AWSLambdaENIManagementAccess: [
    {
      actions:
        'ec2:CreateNetworkInterface DescribeNetworkInterfaces DeleteNetworkInterface AssignPrivateIpAddresses UnassignPrivateIpAddresses',
    },
  ],
  // v1
  AWSLambdaExecute: [
    { actions: 'logs:*', on: 'arn:aws:logs:*:*:*' },
    { actions: 's3:GetObject PutObject', on: 'arn:aws:s3:::*' },
  ],
  // v1
  'AWSLambdaInvocation-DynamoDB': [
    { actions: 'lambda:InvokeFunction' },
    { actions: 'dynamodb:DescribeStream GetRecords GetShardIterator ListStreams' },
  ],
  // v2
  AWSLambdaKinesisExecutionRole: [
    {
      actions:
        'kinesis:DescribeStream DescribeStreamSummary GetRecords GetShardIterator ListShards ListStreams SubscribeToShard logs:CreateLogGroup CreateLogStream PutLogEvents',
    },
  ],
  // v2
  AWSLambdaMSKExecutionRole: [
    {
      actions:
        'kafka:DescribeCluster DescribeClusterV2 GetBootstrapBrokers ec2:CreateNetworkInterface DescribeNetworkInterfaces DescribeVpcs DeleteNetworkInterface DescribeSubnets DescribeSecurityGroups logs:CreateLogGroup CreateLogStream PutLogEvents',
    },
  ],
  // v4
  AWSLambdaManagedEC2ResourceOperator: [
    {
      actions: 'ec2:RunInstances CreateTags AttachNetworkInterface',
      on: 'arn:aws:ec2:*:*:instance/* arn:aws:ec2:*:*:network-interface/* arn:aws:ec2:*:*:volume/*',
      condition: { StringEquals: { 'ec2:ManagedResourceOperator': 'scaler.lambda.amazonaws.com' } },
    },
    {
      actions:
        'ec2:DescribeAvailabilityZones DescribeCapacityReservations DescribeInstances DescribeInstanceStatus DescribeInstanceTypeOfferings DescribeInstanceTypes DescribeSecurityGroups DescribeSubnets DescribeVpcEncryptionControls',
    },
    {
      actions: 'ec2:RunInstances CreateNetworkInterface',
      on: 'arn:aws:ec2:*:*:subnet/* arn:aws:ec2:*:*:security-group/*',
    },
    {
      actions: 'ec2:RunInstances',
      on: 'arn:aws:ec2:*:*:image/*',
      condition: { StringEquals: { 'ec2:Owner': 'amazon' } },
    },
  ],
  // v1
  AWSLambdaRole: [{ actions: 'lambda:InvokeFunction' }],
  // v1
  AWSLambdaSQSQueueExecutionRole: [
    {
      actions:
        'sqs:ReceiveMessage DeleteMessage GetQueueAttributes logs:CreateLogGroup CreateLogStream PutLogEvents',
    },
  ],
  // v3
  AWSLambdaVPCAccessExecutionRole: [
    {
      actions:
        'logs:CreateLogGroup CreateLogStream PutLogEvents ec2:CreateNetworkInterface DescribeNetworkInterfaces DescribeSubnets DeleteNetworkInterface AssignPrivateIpAddresses UnassignPrivateIpAddresses',
    },
  ],
  // v6
  AWSOrganizationsReadOnlyAccess: [
    { actions: 'organizations:Describe* List*' },
    {
      actions:
        'account:GetAlternateContact GetContactInformation ListRegions GetRegionOptStatus GetPrimaryEmail',
    },
  ],
  // v1
  AWSStepFunctionsFullAccess: [{ actions: 'states:*' }],
  // v4
  AWSSupportAccess: [{ actions: 'support:* support-console:*' }],
  // v2
  AWSXRayDaemonWriteAccess: [
    {
      actions:
        'xray:PutTraceSegments PutTelemetryRecords GetSamplingRules GetSamplingTargets GetSamplingStatisticSummaries',
    },
  ],
  // v2
  AWSXrayWriteOnlyAccess: [
    {
      actions:
        'xray:PutTraceSegments PutTelemetryRecords GetSamplingRules GetSamplingTargets GetSamplingStatisticSummaries',
    },
  ],
  // v1
  AdministratorAccess: [{ actions: '*' }],
  // v2
  AmazonAPIGatewayInvokeFullAccess: [
    { actions: 'execute-api:Invoke ManageConnections', on: 'arn:aws:execute-api:*:*:*' },
  ],
  // v1
  AmazonAPIGatewayPushToCloudWatchLogs: [
    {
      actions:
        'logs:CreateLogGroup CreateLogStream DescribeLogGroups DescribeLogStreams PutLogEvents GetLogEvents FilterLogEvents',
    },
  ],
  // v4
  AmazonDMSVPCManagementRole: [
    {
      actions:
        'ec2:CreateNetworkInterface DeleteNetworkInterface DescribeAvailabilityZones DescribeDhcpOptions DescribeInternetGateways DescribeNetworkInterfaces DescribeSecurityGroups DescribeSubnets DescribeVpcs ModifyNetworkInterfaceAttribute',
    },
  ],
  // v3
  AmazonEC2ContainerRegistryPowerUser: [
    {
      actions:
        'ecr:GetAuthorizationToken BatchCheckLayerAvailability GetDownloadUrlForLayer GetRepositoryPolicy DescribeRepositories ListImages DescribeImages BatchGetImage GetLifecyclePolicy GetLifecyclePolicyPreview ListTagsForResource DescribeImageScanFindings InitiateLayerUpload UploadLayerPart CompleteLayerUpload PutImage',
    },
  ],
  // v3
  AmazonEC2ContainerRegistryReadOnly: [
    {
      actions:
        'ecr:GetAuthorizationToken BatchCheckLayerAvailability GetDownloadUrlForLayer GetRepositoryPolicy DescribeRepositories ListImages DescribeImages BatchGetImage GetLifecyclePolicy GetLifecyclePolicyPreview ListTagsForResource DescribeImageScanFindings',
    },
  ],
  // v2
  AmazonEC2ContainerServiceRole: [
    {
      actions:
        'ec2:AuthorizeSecurityGroupIngress Describe* elasticloadbalancing:DeregisterInstancesFromLoadBalancer DeregisterTargets Describe* RegisterInstancesWithLoadBalancer RegisterTargets',
    },
  ],
  // v5
  AmazonEC2ReadOnlyAccess: [
    { actions: 'ec2:Describe* GetSecurityGroupsForVpc' },
    { actions: 'elasticloadbalancing:Describe*' },
    { actions: 'cloudwatch:ListMetrics GetMetricStatistics Describe*' },
    { actions: 'autoscaling:Describe*' },
  ],
  // v1
  AmazonECSTaskExecutionRolePolicy: [
    {
      actions:
        'ecr:GetAuthorizationToken BatchCheckLayerAvailability GetDownloadUrlForLayer BatchGetImage logs:CreateLogStream PutLogEvents',
    },
  ],
  // v1
  AmazonEKSVPCResourceController: [
    {
      actions: 'ec2:CreateNetworkInterfacePermission',
      condition: {
        'ForAnyValue:StringEquals': {
          'ec2:ResourceTag/eks:eni:owner': 'eks-vpc-resource-controller',
        },
      },
    },
    {
      actions:
        'ec2:CreateNetworkInterface DetachNetworkInterface ModifyNetworkInterfaceAttribute DeleteNetworkInterface AttachNetworkInterface UnassignPrivateIpAddresses AssignPrivateIpAddresses',
    },
  ],
  // v3
  AmazonEKSWorkerNodePolicy: [
    {
      actions:
        'ec2:DescribeInstances DescribeInstanceTypes DescribeRouteTables DescribeSecurityGroups DescribeSubnets DescribeVolumes DescribeVolumesModifications DescribeVpcs eks:DescribeCluster eks-auth:AssumeRoleForPodIdentity',
    },
  ],
  // v6
  AmazonEKS_CNI_Policy: [
    {
      actions:
        'ec2:AssignPrivateIpAddresses AttachNetworkInterface CreateNetworkInterface DeleteNetworkInterface DescribeInstances DescribeTags DescribeNetworkInterfaces DescribeInstanceTypes DescribeSubnets DescribeSecurityGroups DetachNetworkInterface ModifyNetworkInterfaceAttribute UnassignPrivateIpAddresses',
    },
    { actions: 'ec2:CreateTags', on: 'arn:aws:ec2:*:*:network-interface/*' },
  ],
  // v1
  AmazonElasticFileSystemClientReadWriteAccess: [
    { actions: 'elasticfilesystem:ClientMount ClientWrite DescribeMountTargets' },
  ],
  // v1
  AmazonKinesisFullAccess: [{ actions: 'kinesis:*' }],
  // v1
  AmazonKinesisReadOnlyAccess: [{ actions: 'kinesis:Get* List* Describe*' }],
  // v2
  AmazonRDSDirectoryServiceAccess: [
    {
      actions:
        'ds:DescribeDirectories AuthorizeApplication UnauthorizeApplication GetAuthorizedApplicationDetails',
    },
  ],
  // v1
  AmazonRDSEnhancedMonitoringRole: [
    { actions: 'logs:CreateLogGroup PutRetentionPolicy', on: 'arn:aws:logs:*:*:log-group:RDS*' },
    {
      actions: 'logs:CreateLogStream PutLogEvents DescribeLogStreams GetLogEvents',
      on: 'arn:aws:logs:*:*:log-group:RDS*:log-stream:*',
    },
  ],
  // v2
  AmazonS3FullAccess: [{ actions: 's3:* s3-object-lambda:*' }],
  // v3
  AmazonS3ReadOnlyAccess: [{ actions: 's3:Get* List* Describe* s3-object-lambda:Get* List*' }],
  // v1
  AmazonSESFullAccess: [{ actions: 'ses:*' }],
  // v1
  AmazonSQSFullAccess: [{ actions: 'sqs:*' }],
  // v4
  AmazonSQSReadOnlyAccess: [
    {
      actions:
        'sqs:GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListQueues ListMessageMoveTasks ListQueueTags',
    },
  ],
  // v1
  AmazonSSMDirectoryServiceAccess: [{ actions: 'ds:CreateComputer DescribeDirectories' }],
  // v2
  AmazonSSMManagedInstanceCore: [
    {
      actions:
        'ssm:DescribeAssociation GetDeployablePatchSnapshotForInstance GetDocument DescribeDocument GetManifest GetParameter GetParameters ListAssociations ListInstanceAssociations PutInventory PutComplianceItems PutConfigurePackageResult UpdateAssociationStatus UpdateInstanceAssociationStatus UpdateInstanceInformation',
    },
    {
      actions:
        'ssmmessages:CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel',
    },
    {
      actions:
        'ec2messages:AcknowledgeMessage DeleteMessage FailMessage GetEndpoint GetMessages SendReply',
    },
  ],
  // v1
  AmazonSSMReadOnlyAccess: [{ actions: 'ssm:Describe* Get* List*' }],
  // v3
  CloudWatchAgentServerPolicy: [
    {
      actions:
        'cloudwatch:PutMetricData ec2:DescribeVolumes DescribeTags logs:PutLogEvents PutRetentionPolicy DescribeLogStreams DescribeLogGroups CreateLogStream CreateLogGroup xray:PutTraceSegments PutTelemetryRecords GetSamplingRules GetSamplingTargets GetSamplingStatisticSummaries',
    },
    { actions: 'ssm:GetParameter', on: 'arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*' },
  ],
  // v1
  CloudWatchLambdaInsightsExecutionRolePolicy: [
    { actions: 'logs:CreateLogGroup' },
    {
      actions: 'logs:CreateLogStream PutLogEvents',
      on: 'arn:aws:logs:*:*:log-group:/aws/lambda-insights:*',
    },
  ],
  // v8
  CloudWatchLogsFullAccess: [
    {
      actions:
        'logs:* cloudwatch:GenerateQuery GenerateQueryResultsSummary observabilityadmin:GetS3TableIntegration ListS3TableIntegrations ListTelemetryPipelines',
    },
  ],
  // v2
  IAMFullAccess: [
    {
      actions:
        'iam:* organizations:DescribeAccount DescribeOrganization DescribeOrganizationalUnit DescribePolicy ListChildren ListParents ListPoliciesForTarget ListRoots ListPolicies ListTargetsForPolicy',
    },
  ],
  // v4
  IAMReadOnlyAccess: [
    {
      actions:
        'iam:GenerateCredentialReport GenerateServiceLastAccessedDetails Get* List* SimulateCustomPolicy SimulatePrincipalPolicy',
    },
  ],
  // v12
  PowerUserAccess: [
    { otherThan: 'iam:* organizations:* account:*' },
    {
      actions:
        'account:GetAccountInformation GetGovCloudAccountInformation GetPrimaryEmail ListRegions iam:CreateServiceLinkedRole DeleteServiceLinkedRole ListRoles organizations:DescribeEffectivePolicy DescribeOrganization',
    },
  ],
  // v5
  SecretsManagerReadWrite: [
    {
      actions:
        'secretsmanager:* cloudformation:CreateChangeSet DescribeChangeSet DescribeStackResource DescribeStacks ExecuteChangeSet docdb-elastic:GetCluster ListClusters ec2:DescribeSecurityGroups DescribeSubnets DescribeVpcs kms:DescribeKey ListAliases ListKeys lambda:ListFunctions rds:DescribeDBClusters DescribeDBInstances redshift:DescribeClusters redshift-serverless:ListWorkgroups GetNamespace tag:GetResources',
    },
    {
      actions:
        'lambda:AddPermission CreateFunction GetFunction InvokeFunction UpdateFunctionConfiguration',
      on: 'arn:aws:lambda:*:*:function:SecretsManager*',
    },
    {
      actions: 'serverlessrepo:CreateCloudFormationChangeSet GetApplication',
      on: 'arn:aws:serverlessrepo:*:*:applications/SecretsManager*',
    },
    {
      actions: 's3:GetObject',
      on: 'arn:aws:s3:::awsserverlessrepo-changesets* arn:aws:s3:::secrets-manager-rotation-apps-*/*',
    },
  ],
};
