export { typeScript } from './loader.js';
