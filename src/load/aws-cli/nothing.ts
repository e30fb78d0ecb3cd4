import { shows } from './output.js';
import type { Output } from './output.js';

/**
 * Outputs that say nothing about keys or who may use them, by their members. They are known so that
 * a file of one, named on purpose, is not taken for something that could not be read.
 */
export const outputsOfNothing: readonly Output[] = [
  { command: 'kms create-grant', members: ['GrantId', 'GrantToken'] },
  { command: 'kms generate-data-key', members: ['CiphertextBlob', 'KeyId'] },
  { command: 'kms decrypt', members: ['Plaintext', 'KeyId'] },
  { command: 'kms re-encrypt', members: ['CiphertextBlob', 'SourceKeyId'] },
  { command: 'kms generate-random', members: ['Plaintext'], others: ['CiphertextForRecipient'] },
  { command: 'kms generate-data-key-pair', members: ['PrivateKeyCiphertextBlob', 'KeyPairSpec'] },
  { command: 'kms get-parameters-for-import', members: ['ImportToken', 'PublicKey'] },
  { command: 'kms get-public-key', members: ['PublicKey', 'KeyUsage'] },
  { command: 'kms sign', members: ['Signature', 'SigningAlgorithm'] },
  { command: 'kms verify', members: ['SignatureValid'] },
  { command: 'kms generate-mac', members: ['Mac', 'MacAlgorithm'] },
  { command: 'kms verify-mac', members: ['MacValid'] },
  { command: 'kms derive-shared-secret', members: ['SharedSecret'] },
  { command: 'kms create-custom-key-store', members: ['CustomKeyStoreId'], others: [] },
  { command: 'kms describe-custom-key-stores', members: ['CustomKeyStores'] },
  { command: 'kms list-key-rotations', members: ['Rotations'], others: [] },
  {
    command: 'kms schedule-key-deletion',
    members: ['KeyId', 'DeletionDate', 'KeyState'],
    others: ['PendingWindowInDays'],
  },
  {
    command: 'kms cancel-key-deletion',
    members: ['KeyId'],
    others: [],
    marks: shows(/:kms:|[0-9a-f]{8}-[0-9a-f]{4}-/),
  },
  { command: 'iam get-account-password-policy', members: ['PasswordPolicy'], others: [] },
  { command: 'iam get-account-summary', members: ['SummaryMap'], others: [] },
  { command: 'iam get-context-keys-for-custom-policy', members: ['ContextKeyNames'], others: [] },
  { command: 'iam simulate-custom-policy', members: ['EvaluationResults'] },
  { command: 'iam list-instance-profiles', members: ['InstanceProfiles'], others: [] },
  { command: 'iam get-instance-profile', members: ['InstanceProfile'], others: [] },
  { command: 'iam list-account-aliases', members: ['AccountAliases'], others: [] },
  {
    command: 'iam list-policy-versions',
    members: ['Versions'],
    others: [],
    marks: shows(/\bIsDefaultVersion\b/),
  },
  {
    command: 'iam list-entities-for-policy',
    members: ['PolicyRoles', 'PolicyUsers', 'PolicyGroups'],
  },
  { command: 'lambda get-policy', members: ['Policy', 'RevisionId'], others: [] },
  { command: 's3api list-buckets', members: ['Buckets', 'Owner'] },
  {
    command: 'cloudtrail list-trails',
    members: ['Trails'],
    others: [],
    marks: shows(/\bTrailARN\b/),
  },
  { command: 'cloudtrail get-trail-status', members: ['IsLogging'] },
  { command: 'organizations describe-effective-policy', members: ['EffectivePolicy'], others: [] },
];

/** Commands of which an example without members of its own may be kept under their name. */
const namedOnly = /(?:get-context-keys-for|simulate)-(?:custom|principal)-policy/;

/** The command of a file that says nothing to us by its name alone, as its content is a bare list. */
export function namedForNothing(path: string, text: string): string | undefined {
  const operation = /^\s*\[/.test(text) ? namedOnly.exec(path)?.[0] : undefined;
  return operation === undefined ? undefined : `iam ${operation}`;
}
