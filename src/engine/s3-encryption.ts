import { managedKeyPolicy } from '../facts/index.js';
import { parseCaller, type Dependant, type Key } from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import type { Text } from '../source/index.js';
import type { CallContext, KmsCall, KmsException, ObjectEncryption, ServiceCall } from './call.js';
import { ivBytes, seal } from './cipher.js';
import { exception } from './exceptions.js';
import { newKey, newKeyId } from './handlers/keys.js';
import { ownerOf } from './key-facts.js';
import { findAlias } from './lookup.js';
import { materialOf } from './material.js';
import type { EncryptionContext } from './operations.js';
import { performKms, type Performed } from './perform.js';
import { readOwnPolicy } from './policies.js';
import { resolveKey } from './resolve.js';
import { withKey, type State, type StoredObject } from './state.js';
import type { World } from './world.js';

/** One call of S3 on a bucket. */
export interface Visit {
  readonly world: World;
  readonly call: ServiceCall;
  readonly bucket: Dependant;
}

/** How an object is to be encrypted with KMS. */
export interface Wanted {
  /** As the request or the bucket says it; `aws/s3` where neither does. */
  readonly keyId: Text;
  readonly algorithm: 'aws:kms' | 'aws:kms:dsse';
  readonly bucketKey: boolean;
  readonly context: EncryptionContext;
}

export function objectArn(bucket: Dependant, { objectKey }: ServiceCall): Text {
  return `${bucket.arn}/${objectKey}`;
}

/** What the request asks for, or else the bucket does; `undefined`: nothing of KMS. */
export function wantedEncryption(visit: Visit): Wanted | undefined {
  return encryptionOf(visit, visit.call.encryption);
}

function encryptionOf(
  { call, bucket }: Visit,
  asked: ObjectEncryption | undefined,
): Wanted | undefined {
  const algorithm =
    asked?.algorithm ?? bucket.encryption ?? (bucket.key === undefined ? 'AES256' : 'aws:kms');
  if (algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') return undefined;
  const isOn = asked?.bucketKey ?? bucket.bucketKey ?? false;
  // SOURCE: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html: no Bucket Keys
  const bucketKey = isOn && algorithm === 'aws:kms';
  return {
    keyId: asked?.keyId ?? bucket.key ?? MANAGED_ALIAS,
    algorithm,
    bucketKey,
    // SOURCE: facts kms-services, S3
    context: {
      ...asked?.context,
      'aws:s3:arn': bucketKey ? bucket.arn : objectArn(bucket, call),
    },
  };
}

/** Asks KMS for a data key, as the caller. */
export function generateDataKey(visit: Visit, state: State, wanted: Wanted): Performed {
  const { managed, next } = withManagedKey(visit, state, wanted);
  const refused = checkSigned(visit, state);
  if (refused !== undefined) return refused;
  return asOfS3(
    performKms(
      visit.world,
      next,
      {
        ...onBehalf(visit),
        operation: 'GenerateDataKey',
        input: {
          KeyId: managed?.arn ?? wanted.keyId,
          KeySpec: 'AES_256',
          EncryptionContext: wanted.context,
        },
      },
      viaS3(visit),
    ),
    state,
  );
}

/** Asks KMS to open the data key of an object or upload, as the caller. */
export function openDataKey(visit: Visit, state: State, stored: StoredObject): Performed {
  const { encryption } = stored;
  if (encryption === undefined) return succeededWith(state, { ServerSideEncryption: 'AES256' });
  const refused = checkSigned(visit, state);
  if (refused !== undefined) return refused;
  const opened = asOfS3(
    performKms(
      visit.world,
      state,
      {
        ...onBehalf(visit),
        operation: 'Decrypt',
        input: { CiphertextBlob: encryption.dataKey, EncryptionContext: encryption.context },
      },
      viaS3(visit),
    ),
    state,
  );
  return opened.outcome.kind === 'failed'
    ? opened
    : { ...opened, outcome: { kind: 'succeeded', output: headersOf(encryption) } };
}

/**
 * An object that a loaded bucket holds already: somebody stored it there under the bucket's own key,
 * which the inventory says nothing more about.
 */
export function existingObject(
  visit: Visit,
  state: State,
): { readonly state: State; readonly stored: StoredObject } | KmsException {
  const body = new Uint8Array();
  const wanted = encryptionOf(visit, undefined);
  if (wanted === undefined) return { state, stored: { body } };
  const { managed, next } = withManagedKey(visit, state, wanted);
  const found = resolveKey(
    {
      inventory: next.inventory,
      account: visit.bucket.account,
      partition: partitionOf(visit.bucket),
      region: visit.bucket.region,
      caller: visit.call.caller,
      operation: 'Decrypt',
    },
    managed?.arn ?? wanted.keyId,
    ['key-id', 'key-arn', 'alias-name', 'alias-arn'],
  );
  if (found.kind === 'failed') return asS3Error(found.error);
  const { key } = found.value;
  const { entropy } = visit.world;
  const { state: kept, material } = materialOf(entropy, next, key);
  const dataKey = seal(ownerOf(key), material, entropy.bytes(ivBytes), entropy.bytes(32), {
    algorithm: 'SYMMETRIC_DEFAULT',
    context: wanted.context,
  });
  const { algorithm, bucketKey, context } = wanted;
  const encryption = { keyArn: key.arn, algorithm, bucketKey, context, dataKey };
  return { state: kept, stored: { body, encryption } };
}

/** What S3 answers about how an object is encrypted. */
export function headersOf({
  algorithm,
  bucketKey,
  keyArn,
}: NonNullable<StoredObject['encryption']>): Readonly<Record<string, unknown>> {
  return {
    ServerSideEncryption: algorithm,
    SSEKMSKeyId: keyArn,
    BucketKeyEnabled: bucketKey,
  };
}

export function succeededWith(state: State, output: Readonly<Record<string, unknown>>): Performed {
  return { state, outcome: { kind: 'succeeded', output }, authorizations: [], events: [] };
}

export function failedWith(state: State, error: KmsException): Performed {
  return { state, outcome: { kind: 'failed', error }, authorizations: [], events: [] };
}

const MANAGED_ALIAS = 'alias/aws/s3';

/** The AWS managed key of the bucket's account, made on first use as S3 does; only where it is wanted. */
function withManagedKey(
  { world, bucket }: Visit,
  state: State,
  { keyId }: Wanted,
): { readonly next: State; readonly managed?: Key } {
  if (keyId !== MANAGED_ALIAS && !keyId.endsWith(`:${MANAGED_ALIAS}`)) return { next: state };
  const { account, region } = bucket;
  const listed = findAlias(state.inventory, MANAGED_ALIAS, region, account)?.key;
  if (listed?.policy !== undefined) return { next: state, managed: listed };
  const partition = partitionOf(bucket);
  const managed = listed ?? newManagedKey(world, partition, account, region);
  // SOURCE: facts kms-authz 13: the policy of such a key is always the same, so it need not be supplied
  const text = managedKeyPolicy(partition, account, region, 's3');
  const policy = readOwnPolicy(text, `policy of ${managed.arn}`);
  const complete: Key = { ...managed, manager: 'AWS', policy };
  return { next: withKey(state, complete), managed: complete };
}

function newManagedKey({ entropy }: World, partition: Text, account: Text, region: Text): Key {
  return newKey({
    arn: `arn:${partition}:kms:${region}:${account}:key/${newKeyId(entropy, 'single-Region')}`,
    account,
    region,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    state: 'Enabled',
    origin: 'AWS_KMS',
    multiRegion: 'no',
    rotation: true,
    aliases: [MANAGED_ALIAS],
    tags: new Map<Text, Text>(),
  });
}

function partitionOf(bucket: Dependant): Text {
  return parseArn(bucket.arn)?.partition ?? 'aws';
}

/** KMS takes signed requests only, so S3 has nobody to call on behalf of. */
function checkSigned({ call }: Visit, state: State): Performed | undefined {
  if (parseCaller(call.caller)?.kind !== 'anonymous') return undefined;
  const message =
    'Requests specifying Server Side Encryption with AWS KMS managed keys must be made with AWS Signature Version 4.';
  return failedWith(state, exception('InvalidArgument', message));
}

function onBehalf({
  call,
  bucket,
}: Visit): Pick<KmsCall, 'kind' | 'caller' | 'region' | 'context'> {
  return {
    kind: 'kms',
    caller: call.caller,
    region: bucket.region,
    context: forwarded(call.context ?? {}),
  };
}

// SOURCE: facts kms-authz 119, kms-condition-keys
function viaS3({ bucket }: Visit): { readonly service: string } {
  return { service: `s3.${bucket.region}.amazonaws.com` };
}

/**
 * The condition keys that stay when S3 calls: not those of S3, and not those of the network that the
 * caller's own request came through (facts gotchas 12).
 */
function forwarded(context: CallContext): CallContext {
  return Object.fromEntries(
    Object.entries(context).filter(([key]) => {
      const name = key.toLowerCase();
      return !name.startsWith('s3:') && !networkKeys.has(name);
    }),
  );
}

const networkKeys = new Set([
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpcsourceip',
]);

/** KMS's answer as S3 passes it on; only success changes the state. */
function asOfS3(performed: Performed, before: State): Performed {
  const { outcome } = performed;
  return outcome.kind === 'succeeded'
    ? performed
    : { ...performed, state: before, outcome: { kind: 'failed', error: asS3Error(outcome.error) } };
}

function asS3Error({ name, message }: KmsException): KmsException {
  return exception(name === 'AccessDeniedException' ? 'AccessDenied' : `KMS.${name}`, message);
}
