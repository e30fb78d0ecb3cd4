import type { Host } from '../host/index.js';
import type { InventoryReport } from '../report/index.js';
import { loadEstate, type EstateInput } from './estate.js';
import type { Mistake } from './mistake.js';

/** What was loaded, to be printed as an inventory file. */
export async function inventory(
  input: EstateInput,
  host: Host,
): Promise<InventoryReport | Mistake> {
  const estate = await loadEstate(input, host);
  if ('kind' in estate) return estate;
  return { kind: 'inventory', inventory: estate.inventory, diagnostics: estate.diagnostics };
}
