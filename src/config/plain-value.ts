import type { Node } from '../source/index.js';

/** A tree as the value that it writes down, as `JSON.parse` would give it; of a repeated key the last counts. */
export function plainValue(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(plainValue);
    case 'mapping':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]));
    case 'unresolved':
      return node.text;
  }
}
