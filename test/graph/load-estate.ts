import { readFileSync } from 'node:fs';
import type { Inventory } from '../../src/inventory/index.js';
import { load } from '../../src/load/index.js';

/** The inventory in a file. */
export function loadEstateFile(path: string): Inventory {
  return loadEstateText(readFileSync(path, 'utf8'), path);
}

/** The inventory that a text in keyproof's own format describes. */
export function loadEstateText(text: string, path = 'estate.keyproof.json'): Inventory {
  const files = {
    read: (wanted: string) => (wanted === path ? new TextEncoder().encode(text) : undefined),
    list: () => [],
  };
  const settings = { parameters: {}, kinds: {} };
  const { inventory, diagnostics } = load({ paths: [path], files, settingsOf: () => settings });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return inventory;
}
