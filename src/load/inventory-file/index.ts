export { inventoryFiles } from './inventory-file.js';
