export { inventoryFiles } from './inventory-file.js';
export { inventoryValue, printInventory } from './print.js';
