import { find, findPath, itemsOf, textOf } from '../../source/index.js';
import type { Node, Text } from '../../source/index.js';

/** The text at a path of members. */
export function text(node: Node | undefined, ...path: readonly string[]): Text | undefined {
  return textOf(findPath(node, ...path));
}

/** A member that is a number or a string of one, such as the account ids of hand-made YAML. */
export function spelled(node: Node | undefined, name: string): Text | undefined {
  const member = find(node, name);
  if (member?.kind !== 'scalar' || member.value === null) return undefined;
  return member.spelling ?? String(member.value);
}

export function flag(node: Node | undefined, name: string): boolean | undefined {
  const value = spelled(node, name)?.toLowerCase();
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

export function list(node: Node | undefined, name: string): readonly Node[] {
  return itemsOf(find(node, name));
}

export function texts(node: Node | undefined, name: string): readonly Text[] {
  return list(node, name).flatMap((item) => textOf(item) ?? []);
}

/** Whether a paged output goes on in another call whose output this file does not hold. */
export function isTruncated(root: Node): boolean {
  return (
    flag(root, 'IsTruncated') === true ||
    flag(root, 'Truncated') === true ||
    text(root, 'NextToken') !== undefined ||
    text(root, 'NextMarker') !== undefined
  );
}

/** Tags as `{ Key, Value }` or `{ TagKey, TagValue }`; `undefined` where there is no list of them. */
export function tags(node: Node | undefined, name: string): ReadonlyMap<Text, Text> | undefined {
  if (find(node, name)?.kind !== 'sequence') return undefined;
  return new Map(
    list(node, name).flatMap((tag) => {
      const key = text(tag, 'Key') ?? text(tag, 'TagKey');
      return key === undefined ? [] : [[key, text(tag, 'Value') ?? text(tag, 'TagValue') ?? '']];
    }),
  );
}

/** The members of `fields` that are not `undefined`, as optional properties want them. */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}

type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
