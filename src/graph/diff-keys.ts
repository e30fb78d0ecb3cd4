import { matchWorlds } from './diff-worlds.js';
import type { Worlds } from './diff-worlds.js';
import { alignUnits } from './diff-units.js';
import type { Inventory } from '../inventory/index.js';

/** Which key of one state is which of another, in states that speak of everything by the same names. */
export function matchKeys(
  before: Inventory,
  after: Inventory,
): Pick<Worlds, 'before' | 'after' | 'keys'> {
  return matchWorlds(...alignUnits(before, after));
}
