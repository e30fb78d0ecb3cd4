import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { EncryptionContext } from './operations.js';
import type { Material } from './state.js';

/**
 * What a ciphertext says of itself. Its layout is our own: version, length and bytes of the owner (the
 * account and key id that the material belongs to), id of the material, then what AES-GCM needs.
 */
export interface Sealed {
  readonly owner: string;
  readonly materialId: Uint8Array;
  readonly iv: Uint8Array;
  readonly encrypted: Uint8Array;
  readonly tag: Uint8Array;
}

/** What a ciphertext is bound to beside its key, and is not itself told. */
export interface Binding {
  readonly algorithm: string;
  readonly context: EncryptionContext;
}

export const ivBytes = 12;
const VERSION = 1;
const MATERIAL_ID_BYTES = 32;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with the header, the algorithm and the encryption context as additional authenticated
 * data. Asymmetric keys seal alike: no public key leaves the engine, so nobody can tell.
 */
export function seal(
  owner: string,
  material: Material,
  iv: Uint8Array,
  plaintext: Uint8Array,
  binding: Binding,
): Uint8Array {
  const header = headerOf(owner, material.id);
  const cipher = createCipheriv('aes-256-gcm', material.bytes, iv);
  cipher.setAAD(additionalData(header, binding));
  const encrypted = [cipher.update(plaintext), cipher.final()];
  return new Uint8Array(Buffer.concat([header, iv, ...encrypted, cipher.getAuthTag()]));
}

/** The parts of a ciphertext, or `undefined` for bytes that are none. */
export function parseCiphertext(blob: Uint8Array): Sealed | undefined {
  const ownerBytes = blob[1] ?? 0;
  const ids = 2 + ownerBytes;
  const iv = ids + MATERIAL_ID_BYTES;
  const encrypted = iv + ivBytes;
  const tag = blob.byteLength - TAG_BYTES;
  if (blob[0] !== VERSION || tag < encrypted) return undefined;
  return {
    owner: Buffer.from(blob.subarray(2, ids)).toString('utf8'),
    materialId: blob.subarray(ids, iv),
    iv: blob.subarray(iv, encrypted),
    encrypted: blob.subarray(encrypted, tag),
    tag: blob.subarray(tag),
  };
}

/** The plaintext; `undefined` where material, encryption context or bytes are not those that were sealed. */
export function open(sealed: Sealed, material: Material, binding: Binding): Uint8Array | undefined {
  const { owner, materialId, iv, encrypted, tag } = sealed;
  const decipher = createDecipheriv('aes-256-gcm', material.bytes, iv);
  decipher.setAAD(additionalData(headerOf(owner, materialId), binding));
  decipher.setAuthTag(tag);
  try {
    return new Uint8Array(Buffer.concat([decipher.update(encrypted), decipher.final()]));
  } catch {
    // Node reports a tag that does not fit by throwing; to KMS it is an expected outcome.
    return undefined;
  }
}

function headerOf(owner: string, materialId: Uint8Array): Uint8Array {
  const name = Buffer.from(owner, 'utf8');
  return Buffer.concat([Buffer.from([VERSION, name.byteLength]), name, materialId]);
}

/** The pairs in one order, each part after its length, so that no two contexts read alike. */
function additionalData(header: Uint8Array, { algorithm, context }: Binding): Uint8Array {
  const pairs = Object.entries(context)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8')))
    .flatMap(([key, value]) => [part(key), part(value)]);
  return Buffer.concat([header, part(algorithm), ...pairs]);
}

function part(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.byteLength);
  return Buffer.concat([length, bytes]);
}
