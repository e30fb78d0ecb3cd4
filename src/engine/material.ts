import type { Key } from '../inventory/index.js';
import type { Entropy } from './engine.js';
import { ownerOf } from './key-facts.js';
import { withEntry, type Material, type State } from './state.js';

/** The material of a key, made on first use; related multi-Region keys share it. */
export function materialOf(
  entropy: Entropy,
  state: State,
  key: Key,
): { readonly state: State; readonly material: Material } {
  const owner = ownerOf(key);
  const known = state.materials.get(owner);
  if (known !== undefined) return { state, material: known };
  const material: Material = { id: entropy.bytes(32), bytes: entropy.bytes(32) };
  return { state: { ...state, materials: withEntry(state.materials, owner, material) }, material };
}
