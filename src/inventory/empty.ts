import type { Inventory } from './inventory.js';

/** An inventory of which nothing is known. */
export const emptyInventory: Inventory = {
  accounts: [],
  keys: [],
  aliases: [],
  principals: [],
  groups: [],
  endpoints: [],
  dependants: [],
  trails: [],
  documents: [],
  calls: [],
  directives: [],
  complete: new Set(),
};
