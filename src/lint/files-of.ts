import { documentsOf, type Inventory } from '../inventory/index.js';
import type { Span } from '../source/index.js';

/** The paths of all files in which something of an inventory stands. */
export function filesOf(inventory: Inventory): readonly string[] {
  const before = known.get(inventory);
  if (before !== undefined) return before;
  const paths = new Set<string>();
  for (const { source } of spansIn(inventory)) paths.add(source.path);
  const files = [...paths].sort();
  known.set(inventory, files);
  return files;
}

// Every rule asks, and an inventory never changes.
const known = new WeakMap<Inventory, readonly string[]>();

function* spansIn(inventory: Inventory): Iterable<Span> {
  const { accounts, keys, aliases, principals, groups, endpoints } = inventory;
  const { dependants, trails, documents, directives } = inventory;
  const things = [accounts, keys, aliases, principals, groups, endpoints, dependants, trails];
  for (const { span } of [...things, documents, directives].flat()) yield span;
  // A policy may stand in another file than what it belongs to.
  for (const { document } of documentsOf(inventory)) yield document.span;
}
