import type { Entry, Mapping, Node, Sequence } from '../../source/index.js';

/**
 * Unrolls `Fn::ForEach::…` in a mapping, nested ones too, where the collection is written out. A
 * loop over anything else stays as it is: its keys are known only at deployment.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function expandLoops(node: Mapping): Mapping {
  if (!node.entries.some(isLoop)) return node;
  return { ...node, entries: node.entries.flatMap(expand) };
}

export function isLoop(entry: Entry): boolean {
  return entry.key.startsWith('Fn::ForEach::');
}

function expand(entry: Entry): readonly Entry[] {
  if (!isLoop(entry) || entry.value.kind !== 'sequence') return [entry];
  const [identifier, collection, body] = entry.value.items;
  const name = identifier?.kind === 'scalar' ? identifier.value : undefined;
  const values = collection?.kind === 'sequence' ? wordsOf(collection) : undefined;
  if (typeof name !== 'string' || values === undefined || body?.kind !== 'mapping') return [entry];
  return values.flatMap((value) => {
    const round = substitute(body, name, value);
    return round.kind === 'mapping' ? expandLoops(round).entries : [];
  });
}

function wordsOf(collection: Sequence): readonly string[] | undefined {
  const words = collection.items.map((item) =>
    item.kind === 'scalar' ? (item.spelling ?? String(item.value)) : undefined,
  );
  return words.every((word) => word !== undefined) ? words : undefined;
}

/** Puts the loop's value in place of `${Name}`, `&{Name}` and `Ref: Name`. */
function substitute(node: Node, name: string, value: string): Node {
  const write = (text: string): string =>
    text
      .replaceAll(`\${${name}}`, value)
      .replaceAll(`&{${name}}`, value.replaceAll(/[^A-Za-z0-9]/g, ''));
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'string' ? { ...node, value: write(node.value) } : node;
    case 'sequence':
      return { ...node, items: node.items.map((item) => substitute(item, name, value)) };
    case 'mapping': {
      const [only] = node.entries;
      if (only?.key === 'Ref' && only.value.kind === 'scalar' && only.value.value === name) {
        return { kind: 'scalar', value, span: node.span };
      }
      return {
        ...node,
        entries: node.entries.map((entry) => ({
          ...entry,
          key: write(entry.key),
          value: substitute(entry.value, name, value),
        })),
      };
    }
    case 'unresolved':
      return node;
  }
}
