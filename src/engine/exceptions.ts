import type { KmsException } from './call.js';

// The messages are worded as AWS words them, where that is known; people search for them.

export function exception(name: string, message: string): KmsException {
  return { name, message };
}

export function notFound(message: string): KmsException {
  return exception('NotFoundException', message);
}

export function keyNotFound(arn: string): KmsException {
  return notFound(`Key '${arn}' does not exist`);
}

export function aliasNotFound(arn: string): KmsException {
  return notFound(`Alias ${arn} is not found.`);
}

export function grantNotFound(id: string): KmsException {
  return notFound(`Grant ID ${id} not found`);
}

export function invalidArn(message: string): KmsException {
  return exception('InvalidArnException', message);
}

export function malformedPolicy(message: string): KmsException {
  return exception('MalformedPolicyDocumentException', message);
}

export function limitExceeded(message: string): KmsException {
  return exception('LimitExceededException', message);
}

export function unsupported(message: string): KmsException {
  return exception('UnsupportedOperationException', message);
}

export function accessDenied(message: string): KmsException {
  return exception('AccessDeniedException', message);
}

/** A request that breaks a rule which its members' shapes do not show. */
export function invalid(message: string): KmsException {
  return exception('ValidationException', message);
}

export const invalidGrantToken = exception('InvalidGrantTokenException', 'Invalid grant token');

/** KMS tells nobody what is wrong with a ciphertext or its encryption context. */
export const invalidCiphertext = exception('InvalidCiphertextException', '');

export const incorrectKey = exception(
  'IncorrectKeyException',
  'The key ID in the request does not identify a CMK that can perform this operation.',
);

export const dryRun = exception(
  'DryRunOperationException',
  'The request would have succeeded, but the DryRun option is set.',
);
