export { awsCli } from './loader.js';
