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
 * @param pause asked before each is tried; `stop`: it and all others stay untried
 */
export async function confirm(
  suspected: readonly Detected[],
  inventory: Inventory,
  { runs, seed }: ConfirmSettings,
  pause?: () => Promise<'go-on' | 'stop'>,
): Promise<readonly (Confirmation | 'refuted')[]> {
  if (suspected.length === 0) return [];
  // Both are loaded only where there is something to try.
  const [{ tryClaim }, fastCheck] = await Promise.all([
    import('./try-claim.js'),
    import('fast-check'),
  ]);
  const worlds = groundings(inventory);
  const verdicts: (Confirmation | 'refuted')[] = [];
  for (const { rule, suspicion } of suspected) {
    const isStopped = (await pause?.()) === 'stop';
    verdicts.push(
      isStopped ? interrupted : tryClaim(rule, suspicion.claim, worlds, { runs, seed, fastCheck }),
    );
  }
  return verdicts;
}

const interrupted: Confirmation = { kind: 'unsimulated', reason: 'the run was interrupted' };
