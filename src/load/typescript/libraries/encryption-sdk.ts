import { calledSymbol, type Library } from './library.js';

/** Keyrings, materials managers, and the functions that encrypt and decrypt with them. */
export const encryptionSdk: Library = (node, evaluator) => {
  const symbol = calledSymbol(node, evaluator, '@aws-crypto');
  const name = symbol?.path.at(-1);
  if (name === undefined || !OPERATION.test(name)) return undefined;
  return { api: 'encryption-sdk', service: 'kms', operation: name, arguments: node.arguments };
};

const OPERATION =
  /^(?:encrypt|decrypt)(?:Stream)?$|^decryptUnsignedMessageStream$|Keyring|MaterialsManager/;
