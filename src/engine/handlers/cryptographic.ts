import { asymmetricPlaintextBytes, limits } from '../../facts/index.js';
import type { Key } from '../../inventory/index.js';
import type { KmsException } from '../call.js';
import { ciphertextKeyNotFound } from '../denial.js';
import { exception, incorrectKey, invalid, invalidCiphertext } from '../exceptions.js';
import { ivBytes, open, parseCiphertext, seal, type Binding } from '../cipher.js';
import { algorithmsOf, ownerOf, specOf, typeOf } from '../key-facts.js';
import { findKeyOf } from '../lookup.js';
import { materialOf } from '../material.js';
import { operation, type HandlerContext, type Ran, type Scene } from '../operation.js';
import type { EncryptionContext, KmsInputs, KmsOutputs } from '../operations.js';
import { encryptionContextValues } from '../request.js';
import { type Named } from '../resolve.js';
import { failed, succeeded, type Result } from '../result.js';
import type { State } from '../state.js';
import { aliasValues, askOnKey, named, onKey, theKey } from './on-key.js';

type OneKey = { readonly key: Key };

type EncryptionInput = { readonly EncryptionContext?: EncryptionContext };

export const encrypt = operation<KmsInputs['Encrypt'], KmsOutputs['Encrypt'], OneKey>({
  resolve: theKey('Encrypt'),
  asks: (scene, input, { key }) =>
    onKey('Encrypt', key, {
      ...aliasValues(scene, 'Encrypt', input.KeyId),
      ...encryptionContextValues(input.EncryptionContext),
      'kms:EncryptionAlgorithm': input.EncryptionAlgorithm,
    }),
  run: (context, input) => {
    const { key } = context.keys;
    const algorithm = input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT';
    const refused =
      checkAlgorithm(key, algorithm, input.EncryptionContext) ??
      checkLength(key, algorithm, input.Plaintext);
    if (refused !== undefined) return failed(refused);
    const sealed = encryptUnder(context, key, input.Plaintext, {
      algorithm,
      context: input.EncryptionContext ?? {},
    });
    return succeeded({
      state: sealed.state,
      output: { CiphertextBlob: sealed.blob, KeyId: key.arn, EncryptionAlgorithm: algorithm },
    });
  },
});

export const decrypt = operation<KmsInputs['Decrypt'], KmsOutputs['Decrypt'], OneKey>({
  resolve: (scene, { KeyId, CiphertextBlob, EncryptionAlgorithm }) =>
    toKey(resolveCiphertextKey(scene, 'Decrypt', KeyId, CiphertextBlob, EncryptionAlgorithm)),
  asks: (scene, input, { key }) =>
    onKey('Decrypt', key, {
      ...(input.KeyId === undefined ? {} : aliasValues(scene, 'Decrypt', input.KeyId)),
      ...encryptionContextValues(input.EncryptionContext),
      'kms:EncryptionAlgorithm': input.EncryptionAlgorithm,
    }),
  run: (context, input) => {
    const { key } = context.keys;
    const algorithm = input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT';
    const refused = checkAlgorithm(key, algorithm, input.EncryptionContext);
    if (refused !== undefined) return failed(refused);
    const opened = decryptUnder(context.state, key, input.CiphertextBlob, {
      algorithm,
      context: input.EncryptionContext ?? {},
    });
    if (opened.kind === 'failed') return opened;
    return succeeded({
      state: context.state,
      output: { Plaintext: opened.value, KeyId: key.arn, EncryptionAlgorithm: algorithm },
    });
  },
});

type ReEncryptKeys = { readonly source: Key; readonly destination: Key };

export const reEncrypt = operation<KmsInputs['ReEncrypt'], KmsOutputs['ReEncrypt'], ReEncryptKeys>({
  resolve: (scene, input) => {
    const { SourceKeyId, CiphertextBlob, SourceEncryptionAlgorithm } = input;
    const source = resolveCiphertextKey(
      scene,
      'ReEncrypt',
      SourceKeyId,
      CiphertextBlob,
      SourceEncryptionAlgorithm,
    );
    if (source.kind === 'failed') return source;
    const destination = named(scene, 'ReEncrypt', input.DestinationKeyId);
    if (destination.kind === 'failed') return destination;
    return succeeded({ source: source.value.key, destination: destination.value.key });
  },
  // SOURCE: facts kms-authz 113
  asks: (scene, input, { source, destination }) => {
    const sameKey = String(source.arn === destination.arn);
    return [
      askOnKey('kms:ReEncryptFrom', source, {
        ...(input.SourceKeyId === undefined
          ? {}
          : aliasValues(scene, 'ReEncrypt', input.SourceKeyId)),
        ...encryptionContextValues(input.SourceEncryptionContext),
        'kms:EncryptionAlgorithm': input.SourceEncryptionAlgorithm,
        'kms:ReEncryptOnSameKey': sameKey,
      }),
      askOnKey('kms:ReEncryptTo', destination, {
        ...aliasValues(scene, 'ReEncrypt', input.DestinationKeyId),
        ...encryptionContextValues(input.DestinationEncryptionContext),
        'kms:EncryptionAlgorithm': input.DestinationEncryptionAlgorithm,
        'kms:ReEncryptOnSameKey': sameKey,
      }),
    ];
  },
  run: (context, input) => {
    const { source, destination } = context.keys;
    const from = input.SourceEncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT';
    const to = input.DestinationEncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT';
    const refused =
      checkAlgorithm(source, from, input.SourceEncryptionContext) ??
      checkAlgorithm(destination, to, input.DestinationEncryptionContext);
    if (refused !== undefined) return failed(refused);
    const opened = decryptUnder(context.state, source, input.CiphertextBlob, {
      algorithm: from,
      context: input.SourceEncryptionContext ?? {},
    });
    if (opened.kind === 'failed') return opened;
    const tooLong = checkLength(destination, to, opened.value);
    if (tooLong !== undefined) return failed(tooLong);
    const sealed = encryptUnder(context, destination, opened.value, {
      algorithm: to,
      context: input.DestinationEncryptionContext ?? {},
    });
    return succeeded({
      state: sealed.state,
      output: {
        CiphertextBlob: sealed.blob,
        SourceKeyId: source.arn,
        KeyId: destination.arn,
        SourceEncryptionAlgorithm: from,
        DestinationEncryptionAlgorithm: to,
      },
    });
  },
});

export const generateDataKey = operation<
  KmsInputs['GenerateDataKey'],
  KmsOutputs['GenerateDataKey'],
  OneKey
>({
  resolve: theKey('GenerateDataKey'),
  asks: (scene, input, { key }) => dataKeyAsks(scene, 'GenerateDataKey', input, key),
  run: generate,
});

export const generateDataKeyWithoutPlaintext = operation<
  KmsInputs['GenerateDataKeyWithoutPlaintext'],
  KmsOutputs['GenerateDataKeyWithoutPlaintext'],
  OneKey
>({
  resolve: theKey('GenerateDataKeyWithoutPlaintext'),
  asks: (scene, input, { key }) =>
    dataKeyAsks(scene, 'GenerateDataKeyWithoutPlaintext', input, key),
  run: (context, input) => {
    const ran = generate(context, input);
    if (ran.kind === 'failed') return ran;
    const { CiphertextBlob, KeyId } = ran.value.output;
    return succeeded({ state: ran.value.state, output: { CiphertextBlob, KeyId } });
  },
});

function dataKeyAsks(
  scene: Scene,
  name: 'GenerateDataKey' | 'GenerateDataKeyWithoutPlaintext',
  input: EncryptionInput & { readonly KeyId: string },
  key: Key,
): ReturnType<typeof onKey> {
  return onKey(name, key, {
    ...aliasValues(scene, name, input.KeyId),
    ...encryptionContextValues(input.EncryptionContext),
  });
}

function generate(
  context: HandlerContext<OneKey>,
  input: KmsInputs['GenerateDataKey'],
): Result<Ran<KmsOutputs['GenerateDataKey']>> {
  const { key } = context.keys;
  const { KeySpec, NumberOfBytes } = input;
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    return failed(invalid('Please specify either number of bytes or key spec.'));
  }
  const plaintext = context.entropy.bytes(NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32));
  const sealed = encryptUnder(context, key, plaintext, {
    algorithm: 'SYMMETRIC_DEFAULT',
    context: input.EncryptionContext ?? {},
  });
  return succeeded({
    state: sealed.state,
    output: { CiphertextBlob: sealed.blob, Plaintext: plaintext, KeyId: key.arn },
  });
}

function toKey(found: Result<Named>): Result<OneKey> {
  return found.kind === 'failed' ? found : succeeded({ key: found.value.key });
}

/**
 * The key that decrypts: the one that the request names, or else the one that the ciphertext does. A
 * bare key id may be that of the ciphertext's key in another account.
 *
 * SOURCE: facts kms-authz 35, 89, 114
 */
function resolveCiphertextKey(
  scene: Scene,
  name: 'Decrypt' | 'ReEncrypt',
  reference: string | undefined,
  blob: Uint8Array,
  algorithm: string | undefined,
): Result<Named> {
  const sealed = parseCiphertext(blob);
  const key = sealed && findKeyOf(scene.inventory, sealed.owner, scene.region);
  if (reference !== undefined) {
    const found = named(scene, name, reference);
    const isItsId = found.kind === 'failed' && key?.arn.endsWith(`:key/${reference}`) === true;
    return isItsId ? succeeded({ key }) : found;
  }
  if (algorithm !== undefined && algorithm !== 'SYMMETRIC_DEFAULT') {
    return failed(invalid('KeyId is required for asymmetric encryption algorithms.'));
  }
  if (sealed === undefined) return failed(invalidCiphertext);
  if (key !== undefined) return succeeded({ key });
  const action = name === 'Decrypt' ? 'kms:Decrypt' : 'kms:ReEncryptFrom';
  return failed(ciphertextKeyNotFound(scene.caller, action));
}

function checkAlgorithm(
  key: Key,
  algorithm: string,
  context: EncryptionContext | undefined,
): KmsException | undefined {
  const spec = specOf(key);
  if (!algorithmsOf(spec).some((one) => one === algorithm)) {
    return exception(
      'InvalidKeyUsageException',
      `Algorithm ${algorithm} and key spec ${spec} are incompatible.`,
    );
  }
  if (spec === 'SYMMETRIC_DEFAULT') return undefined;
  const pairs = Object.keys(context ?? {}).length;
  return pairs === 0
    ? undefined
    : invalid(`An encryption context is not supported with the algorithm ${algorithm}.`);
}

function checkLength(key: Key, algorithm: string, plaintext: Uint8Array): KmsException | undefined {
  const max = asymmetricPlaintextBytes[specOf(key)]?.[algorithm] ?? limits.plaintextBytes;
  if (plaintext.byteLength > max) {
    return invalid(
      `The plaintext is ${plaintext.byteLength} bytes long, and ${algorithm} takes ${max} with a key of spec ${specOf(key)}.`,
    );
  }
  return undefined;
}

function encryptUnder(
  { entropy, state }: Scene,
  key: Key,
  plaintext: Uint8Array,
  binding: Binding,
): { readonly state: State; readonly blob: Uint8Array } {
  const { state: next, material } = materialOf(entropy, state, key);
  const iv = entropy.bytes(ivBytes);
  return { state: next, blob: seal(ownerOf(key), material, iv, plaintext, binding) };
}

function decryptUnder(
  state: State,
  key: Key,
  blob: Uint8Array,
  binding: Binding,
): Result<Uint8Array> {
  const sealed = parseCiphertext(blob);
  if (sealed === undefined) return failed(invalidCiphertext);
  if (sealed.owner !== ownerOf(key)) {
    // An asymmetric ciphertext does not tell whose it is.
    return failed(typeOf(key) === 'symmetric' ? incorrectKey : invalidCiphertext);
  }
  const material = state.materials.get(sealed.owner);
  const isKnown = material !== undefined && Buffer.compare(material.id, sealed.materialId) === 0;
  const plaintext = isKnown ? open(sealed, material, binding) : undefined;
  return plaintext === undefined ? failed(invalidCiphertext) : succeeded(plaintext);
}
