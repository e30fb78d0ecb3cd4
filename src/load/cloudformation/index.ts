export { cdkAssembly } from './cdk-loader.js';
export { cloudFormation } from './loader.js';
