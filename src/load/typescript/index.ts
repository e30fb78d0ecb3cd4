export { typeScript } from './loader.js';
export type { ParsedCode } from './syntax.js';
