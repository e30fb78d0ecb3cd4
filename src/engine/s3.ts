import { decide } from '../authorization/decide/index.js';
import { parseCaller, type Request } from '../inventory/index.js';
import { invariant } from '../source/index.js';
import type { AuthorizedRequest, KmsException, ServiceCall } from './call.js';
import { denial } from './denial.js';
import { exception } from './exceptions.js';
import { isAuthentic } from './iam.js';
import { findBucket } from './lookup.js';
import type { Performed } from './perform.js';
import { contextOf, timeValues } from './request.js';
import {
  existingObject,
  failedWith,
  generateDataKey,
  headersOf,
  objectArn,
  openDataKey,
  succeededWith,
  wantedEncryption,
  type Visit,
} from './s3-encryption.js';
import { withEntry, withoutEntry, type State, type StoredObject } from './state.js';
import type { World } from './world.js';

/**
 * Runs one call of S3: S3's own permission, then what S3 asks of KMS as the caller. Bucket Keys change
 * the encryption context and save no call: S3 promises no time for which it keeps one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function performS3(world: World, state: State, call: ServiceCall): Performed {
  const bucket = findBucket(state.inventory, call.bucket);
  const caller = parseCaller(call.caller);
  if (caller === undefined || !isAuthentic(state, caller)) {
    return failedWith(state, exception('InvalidAccessKeyId', 'The access key does not exist.'));
  }
  if (bucket === undefined) {
    return failedWith(state, exception('NoSuchBucket', 'The specified bucket does not exist'));
  }
  const visit = { world, call, bucket };
  const asked = askS3(visit, state);
  const performed = asked.error === undefined ? act(visit, state) : failedWith(state, asked.error);
  return { ...performed, authorizations: [...asked.log, ...performed.authorizations] };
}

// SOURCE: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
const permissions: Readonly<Record<ServiceCall['action'], string>> = {
  PutObject: 's3:PutObject',
  GetObject: 's3:GetObject',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
};

/** S3's own permission. Where it is unknown the call goes on: what is tried here is KMS. */
function askS3(
  { world, call, bucket }: Visit,
  state: State,
): { readonly log: readonly AuthorizedRequest[]; readonly error?: KmsException } {
  const caller = parseCaller(call.caller);
  if (call.servicePermission === 'assumed' || caller === undefined) return { log: [] };
  const request: Request = {
    caller,
    action: permissions[call.action],
    resource: objectArn(bucket, call),
    resourceAccount: bucket.account,
    context: contextOf(
      caller,
      {
        ...timeValues(world.nowMs),
        'aws:SecureTransport': 'true',
        'aws:RequestedRegion': bucket.region,
        's3:x-amz-server-side-encryption': call.encryption?.algorithm,
        's3:x-amz-server-side-encryption-aws-kms-key-id': call.encryption?.keyId,
      },
      call.context ?? {},
    ),
  };
  const authorization = decide(state.inventory, request);
  const log = [{ request, authorization, purpose: 'service-permission' as const }];
  if (authorization.decision === 'Allow' || authorization.decision === 'Unknown') return { log };
  const { message } = denial(call.caller, request, authorization);
  return { log, error: exception('AccessDenied', message) };
}

// SOURCE: facts kms-services, S3: GenerateDataKey to begin, Decrypt for parts, their completion, and reading
function act(visit: Visit, state: State): Performed {
  const { call, bucket } = visit;
  const name = objectArn(bucket, call);
  switch (call.action) {
    case 'PutObject':
      return store(visit, state, (next, stored) => ({
        ...next,
        objects: withEntry(next.objects, name, stored),
      }));
    case 'CreateMultipartUpload':
      return store(visit, state, (next, stored) => ({
        ...next,
        uploads: withEntry(next.uploads, name, { ...stored, body: new Uint8Array() }),
      }));
    case 'UploadPart':
      return continueUpload(visit, state, (next, upload) => {
        const body = new Uint8Array([...upload.body, ...(call.body ?? [])]);
        return { ...next, uploads: withEntry(next.uploads, name, { ...upload, body }) };
      });
    case 'CompleteMultipartUpload':
      return continueUpload(visit, state, (next, upload) => ({
        ...next,
        objects: withEntry(next.objects, name, upload),
        uploads: withoutEntry(next.uploads, name),
      }));
    case 'GetObject':
      return read(visit, state);
  }
}

type Keep = (state: State, stored: StoredObject) => State;

/** Encrypts under a new data key, if under any. */
function store(visit: Visit, state: State, keep: Keep): Performed {
  const body = visit.call.body ?? new Uint8Array();
  const wanted = wantedEncryption(visit);
  if (wanted === undefined) {
    return succeededWith(keep(state, { body }), { ServerSideEncryption: 'AES256' });
  }
  const asked = generateDataKey(visit, state, wanted);
  if (asked.outcome.kind === 'failed') return asked;
  const { CiphertextBlob: dataKey, KeyId: keyArn } = asked.outcome.output;
  invariant(
    dataKey instanceof Uint8Array && typeof keyArn === 'string',
    'GenerateDataKey answers with a ciphertext and a key ARN',
  );
  const { algorithm, bucketKey, context } = wanted;
  const encryption = { keyArn, algorithm, bucketKey, context, dataKey };
  return {
    ...asked,
    state: keep(asked.state, { body, encryption }),
    outcome: { kind: 'succeeded', output: headersOf(encryption) },
  };
}

function continueUpload(visit: Visit, state: State, keep: Keep): Performed {
  const upload = state.uploads.get(objectArn(visit.bucket, visit.call));
  if (upload === undefined) {
    return failedWith(
      state,
      exception('NoSuchUpload', 'The specified multipart upload does not exist.'),
    );
  }
  const opened = openDataKey(visit, state, upload);
  return opened.outcome.kind === 'failed'
    ? opened
    : { ...opened, state: keep(opened.state, upload) };
}

function read(visit: Visit, state: State): Performed {
  const known = state.objects.get(objectArn(visit.bucket, visit.call));
  const found = known === undefined ? existingObject(visit, state) : { state, stored: known };
  if ('name' in found) return failedWith(state, found);
  const opened = openDataKey(visit, found.state, found.stored);
  if (opened.outcome.kind === 'failed') return { ...opened, state };
  const { output } = opened.outcome;
  return {
    ...opened,
    outcome: { kind: 'succeeded', output: { ...output, Body: found.stored.body } },
  };
}
