import type { Node, Text } from '../source/index.js';

/** The text of a scalar as templates pass it on, or the hole of what is unknown. */
export function passedText(node: Node | undefined): Text | undefined {
  if (node?.kind === 'unresolved') return node.text;
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : (node.spelling ?? String(node.value));
}

/** Whether a scalar says true or false; `undefined` where it is unknown or something else. */
export function passedBoolean(node: Node | undefined): boolean | undefined {
  const text = passedText(node)?.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** All texts that a list may hold, those of undecided items included. */
export function textsIn(node: Node | undefined): readonly { text: Text; node: Node }[] {
  switch (node?.kind) {
    case 'scalar': {
      const text = passedText(node);
      return text === undefined ? [] : [{ text, node }];
    }
    case 'sequence':
      return node.items.flatMap(textsIn);
    case 'unresolved':
      return node.alternatives
        ? node.alternatives.flatMap((branch) => textsIn(branch))
        : [{ text: node.text, node }];
    case 'mapping':
    case undefined:
      return [];
  }
}
