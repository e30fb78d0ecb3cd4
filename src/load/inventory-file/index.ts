export { inventoryFiles } from './inventory-file.js';
export { printInventory } from './print.js';
