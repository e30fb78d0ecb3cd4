/**
 * Sizes that KMS enforces, in bytes unless the name says otherwise.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html
 */
export const limits = {
  policyBytes: 32_768,
  plaintextBytes: 4_096,
  ciphertextBytes: 6_144,
  dataKeyBytes: 1_024,
  aliasesPerKey: 50,
  grantsPerKey: 50_000,
  tagsPerKey: 50,
  grantTokensPerRequest: 10,
  grantConstraintPairs: 8,
  grantConstraintValueChars: 384,
  grantNameChars: 256,
  aliasNameChars: 256,
  descriptionChars: 8_192,
  pendingWindowDaysMin: 7,
  pendingWindowDaysMax: 30,
  grantPropagationMs: 300_000,
} as const;

/** How many bytes `Encrypt` takes by key spec and algorithm, where that is not `limits.plaintextBytes`. */
export const asymmetricPlaintextBytes: Readonly<Record<string, Readonly<Record<string, number>>>> =
  {
    RSA_2048: { RSAES_OAEP_SHA_1: 214, RSAES_OAEP_SHA_256: 190 },
    RSA_3072: { RSAES_OAEP_SHA_1: 342, RSAES_OAEP_SHA_256: 318 },
    RSA_4096: { RSAES_OAEP_SHA_1: 470, RSAES_OAEP_SHA_256: 446 },
    SM2: { SM2PKE: 1_024 },
  };
