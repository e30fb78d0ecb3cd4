import type { Operation } from '../types.js';
import { aliases } from './aliases.js';
import { cryptographic } from './cryptographic.js';
import { grants } from './grants.js';
import { keyStores } from './key-stores.js';
import { keys } from './keys.js';

const table = { ...cryptographic, ...keys, ...grants, ...aliases, ...keyStores } as const;

export type OperationName = keyof typeof table;

/** The operations that the engine has handlers for. */
export type SimulatedOperation = {
  [Name in OperationName]: (typeof table)[Name] extends { readonly simulated: true } ? Name : never;
}[OperationName];

/** Every operation of the KMS API, by its name. */
export const operations: Readonly<Record<OperationName, Operation>> = table;
