import type { Evaluator } from '../evaluator.js';
import type { LibraryCall } from '../library-call.js';
import type { CallNode } from '../syntax.js';
import { cdk } from './cdk.js';
import { encryptionSdk } from './encryption-sdk.js';
import { libStorage } from './lib-storage.js';
import type { Library } from './library.js';
import { nodeCrypto } from './node-crypto.js';
import { sdkV2 } from './sdk-v2.js';
import { sdkV3 } from './sdk-v3.js';

const libraries: readonly Library[] = [sdkV3, sdkV2, libStorage, encryptionSdk, nodeCrypto, cdk];

/** The call to a known library that a node is; a name that only looks like one is none. */
export function findLibraryCall(node: CallNode, evaluator: Evaluator): LibraryCall | undefined {
  for (const library of libraries) {
    const found = library(node, evaluator);
    if (found !== undefined) return found;
  }
  return undefined;
}
