/** Inputs by operation, with AWS's member names. Blobs are byte arrays. */
export interface KmsInputs {
  CreateKey: {
    Policy?: string;
    Description?: string;
    KeySpec?: string;
    KeyUsage?: string;
    Origin?: string;
    MultiRegion?: boolean;
    BypassPolicyLockoutSafetyCheck?: boolean;
    Tags?: readonly { TagKey: string; TagValue: string }[];
  };
  DescribeKey: { KeyId: string; GrantTokens?: readonly string[] };
  PutKeyPolicy: {
    KeyId: string;
    Policy: string;
    PolicyName?: string;
    BypassPolicyLockoutSafetyCheck?: boolean;
  };
  GetKeyPolicy: { KeyId: string; PolicyName?: string };
  Encrypt: EncryptionInput & { KeyId: string; Plaintext: Uint8Array; EncryptionAlgorithm?: string };
  Decrypt: EncryptionInput & {
    KeyId?: string;
    CiphertextBlob: Uint8Array;
    EncryptionAlgorithm?: string;
  };
  ReEncrypt: {
    CiphertextBlob: Uint8Array;
    SourceKeyId?: string;
    DestinationKeyId: string;
    SourceEncryptionContext?: EncryptionContext;
    DestinationEncryptionContext?: EncryptionContext;
    SourceEncryptionAlgorithm?: string;
    DestinationEncryptionAlgorithm?: string;
    GrantTokens?: readonly string[];
    DryRun?: boolean;
  };
  GenerateDataKey: EncryptionInput & {
    KeyId: string;
    KeySpec?: 'AES_256' | 'AES_128';
    NumberOfBytes?: number;
  };
  GenerateDataKeyWithoutPlaintext: EncryptionInput & {
    KeyId: string;
    KeySpec?: 'AES_256' | 'AES_128';
    NumberOfBytes?: number;
  };
  CreateGrant: {
    KeyId: string;
    GranteePrincipal?: string;
    GranteeServicePrincipal?: string;
    RetiringPrincipal?: string;
    RetiringServicePrincipal?: string;
    Operations: readonly string[];
    Name?: string;
    GrantTokens?: readonly string[];
    DryRun?: boolean;
    Constraints?: {
      EncryptionContextEquals?: EncryptionContext;
      EncryptionContextSubset?: EncryptionContext;
      SourceArn?: string;
    };
  };
  RetireGrant: { KeyId?: string; GrantId?: string; GrantToken?: string; DryRun?: boolean };
  RevokeGrant: { KeyId: string; GrantId: string; DryRun?: boolean };
  ListGrants: {
    KeyId: string;
    GrantId?: string;
    GranteePrincipal?: string;
    GranteeServicePrincipal?: string;
  };
  ScheduleKeyDeletion: { KeyId: string; PendingWindowInDays?: number };
  CancelKeyDeletion: { KeyId: string };
  EnableKey: { KeyId: string };
  DisableKey: { KeyId: string };
  ReplicateKey: {
    KeyId: string;
    ReplicaRegion: string;
    Policy?: string;
    BypassPolicyLockoutSafetyCheck?: boolean;
    Description?: string;
    Tags?: readonly { TagKey: string; TagValue: string }[];
  };
  CreateAlias: { AliasName: string; TargetKeyId: string };
  UpdateAlias: { AliasName: string; TargetKeyId: string };
  DeleteAlias: { AliasName: string };
  ListAliases: { KeyId?: string };
}

export type EncryptionContext = Readonly<Record<string, string>>;

export interface EncryptionInput {
  EncryptionContext?: EncryptionContext;
  GrantTokens?: readonly string[];
  DryRun?: boolean;
}

/** Outputs by operation, with AWS's member names. */
export interface KmsOutputs {
  CreateKey: { KeyMetadata: KeyMetadata };
  DescribeKey: { KeyMetadata: KeyMetadata };
  PutKeyPolicy: Record<string, never>;
  GetKeyPolicy: { Policy: string; PolicyName: string };
  Encrypt: { CiphertextBlob: Uint8Array; KeyId: string; EncryptionAlgorithm: string };
  Decrypt: { Plaintext: Uint8Array; KeyId: string; EncryptionAlgorithm: string };
  ReEncrypt: {
    CiphertextBlob: Uint8Array;
    SourceKeyId: string;
    KeyId: string;
    SourceEncryptionAlgorithm: string;
    DestinationEncryptionAlgorithm: string;
  };
  GenerateDataKey: { CiphertextBlob: Uint8Array; Plaintext: Uint8Array; KeyId: string };
  GenerateDataKeyWithoutPlaintext: { CiphertextBlob: Uint8Array; KeyId: string };
  CreateGrant: { GrantId: string; GrantToken: string };
  RetireGrant: Record<string, never>;
  RevokeGrant: Record<string, never>;
  ListGrants: { Grants: readonly Readonly<Record<string, unknown>>[] };
  ScheduleKeyDeletion: {
    KeyId: string;
    /** Absent while a primary key waits for its last replica to go. */
    DeletionDate?: Date;
    KeyState: string;
    PendingWindowInDays: number;
  };
  CancelKeyDeletion: { KeyId: string };
  EnableKey: Record<string, never>;
  DisableKey: Record<string, never>;
  ReplicateKey: { ReplicaKeyMetadata: KeyMetadata; ReplicaPolicy: string };
  CreateAlias: Record<string, never>;
  UpdateAlias: Record<string, never>;
  DeleteAlias: Record<string, never>;
  ListAliases: {
    Aliases: readonly { AliasName: string; AliasArn: string; TargetKeyId?: string }[];
  };
}

export interface KeyMetadata {
  readonly AWSAccountId: string;
  readonly KeyId: string;
  readonly Arn: string;
  readonly CreationDate?: Date;
  readonly Enabled: boolean;
  readonly Description: string;
  readonly KeyUsage: string;
  readonly KeyState: string;
  readonly DeletionDate?: Date;
  readonly Origin: string;
  readonly KeyManager: 'AWS' | 'CUSTOMER';
  readonly KeySpec: string;
  readonly MultiRegion: boolean;
  readonly EncryptionAlgorithms?: readonly string[];
  /** While the key waits for its last replica to go. */
  readonly PendingDeletionWindowInDays?: number;
  readonly MultiRegionConfiguration?: {
    readonly MultiRegionKeyType: 'PRIMARY' | 'REPLICA';
    readonly PrimaryKey?: { readonly Arn: string; readonly Region: string };
    readonly ReplicaKeys: readonly { readonly Arn: string; readonly Region: string }[];
  };
}
