import { passedText } from '../../passed.js';
import type { Defined } from '../../../inventory/index.js';
import { find, itemsOf, showText, textOf, type Node, type Text } from '../../../source/index.js';
import { derivedHole, type Stack } from '../stack.js';
import type { Resource } from '../template.js';
import { unresolved } from '../value.js';

/** A resource in the stack that creates it. */
export interface Placed {
  readonly resource: Resource;
  readonly stack: Stack;
}

/** All resources that may come to exist, those of nested stacks after their parents. */
export function placedIn(stacks: readonly Stack[]): readonly Placed[] {
  return stacks.flatMap((stack) => {
    const resources = [...stack.template.resources.values()].filter(
      ({ condition, idSpan }) =>
        condition === undefined || stack.holds(condition, idSpan) !== false,
    );
    return [
      ...resources.map((resource) => ({ resource, stack })),
      ...placedIn(resources.flatMap((resource) => stack.nested(resource) ?? [])),
    ];
  });
}

export function definedAt({ resource, stack }: Placed): Defined {
  return { address: stack.prefix + resource.id, unit: stack.unit, span: resource.span };
}

/** The value of a property; `undefined` where it is absent or `AWS::NoValue`. */
export function valueOf(placed: Placed, path: string): Node | undefined {
  return valuesOf(placed, path)[0];
}

/** The values at a path such as `Rules[].Destination.KeyArn`, one for each item on the way. */
export function valuesOf(placed: Placed, path: string): readonly Node[] {
  const { resource, stack } = placed;
  const [first = '', ...rest] = path.split('.');
  const top = find(resource.properties, first.replace('[]', ''));
  const value = top && stack.evaluate(top);
  const nodes = first.endsWith('[]') ? itemsIn(value, stack) : value ? [value] : [];
  return rest.reduce<readonly Node[]>(
    (at, step) =>
      at.flatMap((node) => {
        const member = memberOf(node, step.replace('[]', ''), stack);
        return step.endsWith('[]') ? itemsIn(member, stack) : member ? [member] : [];
      }),
    nodes,
  );
}

export function itemsAt(placed: Placed, path: string): readonly Node[] {
  return itemsIn(valueOf(placed, path), placed.stack);
}

/** The items of a list. Those of undecided lists may each be absent; an unknown list is one unknown item. */
function itemsIn(node: Node | undefined, stack: Stack): readonly Node[] {
  if (node?.kind !== 'unresolved' || !node.alternatives) return itemsOf(node);
  return node.alternatives.flatMap((branch, index) =>
    itemsOf(branch).map((item) => {
      const text = derivedHole(stack, `${showText(node.text)}.${String(index)}`);
      return unresolved(text, item.span, [item, undefined]);
    }),
  );
}

/** The value under a key, looked up in all branches of a choice. */
export function memberOf(node: Node, key: string, stack: Stack): Node | undefined {
  if (node.kind !== 'unresolved') return find(node, key);
  const text = derivedHole(stack, `${showText(node.text)}.${key}`);
  const alternatives = node.alternatives?.map((branch) => find(branch, key));
  if (alternatives?.every((branch) => branch === undefined)) return undefined;
  return unresolved(text, node.span, alternatives);
}

export function textAt(placed: Placed, path: string): Text | undefined {
  return passedText(valueOf(placed, path));
}

/** `Tags` of the list form; `undefined` where they are absent or not known as a whole. */
export function tagsOf(placed: Placed): ReadonlyMap<Text, Text> | undefined {
  const tags = valueOf(placed, 'Tags');
  if (tags?.kind !== 'sequence') return undefined;
  const pairs = tags.items.map((item) => [
    textOf(find(item, 'Key')),
    passedText(find(item, 'Value')),
  ]);
  const known = pairs.filter(
    (pair): pair is [Text, Text] => pair[0] !== undefined && pair[1] !== undefined,
  );
  return known.length === pairs.length ? new Map(known) : undefined;
}
