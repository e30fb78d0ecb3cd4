export { cdkAssembly } from './cdk-loader.js';
export { cloudFormation } from './loader.js';
export { evaluateFragment } from './fragment.js';
