import { groundings, separate, type Inventory } from '../inventory/index.js';
import type { Memo } from '../source/index.js';
import type { Detected } from './detect.js';
import type { Confirmation } from './finding.js';

export interface ConfirmSettings {
  /** How many attempts are generated for a claim of which not all can be listed. */
  readonly runs: number;
  readonly seed: number;
  /** What earlier runs showed; absent: everything is tried. */
  readonly remembered?: Remembered | undefined;
}

/** Where verdicts are kept, and what stands for all that the inventory was made of. */
export interface Remembered {
  readonly memo: Memo;
  readonly madeOf: () => string;
}

/**
 * Tries what was suspected on engines built from an inventory, which may be another than the one it was
 * suspected of: one verdict each, in order.
 * @param pause asked before each is tried; `stop`: it and all others stay untried
 */
export async function confirm(
  suspected: readonly Detected[],
  inventory: Inventory,
  settings: ConfirmSettings,
  pause?: () => Promise<'go-on' | 'stop'>,
): Promise<readonly (Confirmation | 'refuted')[]> {
  const verdicts: (Confirmation | 'refuted')[] = [];
  for (const one of suspected) {
    const isStopped = (await pause?.()) === 'stop';
    verdicts.push(isStopped ? interrupted : await verdictOf(one, inventory, settings));
  }
  return verdicts;
}

async function verdictOf(
  detected: Detected,
  inventory: Inventory,
  settings: ConfirmSettings,
): Promise<Confirmation | 'refuted'> {
  const { memo, madeOf } = settings.remembered ?? {};
  // One of several worlds is told from the others by nothing that lasts.
  if (memo === undefined || madeOf === undefined || separate(inventory).length > 1) {
    return tryOne(detected, inventory, settings);
  }
  const { rule, suspicion, fingerprint } = detected;
  const { runs, seed } = settings;
  const claim = JSON.stringify([suspicion.claim, suspicion.message, fingerprint, runs, seed]);
  const of = ['verdict', rule.meta.id, claim, madeOf()];
  // What is kept was kept here, by this build.
  const kept = memo.find(of) as Confirmation | 'refuted' | undefined;
  if (kept !== undefined) return kept;
  const verdict = await tryOne(detected, inventory, settings);
  memo.keep(of, verdict);
  return verdict;
}

async function tryOne(
  { rule, suspicion }: Detected,
  inventory: Inventory,
  { runs, seed }: ConfirmSettings,
): Promise<Confirmation | 'refuted'> {
  // Both are loaded only where there is something to try.
  const [{ tryClaim }, fastCheck] = await Promise.all([
    import('./try-claim.js'),
    import('fast-check'),
  ]);
  return tryClaim(rule, suspicion.claim, groundings(inventory), { runs, seed, fastCheck });
}

const interrupted: Confirmation = { kind: 'unsimulated', reason: 'the run was interrupted' };
