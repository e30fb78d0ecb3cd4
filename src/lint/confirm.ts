import { groundings, type Inventory } from '../inventory/index.js';
import type { Detected } from './detect.js';
import type { Confirmation } from './finding.js';

export interface ConfirmSettings {
  /** How many attempts are generated for a claim of which not all can be listed. */
  readonly runs: number;
  readonly seed: number;
}

/**
 * Tries what was suspected on engines built from an inventory, which may be another than the one it was
 * suspected of: one verdict each, in order.
 */
export async function confirm(
  suspected: readonly Detected[],
  inventory: Inventory,
  { runs, seed }: ConfirmSettings,
): Promise<readonly (Confirmation | 'refuted')[]> {
  if (suspected.length === 0) return [];
  // Both are loaded only where there is something to try.
  const [{ tryClaim }, fastCheck] = await Promise.all([
    import('./try-claim.js'),
    import('fast-check'),
  ]);
  const worlds = groundings(inventory);
  return suspected.map(({ rule, suspicion }) =>
    tryClaim(rule, suspicion.claim, worlds, { runs, seed, fastCheck }),
  );
}
