import { createHash } from 'node:crypto';
import {
  keySpecs,
  keyStates,
  keyUsages,
  type KeySpec,
  type KeyState,
  type KeyUsage,
} from '../facts/index.js';
import { keyIdOf, type Key } from '../inventory/index.js';
import type { EncryptionAlgorithm } from '../facts/index.js';

// An engine has to run where an inventory leaves open what a key is: it then is the usual one, an
// enabled symmetric encryption key of AWS's making.

export function specOf(key: Key): KeySpec {
  return keySpecs.find((spec) => spec === key.spec) ?? 'SYMMETRIC_DEFAULT';
}

export function stateOf(key: Key): KeyState {
  return keyStates.find((state) => state === key.state) ?? 'Enabled';
}

export function usageOf(key: Key): KeyUsage {
  return (
    keyUsages.find((usage) => usage === key.usage) ?? usagesOf(specOf(key))[0] ?? 'ENCRYPT_DECRYPT'
  );
}

/**
 * The usages that a key of this spec can be made for.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
 */
export function usagesOf(spec: KeySpec): readonly KeyUsage[] {
  switch (spec) {
    case 'SYMMETRIC_DEFAULT':
      return ['ENCRYPT_DECRYPT'];
    case 'RSA_2048':
    case 'RSA_3072':
    case 'RSA_4096':
      return ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'];
    case 'ECC_NIST_P256':
    case 'ECC_NIST_P384':
    case 'ECC_NIST_P521':
      return ['SIGN_VERIFY', 'KEY_AGREEMENT'];
    case 'SM2':
      return ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'KEY_AGREEMENT'];
    case 'ECC_SECG_P256K1':
    case 'ECC_NIST_EDWARDS25519':
    case 'ML_DSA_44':
    case 'ML_DSA_65':
    case 'ML_DSA_87':
      return ['SIGN_VERIFY'];
    case 'HMAC_224':
    case 'HMAC_256':
    case 'HMAC_384':
    case 'HMAC_512':
      return ['GENERATE_VERIFY_MAC'];
    case 'ML_KEM_512':
    case 'ML_KEM_768':
    case 'ML_KEM_1024':
      return ['ENCAPSULATE_DECAPSULATE'];
  }
}

/** The algorithms that Encrypt and Decrypt take with a key of this spec. */
export function algorithmsOf(spec: KeySpec): readonly EncryptionAlgorithm[] {
  if (spec === 'SYMMETRIC_DEFAULT') return ['SYMMETRIC_DEFAULT'];
  if (spec === 'SM2') return ['SM2PKE'];
  return spec.startsWith('RSA_') ? ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] : [];
}

/** Related keys are of one type; aliases move only between such keys (facts kms-authz 92). */
export function typeOf(key: Key): 'symmetric' | 'hmac' | 'asymmetric' {
  const spec = specOf(key);
  if (spec === 'SYMMETRIC_DEFAULT') return 'symmetric';
  return spec.startsWith('HMAC_') ? 'hmac' : 'asymmetric';
}

/** Whose material a ciphertext is under: the account with the id that related keys share, at most 255 bytes. */
export function ownerOf(key: Key): string {
  const owner = `${key.account}:${keyIdOf(key)}`;
  return owner.length < 100 ? owner : createHash('sha256').update(owner).digest('hex');
}

export function isMultiRegion(key: Key): boolean {
  return key.multiRegion === undefined ? keyIdOf(key).startsWith('mrk-') : key.multiRegion !== 'no';
}
