import { calledSymbol, type Library } from './library.js';

/** Ciphers of `node:crypto`, which take a key that the program holds itself. */
export const nodeCrypto: Library = (node, evaluator) => {
  const name = calledSymbol(node, evaluator, 'crypto')?.path.at(-1);
  if (name === undefined || !ciphers.has(name)) return undefined;
  return { api: 'node-crypto', service: 'crypto', operation: name, arguments: node.arguments };
};

const ciphers = new Set(['createCipheriv', 'createDecipheriv', 'createCipher', 'createDecipher']);
