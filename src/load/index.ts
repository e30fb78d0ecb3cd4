import { awsCli } from './aws-cli/index.js';
import { cdkAssembly, cloudFormation } from './cloudformation/index.js';
import { inventoryFiles } from './inventory-file/index.js';
import type { Loader } from './loader.js';
import { loadWith, type Loaded, type LoadInput } from './load.js';
import { prepareWith, type PrepareInput } from './prepare.js';
import { takersOf } from './recognize.js';
import { terraformHcl, terraformPlan } from './terraform/index.js';
import { policyDocuments } from './policy-document.js';
import { typeScript } from './typescript/index.js';
import type { Source } from '../source/index.js';

export { candidatesOf, nowhere } from './candidates.js';
export { matchesGlob } from './globs.js';
export { policyKinds } from './kind-of.js';
export { inventoryValue, printInventory } from './inventory-file/index.js';
export type { Loaded, LoadInput } from './load.js';
export type { PrepareInput } from './prepare.js';
export type { LoadSettings } from './loader.js';
export { normalPath } from './paths.js';
export type { ParsedCode } from './typescript/index.js';
export { watch } from './remember.js';

/** The input formats, in the order in which they are tried on a file. */
const loaders: readonly Loader[] = [
  inventoryFiles,
  cdkAssembly,
  cloudFormation,
  terraformPlan,
  terraformHcl,
  typeScript,
  awsCli,
  policyDocuments,
];

/** Loads all that the paths stand for; a file that cannot be loaded never hides its neighbours. */
export function load(input: LoadInput): Loaded {
  return loadWith(loaders, input);
}

/**
 * Starts what loading needs for the files that the paths stand for, and nothing for formats that none of
 * them has. Must be awaited before {@link load} of the same input.
 */
export function prepare(input: PrepareInput): Promise<void> {
  return prepareWith(loaders, input);
}

/** Whether a file shows the mark of a format, and it can be loaded at once, without preparing anything. */
export function isRecognized(source: Source): boolean {
  const [loader] = takersOf(source, loaders);
  return loader !== undefined && loader.prepare === undefined;
}
