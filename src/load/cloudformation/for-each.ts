import type { Entry, Mapping, Node } from '../../source/index.js';

/** The words of a collection; `undefined` where they are known only at deployment. */
export type Words = (collection: Node) => readonly string[] | undefined;

/**
 * Unrolls `Fn::ForEach::…` in a mapping, nested ones too, where the collection is known. A loop over
 * anything else stays as it is: its keys are known only at deployment.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function expandLoops(
  node: Mapping,
  words: Words = wordsIn,
  roundsMax: number = ROUNDS_MAX,
): Mapping {
  if (!node.entries.some(isLoop)) return node;
  return { ...node, entries: node.entries.flatMap((entry) => expand(entry, words, roundsMax)) };
}

// Far more than the 500 resources that a template may have.
const ROUNDS_MAX = 10_000;

export function isLoop(entry: Entry): boolean {
  return entry.key.startsWith('Fn::ForEach::');
}

function expand(entry: Entry, words: Words, roundsMax: number): readonly Entry[] {
  if (!isLoop(entry) || entry.value.kind !== 'sequence') return [entry];
  const [identifier, collection, body] = entry.value.items;
  const name = identifier?.kind === 'scalar' ? identifier.value : undefined;
  const values = collection && words(collection);
  if (typeof name !== 'string' || values === undefined || body?.kind !== 'mapping') return [entry];
  if (values.length > roundsMax) return [entry];
  const innerMax = Math.floor(roundsMax / Math.max(values.length, 1));
  return values.flatMap((value) => {
    const round = substitute(body, name, value);
    return round.kind === 'mapping' ? expandLoops(round, words, innerMax).entries : [];
  });
}

/** The words of a collection that is written out. */
export function wordsIn(collection: Node | undefined): readonly string[] | undefined {
  if (collection?.kind !== 'sequence') return undefined;
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
