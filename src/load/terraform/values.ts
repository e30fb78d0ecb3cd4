import { find, hasHole, itemsOf, type Mapping, type Node, type Text } from '../../source/index.js';
import { passedBoolean, passedText } from '../passed.js';
import type { Resource } from './resource.js';

/** The values at a path such as `rule[].kms_key_id`, one for each item on the way; null is none. */
export function valuesAt(body: Mapping, path: string): readonly Node[] {
  return path.split('.').reduce<readonly Node[]>(
    (nodes, step) =>
      nodes.flatMap((node) => {
        const value = find(node, step.replace('[]', ''));
        if (value === undefined || isNull(value)) return [];
        // A block may be written as a list of one, or as the one.
        return step.endsWith('[]') || value.kind === 'sequence' ? itemsOf(value) : [value];
      }),
    [body],
  );
}

export function valueAt(body: Mapping, path: string): Node | undefined {
  const value = find(body, path);
  return value === undefined || isNull(value) ? undefined : value;
}

export function textAt({ body }: Pick<Resource, 'body'>, name: string): Text | undefined {
  const text = passedText(valueAt(body, name));
  return text === '' ? undefined : text;
}

export function flagAt({ body }: Resource, name: string, preset: boolean): boolean | undefined {
  const node = valueAt(body, name);
  return node === undefined ? preset : passedBoolean(node);
}

/** The text of an argument, its default where it is absent, `undefined` where it is not known yet. */
export function settingAt(resource: Resource, name: string, preset: string): string | undefined {
  const text = textAt(resource, name) ?? preset;
  return hasHole(text) ? undefined : text;
}

/** A mapping of texts to texts, such as `tags`; `undefined` where it is not known as a whole. */
export function textMap(node: Node | undefined): ReadonlyMap<Text, Text> | undefined {
  if (node?.kind !== 'mapping') return undefined;
  const pairs = node.entries.map(({ key, value }) => [key, passedText(value)] as const);
  const known = pairs.filter((pair): pair is readonly [string, Text] => pair[1] !== undefined);
  return known.length === pairs.length ? new Map(known) : undefined;
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}
